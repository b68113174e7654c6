"""Pages of the library, of its items, of model texts and of the help desk."""
