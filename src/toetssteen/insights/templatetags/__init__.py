"""Tags of the pages about all chains."""
