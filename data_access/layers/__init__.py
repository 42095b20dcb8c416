"""The layers of the catalogue: where their features come from, as tiles, rows and pictures."""
