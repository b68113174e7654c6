"""How a company made grievance mechanisms known, and which mechanisms its suppliers have."""
