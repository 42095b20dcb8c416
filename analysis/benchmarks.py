"""How one value stands: against standard, target, own history, peer cities, national and international values."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.attainment import FAILS, MEETS, NEAR, NOT_JUDGED
from analysis.unanswered import Reason, Unanswered, too_few

FEWEST_PEERS = 4
FIVE_YEARS = 5
STRENGTH, PAR, SHORTFALL, UNDECIDED = "strength", "par", "shortfall", "undecided"
FIRST_QUARTILE, LAST_QUARTILE = 1, 4


@dataclass(frozen=True, slots=True)
class PeerStanding:
    """rank 1 is the best of n cities, our own among them; quartile 1 the best quarter. median: of the peers alone."""

    rank: int
    n: int
    quartile: int
    median: float
    best: float
    differing: int


@dataclass(frozen=True, slots=True)
class History:
    """Own past before the judged period: the best value and its period, and the mean of up to five years before."""

    best: float
    best_period: str
    mean: float
    years: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """word: strength, par, shortfall or undecided. why: keys of the reasons, in the order they weighed."""

    word: str
    why: tuple[str, ...]


def peer_standing(value: float | None, peers: pd.DataFrame, direction: str) -> PeerStanding | Unanswered:
    """peers: `value`, `definition_differs`, one row per peer city, one period. Ties share the better rank.

    Peers whose definition differs are shown elsewhere and do not rank.
    """
    same = peers[~peers["definition_differs"].astype(bool) & peers["value"].notna()]
    if direction not in {"higher_better", "lower_better"}:
        return Unanswered(Reason.NO_DIRECTION, len(same))
    if value is None or np.isnan(value):
        return Unanswered(Reason.ALL_MISSING, len(same))
    if len(same) < FEWEST_PEERS:
        return too_few(len(same), FEWEST_PEERS)
    theirs = same["value"].astype(float)
    ahead = int((theirs > value).sum() if direction == "higher_better" else (theirs < value).sum())
    n = len(theirs) + 1
    best = theirs.max() if direction == "higher_better" else theirs.min()
    quartile = min(LAST_QUARTILE, 1 + 4 * ahead // n)
    return PeerStanding(ahead + 1, n, quartile, float(theirs.median()), float(best), len(peers) - len(same))


def history(past: pd.DataFrame, direction: str) -> History | Unanswered:
    """past: `period`, `ends_on`, `value` of earlier periods of one unbroken series, suspect values left out."""
    known = past.dropna(subset=["value"]).sort_values("ends_on", kind="stable")
    if direction not in {"higher_better", "lower_better"}:
        return Unanswered(Reason.NO_DIRECTION, len(known))
    if not len(known):
        return Unanswered(Reason.ALL_MISSING)
    value = known["value"].to_numpy(float)
    at = int(value.argmax() if direction == "higher_better" else value.argmin())
    recent = known.tail(FIVE_YEARS)
    return History(float(value[at]), str(known["period"].iloc[at]), float(recent["value"].mean()), len(recent))


def verdict(attainment: str, peers: PeerStanding | Unanswered) -> Verdict:
    """Strength needs both: the standard met *and* the better half of the peers, first quarter; shortfall the reverse.

    | standard \\ peers | quartile 1 | 2–3 | 4 | not ranked |
    |-|-|-|-|-|
    | meets | strength | par | par | undecided |
    | near | par | par | shortfall | undecided |
    | fails | par | shortfall | shortfall | undecided |
    | not judged | undecided | undecided | undecided | undecided |
    """
    if attainment == NOT_JUDGED:
        return Verdict(UNDECIDED, ("no_standard",))
    if isinstance(peers, Unanswered):
        return Verdict(UNDECIDED, (f"standard_{attainment}", f"peers_{peers.reason}"))
    why = (f"standard_{attainment}", f"peers_q{peers.quartile}")
    if attainment == MEETS:
        return Verdict(STRENGTH if peers.quartile == FIRST_QUARTILE else PAR, why)
    if attainment == NEAR:
        return Verdict(SHORTFALL if peers.quartile == LAST_QUARTILE else PAR, why)
    if attainment == FAILS:
        return Verdict(PAR if peers.quartile == FIRST_QUARTILE else SHORTFALL, why)
    raise ValueError(f"{attainment!r} is no attainment")
