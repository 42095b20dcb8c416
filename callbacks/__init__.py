"""What happens when something changes: wiring only, one file per view."""
