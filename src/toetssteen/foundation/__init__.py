"""What two or more apps share and that names no covenant term."""
