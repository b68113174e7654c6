"""Risks and actual harm that companies see in their chains."""
