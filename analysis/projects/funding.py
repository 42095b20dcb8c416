"""Where the money comes from."""

import pandas as pd

UNNAMED = "__unnamed__"


def funding_mix(funding: pd.DataFrame, projects: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """One row per source: `fund_source`, `amount`, `share_pct`; the largest first, rare and unnamed ones last.

    funding: rows of `project_funding`; projects: `project_code`, `investment_planned`, `share`. UNNAMED is the planned
    investment beyond the named sources, project by project, so that one project's surplus never hides another's gap.
    Refunds and other negative amounts are left out of a mix.
    """
    shares = projects.set_index("project_code")["share"]
    known = funding[funding["project_code"].isin(shares.index) & (funding["amount"] > 0)]
    counted = known.assign(amount=known["amount"] * known["project_code"].map(shares).astype(float))
    by_source = counted.groupby("fund_source")["amount"].sum().sort_values(ascending=False, kind="stable")
    named = known.groupby("project_code")["amount"].sum()
    budget = projects.set_index("project_code")["investment_planned"]
    gap = float(((budget - named.reindex(budget.index).fillna(0)).clip(lower=0) * shares).sum())
    rows = by_source.head(most).to_dict() | (
        {"__other__": by_source.iloc[most:].sum()} if len(by_source) > most else {}
    )
    rows |= {UNNAMED: gap} if gap > 0 else {}
    mix = pd.DataFrame({"fund_source": list(rows), "amount": list(rows.values())})
    total = mix["amount"].sum()
    return mix.assign(share_pct=100 * mix["amount"] / total if total else float("nan"))
