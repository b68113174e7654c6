"""Pages about complaints and remedy."""
