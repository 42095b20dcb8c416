"""Parts of the reach view."""
