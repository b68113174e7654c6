"""Complaints and disputes; for now only their number."""
