"""The public register of participants, results and quarry areas; it reads publications only."""
