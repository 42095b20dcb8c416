"""Pieces of the two views of work: problems to be solved, projects under way."""
