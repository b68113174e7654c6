"""An offline gazetteer: countries, provinces, districts, towns and stone places in any script."""
