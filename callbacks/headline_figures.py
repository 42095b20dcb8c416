"""The headline figures: what the area is, how healthy, and how far the work is."""

from analysis.change import previous_period
from analysis.health import attainment_counts
from analysis.problems.funnel import fix_rates
from callbacks.scene import Scene
from data_access.questions import AreasQuestion, CatalogueQuestion, ProblemCountsQuestion, ProjectCountsQuestion
from layouts.components.headlines import Headline
from layouts.formatting import MISSING, Shown, known


def area_headlines(at: Scene) -> list[Headline]:
    """Who lives there and how many areas lie below: both in one figure, since the strip is narrow."""
    texts, formatter, here = at.texts, at.formatter, at.path.iloc[-1]
    below = _areas_below(at)
    square = formatter.number(here["area_km2"], 1)
    return [
        Headline(
            texts("headlines.population"),
            formatter.quantity(here["population"], "人", 0),
            below[0] if below else "",
            [
                ("", texts("headlines.population_note")),
                (texts("headlines.areas"), texts("list.comma").join(below)),
                (texts("headlines.size"), texts("headlines.area_km2", area=square) if square != MISSING else ""),
            ],
        )
    ]


def _areas_below(at: Scene) -> list[str]:
    """How many areas lie directly below, level by level (a second tiling counts apart)."""
    texts, formatter = at.texts, at.formatter
    below = at.store.areas(AreasQuestion(area=at.area, viewer=at.viewer))
    levels = at.store.levels(CatalogueQuestion(viewer=at.viewer)).set_index("level")
    counts = below["level"].value_counts(sort=False)
    return [
        texts("headlines.levels", name=texts.name(levels.loc[str(level)]), count=formatter.number(count, 0))
        for level, count in counts.items()
    ]


def health_headlines(at: Scene) -> list[Headline]:
    texts, judged = at.texts, at.judged(at.selection.period)
    collected, total = int(judged["value"].notna().sum()), len(judged)
    counts = attainment_counts(judged)
    assessed = sum(counts.values())
    period = at.formatter.period(at.selection.period)
    indicators = Headline(
        texts("headlines.indicators"),
        Shown(str(collected), texts("headlines.of", total=total)),
        period,
        [("", texts("headlines.indicators_note"))],
    )
    meeting = Headline(
        texts("headlines.meeting"),
        Shown(str(counts["meets"]), texts("headlines.of", total=assessed)) if assessed else Shown(MISSING),
        _meeting_note(at, counts),
        [
            ("", texts("headlines.meeting_note")),
            ("", texts("headlines.near_fails", near=counts["near"], fails=counts["fails"])),
        ],
    )
    return [indicators, meeting]


def _meeting_note(at: Scene, counts: dict[str, int]) -> str:
    if not sum(counts.values()):
        return at.texts("conclusion.no_standard")
    apart = at.texts("headlines.near_fails", near=counts["near"], fails=counts["fails"])
    return _since(at, counts["meets"]) or apart


def _since(at: Scene, meets: int) -> str:
    """The change against the period before; empty where there was none."""
    before = previous_period(at.calendar, at.selection.period)
    earlier = attainment_counts(at.judged(before)) if before else {}
    if not sum(earlier.values()):
        return ""
    against = at.texts("change.against", period=at.formatter.period(before))
    return f"{against} {at.formatter.change(meets - earlier['meets'], 0)}"


def work_headlines(at: Scene) -> list[Headline]:
    return [_fix_rate(at), *_projects(at)]


def _fix_rate(at: Scene) -> Headline:
    """Σ fixed / Σ listed, over the area and all below it."""
    texts, formatter = at.texts, at.formatter
    asked = ProblemCountsQuestion(area=at.area, today=at.today, viewer=at.viewer)
    counts = at.store.problem_counts_by_area_status_track(asked)
    label, note = texts("headlines.fix_rate"), [("", texts("headlines.fix_rate_note"))]
    if counts.empty:
        return Headline(label, Shown(MISSING), texts("value.none"), note)
    total = fix_rates(counts).iloc[0]
    base = texts(
        "headlines.fixed", fixed=formatter.number(total["fixed"], 0), listed=formatter.number(total["listed"], 0)
    )
    overdue = texts("headlines.overdue", count=formatter.number(total["overdue"], 0))
    return Headline(label, Shown(formatter.number(total["fix_rate_pct"], 1), "%"), overdue, [*note, ("", base)])


def _projects(at: Scene) -> list[Headline]:
    texts, formatter = at.texts, at.formatter
    counts = at.store.project_counts(ProjectCountsQuestion(area=at.area, today=at.today, viewer=at.viewer))
    label, note = texts("headlines.projects"), [("", texts("headlines.projects_note"))]
    if counts.empty:
        return [Headline(label, Shown(MISSING), texts("value.none"), note)]
    late = texts("headlines.late", count=formatter.number(counts["late"].sum(), 0))
    planned = formatter.money(known(counts["investment_planned"].sum(min_count=1)))
    spent = formatter.money(known(counts["investment_actual"].sum(min_count=1)))
    return [
        Headline(label, Shown(formatter.number(counts["projects"].sum(), 0), texts("unit.projects")), late, note),
        Headline(
            texts("headlines.investment"),
            spent,
            texts("headlines.planned", amount=str(planned)),
            [("", texts("headlines.investment_note"))],
        ),
    ]
