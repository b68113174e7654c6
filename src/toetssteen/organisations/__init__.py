"""Parties of the covenant, their membership periods, and who acts for whom."""
