"""Pages on which a spreadsheet becomes chains."""
