"""The decision screen assembled and run."""
