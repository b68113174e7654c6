"""Pages with the figures, and the pages about the chains of all companies."""
