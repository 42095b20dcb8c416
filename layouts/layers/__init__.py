"""Panels of the layer view."""
