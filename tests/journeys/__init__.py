"""Whole stories in a real browser, on the demonstration world; they take the pictures of the manual."""
