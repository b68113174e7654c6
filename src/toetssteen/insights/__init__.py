"""The covenant's figures of a year, each with its definition, denominator and date."""
