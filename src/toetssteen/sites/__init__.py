"""The secretariat's registry of sites, and the recognition of one site in many spellings."""
