"""Chains from supplier to quarry, places and sites."""
