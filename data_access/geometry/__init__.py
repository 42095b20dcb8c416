"""Boundaries on their way to the screen: simplified as a coverage, cut into shared arcs, packed, compressed, hashed."""
