"""A table to take away: typed columns, and beside them everything a reader needs to cite it."""

from dataclasses import dataclass

import pandas as pd

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the file, without extension. rows: one column per header. about: label → text, in order.

    title, citation: what stands above and below the table where it is drawn.
    """

    name: str
    rows: pd.DataFrame
    about: dict[str, str]
    title: str = ""
    citation: str = ""

    @property
    def bounded(self) -> pd.DataFrame:
        """What is written: no more than MOST_ROWS, which `about` says where it cuts."""
        return self.rows.head(MOST_ROWS)
