"""Tags of the pages of chains."""
