"""Pages of asking, for a company, and of answering, for the holder of a link."""
