"""Why a layer cannot be shown: a word that the screen says in its language, and a detail for the operator."""

from data_access.errors import DataAccessError

REASONS = (
    "crs_missing", "crs_unknown", "no_table", "no_key", "no_features", "not_drawn_here", "too_many", "too_large",
    "too_slow", "unreachable", "refused_address", "redirected", "refused", "wrong_kind", "unreadable", "hostile_xml",
    "no_such_layer", "resting",
)  # fmt: skip


class Unusable(DataAccessError):
    """reason: one of REASONS. detail: in English, without addresses or tokens that a viewer must not read."""

    def __init__(self, reason: str, detail: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.retry_after_s = retry_after_s
