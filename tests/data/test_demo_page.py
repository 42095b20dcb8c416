"""The figures that docs/demo-city.md tells are those of the generated package."""

import re
from pathlib import Path

import pandas as pd

from data_access.demo import stories
from tests.data.demo_tables import Table, by_compound, rank_correlation, sums

DOCS = Path(__file__).parents[2] / "docs" / "demo-city.md"


def test_the_figures_on_the_page_are_those_of_the_package(recorded: pd.DataFrame, table: Table) -> None:
    told = dict(re.findall(r"^\| `([\w.-]+)` \| .*? \| ([-\d.,%]+) \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    assert told == _figures(recorded, table)


def _figures(recorded: pd.DataFrame, table: Table) -> dict[str, str]:
    share = 100 * sums(recorded, "H01", "numerator")["2024"] / sums(recorded, "H01", "denominator")["2024"]
    gap, walk = sums(recorded, "C15"), sums(recorded, "C18")
    grows, closes, better = stories.PARKING_GROWS, stories.PARKING_CLOSES, stories.IMPROVED_BY_PROJECT
    others = walk.drop(better).sum()
    true = by_compound(recorded, table, *stories.RELATED)
    seeming = by_compound(recorded, table, *stories.SEEMINGLY_RELATED)
    age = sums(recorded, stories.REDEFINED).sum()
    values = table("indicator_value").set_index(["indicator_code", "area_code", "period"])["value"]
    projects, problems = table("project"), table("problem")
    year = problems["problem_code"].str[3:7]
    running = projects["stage"].isin(["started", "construction"]) & (projects["planned_finish_on"] < stories.TODAY[:7])
    return {
        "hazard.990102002": f"{share['990102002']:.1f}%",
        "hazard.990102003": f"{share['990102003']:.1f}%",
        "hazard.next": f"{share.drop(list(stories.HAZARD_CLUSTER)).max():.1f}%",
        "parking.grows.2019": f"{gap.loc[grows, '2019']:,.0f}",
        "parking.grows.2024": f"{gap.loc[grows, '2024']:,.0f}",
        "parking.closes.2019": f"{gap.loc[closes, '2019']:,.0f}",
        "parking.closes.2024": f"{gap.loc[closes, '2024']:,.0f}",
        "related.raw": f"{rank_correlation(true, *stories.RELATED):.2f}",
        "related.given-population": f"{rank_correlation(true, *stories.RELATED, given='population'):.2f}",
        "seeming.raw": f"{rank_correlation(seeming, *stories.SEEMINGLY_RELATED):.2f}",
        "seeming.given-population": f"{rank_correlation(seeming, *stories.SEEMINGLY_RELATED, given='population'):.2f}",
        "walkway.2021": f"{walk.loc[better, '2021']:.2f}",
        "walkway.2024": f"{walk.loc[better, '2024']:.2f}",
        "walkway.change": f"{100 * (walk.loc[better, '2024'] / walk.loc[better, '2021'] - 1):.0f}%",
        "walkway.others": f"{100 * (others['2024'] / others['2021'] - 1):.0f}%",
        "redefined.2021": f"{age['2021']:,.0f}",
        "redefined.2022": f"{age['2022']:,.0f}",
        "redrawn.2022": f"{values['U38', '990100', '2022']:.2f}",
        "redrawn.2023": f"{values['U38', '990100', '2023']:.2f}",
        "suspect.2022": f"{values['S28', '990104002', '2022']:.0f}",
        "suspect.2023": f"{values['S28', '990104002', '2023']:.0f}",
        "worse.2023": str(((problems["indicator_code"] == stories.WORSE) & (year == "2023")).sum()),
        "worse.2024": str(((problems["indicator_code"] == stories.WORSE) & (year == "2024")).sum()),
        "solved.2021": str(((problems["indicator_code"] == stories.SOLVED) & (year == "2021")).sum()),
        "solved.2024": str(((problems["indicator_code"] == stories.SOLVED) & (year == "2024")).sum()),
        "recurring": str(
            problems.loc[problems["indicator_code"] == stories.RECURRING, "recurs_from_code"].notna().sum()
        ),
        "projects.late": str(running.sum()),
        "areas": f"{len(table('area')):,}",
        "values": f"{len(table('indicator_value')):,}",
        "problems": f"{len(problems):,}",
        "projects": str(len(projects)),
    }
