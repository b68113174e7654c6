"""Pages about chains and quarry areas."""
