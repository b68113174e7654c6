"""Toetssteen runs a due-diligence covenant from end to end."""
