"""Tenders of contracting authorities and the contact with municipalities."""
