"""Tables taken away: what is in them, and as which files."""
