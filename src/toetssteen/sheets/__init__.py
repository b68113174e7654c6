"""Spreadsheets of companies, read, reviewed and imported into their chains."""
