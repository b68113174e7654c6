"""The public due-diligence report of a company, composed from its data."""
