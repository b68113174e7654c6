"""Settings, root addresses and the operator's door; the only room that knows all others."""
