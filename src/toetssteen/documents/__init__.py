"""Evidence files, their validity, and who may open them."""
