"""Pieces of the screen: panels, explained numbers, statuses, sparklines, lists."""
