"""Comparison and 3D: what is chosen, the two sides and their legends, buildings and the cards of objects."""
