"""Builds the demonstration world: invented parties whose totals are those that were published."""
