"""Pages of the public report: for the company, for everybody, for the secretariat."""
