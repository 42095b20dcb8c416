"""Loading N million values into both databases, beside pandas read_csv + to_sql without any check.

    scripts/with-services .venv/bin/python -m benchmarks.import_values [--millions 5] [--only sqlite|postgresql]

Each measurement runs in a process of its own, so that the peak memory is its own.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, make_url, text

from data_access.engine import normal_url
from data_access.importing import load_packages

AREAS, PERIODS = 10_000, 5
COLUMNS = "indicator_code,area_code,period,value,numerator,denominator,status,source"


def write_city(folder: Path, millions: float) -> int:
    """A synthetic package; the number of its values."""
    indicators = max(1, round(millions * 1e6 / (AREAS * PERIODS)))
    files = {
        "area_level": ["level,rank,name_zh", "city,0,市", "community,1,社区"],
        "area": ["area_code,name_zh,level,parent_code", "990000,城,city,"]
        + [f"{990000_000000 + n},社区{n},community,990000" for n in range(AREAS)],
        "indicator_system": ["system_code,name_zh", "s,体系"],
        "dimension": ["dimension_code,system_code,name_zh", "d,s,维度"],
        "indicator": ["indicator_code,system_code,dimension_code,name_zh,unit,direction,graded,aggregation"]
        + [f"I{n:03},s,d,指标{n},%,lower_better,true,ratio" for n in range(indicators)],
    }
    for table, lines in files.items():
        (folder / f"{table}.csv").write_text("\n".join(lines), encoding="utf-8")
    with (folder / "indicator_value.csv").open("w", encoding="utf-8") as file:
        file.write(COLUMNS + "\n")
        for area in range(AREAS):
            file.writelines(
                f"I{n:03},{990000_000000 + area},{2020 + year},{(area * 7 + n * 13 + year) % 9973 / 99.73:.3f},"
                f"{area % 500 + n},{n + 500},valid,统计局\n"
                for n in range(indicators)
                for year in range(PERIODS)
            )
    return indicators * AREAS * PERIODS


def ours(folder: Path, url: str) -> None:
    load_packages([folder], url)


def pandas_baseline(folder: Path, url: str) -> None:
    engine = create_engine(normal_url(url))
    for chunk in pd.read_csv(folder / "indicator_value.csv", dtype={"area_code": "str"}, chunksize=100_000):
        chunk.to_sql("baseline", engine, if_exists="append", index=False)


def measured(work: object, folder: Path, url: str, answers: object) -> None:
    began = time.perf_counter()
    work(folder, url)
    seconds = time.perf_counter() - began
    answers.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def report(label: str, work: object, folder: Path, url: str, values: int) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=measured, args=(work, folder, url, answers))
    process.start()
    seconds, megabytes = answers.get()
    process.join()
    print(f"{label:<42}{seconds:>8.1f} s{values / seconds:>12,.0f} values/s{megabytes:>8,.0f} MB peak", flush=True)


def fresh_postgresql() -> str:
    base = make_url(os.environ["CITYVITALS_TEST_POSTGRES_URL"])
    name = f"bench{time.time_ns()}"
    with create_engine(normal_url(base), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return base.set(database=name).render_as_string(hide_password=False)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--millions", type=float, default=5)
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments.add_argument("--no-baseline", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "package")
        package.mkdir()
        values = write_city(package, options.millions)
        for kind in ("sqlite", "postgresql"):
            if options.only in (None, kind):
                url = f"sqlite:///{folder}/city.sqlite" if kind == "sqlite" else fresh_postgresql()
                report(f"{kind}: load, {values:,} values", ours, package, url, values)
                report(f"{kind}: load again, all replaced", ours, package, url, values)
                if not options.no_baseline:
                    report(f"{kind}: pandas to_sql, no checks or keys", pandas_baseline, package, url, values)


if __name__ == "__main__":
    main()
