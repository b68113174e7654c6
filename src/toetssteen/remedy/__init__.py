"""How people who are harmed find a way to complain: what was made known, posters, and suppliers' own mechanisms."""
