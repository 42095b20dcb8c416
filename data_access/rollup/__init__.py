"""From recorded to shown: figures without a recorded value, rolled up from the frontier in SQL (ADR 0004)."""

from data_access.rollup.figures import KEY, Figure, Key, rolled_up
from data_access.rollup.recorded import has_value, is_answer

__all__ = ["KEY", "Figure", "Key", "has_value", "is_answer", "rolled_up"]
