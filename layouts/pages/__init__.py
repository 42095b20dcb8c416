"""Pages: which panels a view has; what fills them comes from its callbacks."""
