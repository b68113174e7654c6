"""What a company tells the public about its due diligence: one report as page, PDF and Word file."""
