"""English, the European way: days before months."""
