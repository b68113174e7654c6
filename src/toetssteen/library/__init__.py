"""Guides, theme sheets, risk analyses and model texts, and questions to the help desk."""
