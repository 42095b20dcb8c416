"""What the numbers mean: pure pandas."""
