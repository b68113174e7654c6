"""The template tags, one module per kind; `templatetags/components.py` offers them all."""
