"""Every panel of the problem and the project view, asked over HTTP as the browser does, beside its limit.

    .venv/bin/python -m benchmarks.ledgers [--small] [--database sqlite:////tmp/ledgers.sqlite] [--only projects-status]
    scripts/with-services sh -c '.venv/bin/python -m benchmarks.ledgers --database "$CITYVITALS_TEST_POSTGRES_URL"'

20,000 problems and 5,000 projects with 60 monthly reports each, in 1,110 areas with boundaries. Panels that one
callback draws are timed together. Cold: the process has run this code before and remembers no answer, as after every
load of new data; nothing has been read beforehand, not even the progress reports, which a server reads at its start.
Warm: the same link again. The limits are 1 s cold and 0.3 s warm for any panel. Beside the time of the clock stands
that of the processor, which other work on the machine stretches less; of PostgreSQL it is without the database's own.
"""

import argparse
import gc
import json
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import shapely
from dash import Dash
from sqlalchemy import inspect

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access import contract
from data_access.engine import layers_path, open_engine
from data_access.schema import create_tables
from data_access.startup import open_store
from data_access.store import IndicatorStore

TODAY = date(2025, 3, 31)
COLD_S, WARM_S = 1.0, 0.3
STAGES = ("pipeline", "planning", "approval", "started", "construction", "completed", "accepted", "post_evaluation")


def fill(url: str, problems: int, projects: int, reports: int) -> None:
    chance = random.Random(5)
    engine = open_engine(url, access="load")
    create_tables(engine, layers_path(url) if url.startswith("sqlite") else None)
    rows = _rows(chance, problems, projects, reports)
    with engine.begin() as connection:
        for table, values in rows.items():
            connection.execute(getattr(contract, table).insert(), values)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")  # as every load does
    engine.dispose()


def _rows(chance: random.Random, problems: int, projects: int, reports: int) -> dict[str, list[dict[str, Any]]]:
    ranks = {"city": 0, "district": 1, "subdistrict": 2, "community": 3}
    areas = [{"area_code": "C", "level": "city", "parent_code": None}]
    for letter, level, count, parents in (
        ("D", "district", 9, 1),
        ("E", "subdistrict", 100, 9),
        ("K", "community", 1000, 100),
    ):
        above = [one["area_code"] for one in areas][-parents:]
        areas += [
            {"area_code": f"{letter}{n}", "level": level, "parent_code": above[n % parents]} for n in range(count)
        ]
    named = [one | {"name_zh": one["area_code"], "population": 1000.0} for one in areas]
    places = [one["area_code"] for one in areas if one["level"] == "community"]
    departments = [f"dep{n}" for n in range(20)]
    return {
        "contract": [{"version": "1", "data_version": 1, "city_name_zh": "测", "updated_at": "2025-03-31"}],
        "area_level": [{"level": level, "rank": rank, "name_zh": level} for level, rank in ranks.items()],
        "area": named,
        "area_boundary": _boundaries(areas),
        "department": [{"department_code": code, "name_zh": code} for code in departments],
        "indicator_system": [{"system_code": "s", "name_zh": "s"}],
        "dimension": [{"dimension_code": f"d{n}", "system_code": "s", "name_zh": f"d{n}"} for n in range(4)],
        "indicator": [
            {"indicator_code": f"I{n}", "system_code": "s", "dimension_code": f"d{n % 4}", "name_zh": f"I{n}",
             "unit": "处",
             "direction": "lower_better", "graded": False, "aggregation": "sum"}
            for n in range(60)
        ],
        "problem": [_problem(chance, n, chance.choice(places), chance.choice(departments)) for n in range(problems)],
        "project": [_project(chance, n, chance.choice(places), chance.choice(departments)) for n in range(projects)],
        "project_progress": [
            {"project_code": f"j{n}", "reported_on": f"{2020 + month // 12}-{1 + month % 12:02}",
             "physical_planned_pct": 100 * (month + 1) / reports, "investment_planned": 1e5 * (month + 1),
             "physical_actual_pct": 95 * (month + 1) / reports, "investment_actual": 9e4 * (month + 1)}
            for n in range(projects) for month in range(reports)
        ],
        "project_milestone": [
            {"project_code": f"j{n}", "stage": stage, "planned_on": f"202{place % 5}-06", "actual_on": None}
            for n in range(projects) for place, stage in enumerate(STAGES)
        ],
        "project_funding": [{"project_code": f"j{n}", "fund_source": "财政", "amount": 1e6} for n in range(projects)],
        "project_problem": [{"project_code": f"j{n % projects}", "problem_code": f"q{n}"}
                            for n in range(problems // 4)],
    }  # fmt: skip


def _boundaries(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each level as a grid of rectangles over one degree; the levels do not nest, which nothing here asks."""
    found = []
    for level, columns, lines in (("district", 3, 3), ("subdistrict", 10, 10), ("community", 40, 25)):
        codes = [one["area_code"] for one in areas if one["level"] == level]
        for place, code in enumerate(codes):
            west, south = 118 + place % columns / columns, 32 + place // columns / lines
            shape = shapely.box(west, south, west + 1 / columns, south + 1 / lines)
            found.append({"area_code": code, "geometry": shape})
    return found


def _problem(chance: random.Random, n: int, area: str, department: str) -> dict[str, Any]:
    found = date(2021, 1, 1) + timedelta(days=chance.randrange(1400))
    done = chance.random() < 0.6
    return {
        "problem_code": f"q{n}", "area_code": area, "title_zh": f"问题{n}", "indicator_code": f"I{n % 60}",
        "kind": chance.choice(("management", "engineering")),
        "severity": chance.choice(("general", "serious", "critical")),
        "track": chance.choice(("time_limited", "best_effort")), "status": "closed" if done else "open",
        "found_on": found.isoformat(), "due_on": (found + timedelta(days=chance.randrange(30, 700))).isoformat(),
        "resolved_on": (found + timedelta(days=chance.randrange(10, 500))).isoformat() if done else None,
        "lead_department_code": department, "lon": 118 + chance.random(), "lat": 32 + chance.random(),
        "location_quality": "exact",
    }  # fmt: skip


def _project(chance: random.Random, n: int, area: str, department: str) -> dict[str, Any]:
    return {
        "project_code": f"j{n}", "name_zh": f"项目{n}", "area_code": area, "project_type": f"类型{n % 12}",
        "stage": chance.choice(STAGES), "lead_department_code": department, "planned_start_on": "2020-01",
        "planned_finish_on": f"202{chance.randrange(3, 8)}-{chance.randrange(1, 13):02}", "actual_start_on": "2020-02",
        "investment_planned": 6e6, "lon": 118 + chance.random(), "lat": 32 + chance.random(),
    }  # fmt: skip


def measure(url: str, only: str) -> bool:
    """Prints one line per panel whose output or link contains `only`; whether all kept their limits."""
    kept, store = True, open_store(url)
    print(f"{'panels':<60}{'cold s':>8}{'of cpu':>8}{'warm s':>8}{'kB':>8}   limits {COLD_S} / {WARM_S}")
    for output, link in _cases(url):
        if only not in f"{output} {link}":
            continue
        (cold, busy, size), warm, panels = _timed_cold(store, url, output, link)
        ok = cold <= COLD_S and warm <= WARM_S
        kept &= ok
        said = panels if link.count("&") == 0 else f"{panels} {link[link.index('&') :]}"
        print(f"{said[:59]:<60}{cold:>8.3f}{busy:>8.3f}{warm:>8.3f}{size / 1000:>8.0f}   {'' if ok else 'over'}")
    return kept


def _cases(url: str) -> list[tuple[str, str]]:
    """Every callback of both views as they open, then what else a click shows."""
    callbacks = create_app(open_store(url), Settings(database_url=url, today=TODAY)).callback_map
    plain = [
        (key.strip(".").split("...")[0], f"?view={view}")
        for view in ("problems", "projects")
        for key in callbacks
        if f"{view}-" in key and callbacks[key].get("callback")
    ]
    return [*plain, *((output, f"?view={output.partition('-')[0]}&{more}") for output, more in _CLICKS)]


_CLICKS = (
    ("problems-paint.data", "show=hot=population"),
    ("problems-tracks.data-markup", "show=hot=population"),
    ("problems-facets.data-markup", "filter=deadline:overdue;severity:critical"),
    ("problems-tracks.data-markup", "filter=deadline:overdue;severity:critical"),
    ("problems-watch.data-markup", "show=watch=indicators"),
    ("problems-cross.data-markup", "show=cross=level/subdistrict*severity"),
    ("problems-card.children", "filter=problem:q77"),
    ("problems-ledger.getRowsResponse", "show=group=lead_department_code"),
    ("projects-status.data-markup", "show=flow=2024-01-01*2025-03-31"),
    ("projects-status.data-markup", "filter=stage:construction"),
    ("projects-list.data-markup", "filter=stage:construction"),
    ("projects-card.children", "filter=project:j77"),
    ("projects-chain-title.data-markup", "show=link=problems"),
    ("projects-chain-title.data-markup", "show=link=projects"),
)


def _timed_cold(store: IndicatorStore, url: str, output: str, link: str) -> tuple[tuple[float, float, int], float, str]:
    """What `_timed` says of the first answer, seconds of a later one, and the panels that the callback draws."""
    for _ in ("the code runs once", "nothing is remembered"):
        app = create_app(store, Settings(database_url=url, today=TODAY))
        key = _key(app, output)
        selection = json.loads(_ask(app, _key(app, "selection.data"), {"link": {"search": link, "seq": 1}}))
        state = {"selection": selection["response"]["selection"]["data"], "problems-ledger": _PAGE}
        store.cache.forget()
        gc.collect()  # the apps of the rows before
        cold = _timed(app, key, state)
    warm = min(_timed(app, key, state)[0] for _ in range(3))
    names = dict.fromkeys(name.rpartition(".")[0].partition("-")[2] for name in key.strip(".").split("..."))
    return cold, warm, f"{output.partition('-')[0]}: {', '.join(names)}"


_PAGE = {"startRow": 10_000, "endRow": 10_100, "sortModel": [{"colId": "due_on", "sort": "desc"}]}


def _key(app: Dash, output: str) -> str:
    return next(key for key in app.callback_map if output in key.strip(".").split("..."))


def _timed(app: Dash, key: str, values: dict[str, Any]) -> tuple[float, float, int]:
    """Seconds of the clock and of the processor, bytes."""
    begun, busy = time.perf_counter(), time.process_time()
    answer = _ask(app, key, values)
    return time.perf_counter() - begun, time.process_time() - busy, len(answer)


def _ask(app: Dash, key: str, values: dict[str, Any]) -> bytes:
    entry = app.callback_map[key]
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in key.strip(".").split("...")]
    body = {
        "output": key,
        "outputs": outputs if key.startswith("..") else outputs[0],
        "inputs": [_sent(one, values) for one in entry["inputs"]],
        "state": [_sent(one, values) for one in entry["state"]],
        "changedPropIds": ["link.data"] if "selection.data" in key else [],
    }
    answer = app.server.test_client().post(
        "/_dash-update-component", data=json.dumps(body), content_type="application/json"
    )
    if answer.status_code not in {200, 204}:
        raise RuntimeError(f"{key}: {answer.status_code} {answer.text[:300]}")
    return answer.data


def _sent(one: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    """A property as the browser sends it; an id of several parts, such as a page's selection, is known by its type."""
    name: Any = json.loads(one["id"]) if one["id"].startswith("{") else one["id"]
    return {
        "id": name,
        "property": one["property"],
        "value": values.get(name if isinstance(name, str) else name["type"]),
    }


def _is_filled(url: str) -> bool:
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return False
    engine = open_engine(url)
    found = inspect(engine).has_table(contract.project.name)
    engine.dispose()
    return bool(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--database", help="URL; made if it is a SQLite file that is not there, filled if it is empty")
    parser.add_argument("--only", default="", help="panels whose output or link contains this")
    options = parser.parse_args()
    scale = 10 if options.small else 1
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/ledgers.sqlite"
        if not _is_filled(url):
            fill(url, 20_000 // scale, 5_000 // scale, 60)
        measure(url, options.only)


if __name__ == "__main__":
    main()
