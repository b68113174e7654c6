"""Collective and own projects and who takes part in them."""
