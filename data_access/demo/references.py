"""What values are compared with: standards, plan targets, averages and international figures."""

import numpy as np
import pandas as pd

from data_access.demo.areas import CITY
from data_access.demo.catalogue import catalogue
from data_access.demo.chance import stream
from data_access.demo.recipes import recipes

Row = dict[str, object]

UNCHECKED_NAME = "国家标准（数值待核，示例）"
PLAN = "云澜市城市更新专项规划（2021—2025，示例）"
EFFECTIVE = {
    "2020": "2020-09-01",
    "2021": "2021-01-01",
    "2022": "2022-06-01",
    "2024": "2024-03-01",
    "2025": "2025-05-01",
}
LOCAL_STANDARDS = (
    ("S25", ">=", 80.0, "云澜市公园城市建设导则（示例）", "第4.2.1条", "2021-07-01"),
    ("U56", ">=", 2.0, "云澜市应急避难场所建设标准（示例）", "第3.0.4条", "2022-01-01"),
    ("U38", ">=", 7.0, "云澜市综合交通规划（示例）", "第2.3条", "2020-01-01"),
)
INTERNATIONAL = (
    ("U38", ">=", 8.5, "ISO 37120 参考城市中位数（示例）"),
    ("N08", ">=", 95.0, "SDG 11.2.1 参考值（示例）"),
    ("S25", ">=", 92.0, "SDG 11.7.1 参考值（示例）"),
    ("L-XX-02", ">=", 90.0, "ISO 37120 参考值（示例）"),
)


def make_references() -> pd.DataFrame:
    rows = [*_standards(), *_local_standards(), *_targets(), *_averages(), *_international()]
    return pd.DataFrame(rows)


def _standards() -> list[Row]:
    """One national standard per catalogue row that names a threshold; unverified ones say so."""
    rows = catalogue()
    found: list[Row] = []
    for row in rows[rows["threshold_operator"] != ""].to_dict("records"):
        verified = row["threshold_verified"] == "true"
        found.append(
            {
                "reference_code": f"STD-{row['indicator_code']}",
                "indicator_code": row["indicator_code"],
                "kind": "standard",
                "name_zh": "国家标准" if verified else UNCHECKED_NAME,
                "name_en": "National standard" if verified else "National standard (value unverified)",
                "operator": row["threshold_operator"],
                "value": float(row["threshold_value"]),
                "value_high": float(row["threshold_value_high"] or "nan"),
                "source_title": row["threshold_source"] or "来源待核",
                "clause": "条款待核",
                "effective_on": _effective(row["threshold_source"]),
                "is_primary": True,
                "verified": verified,
            }
        )
    return found


def _effective(source: str) -> str | None:
    """A day of the earliest recent year a source names: such standards do not judge the periods before."""
    return next((day for year, day in EFFECTIVE.items() if year in source), None)


def _local_standards() -> list[Row]:
    """Beside the national ones, and not primary: both are shown, the national one judges."""
    return [
        {
            "reference_code": f"LOC-{code}", "indicator_code": code, "kind": "standard", "name_zh": "地方标准（示例）",
            "name_en": "Local standard (fictional)", "area_code": CITY, "operator": operator, "value": value,
            "source_title": title, "clause": clause, "effective_on": day, "is_primary": False, "verified": False,
        }
        for code, operator, value, title, clause, day in LOCAL_STANDARDS
    ]  # fmt: skip


def _targets() -> list[Row]:
    """Where the plan wants the city to be in 2025: a little beyond where it is heading."""
    found: list[Row] = []
    for code, recipe in recipes().iterrows():
        if recipe["level"] not in {"district", "city"} or recipe["kind"] not in {"percent", "ratio", "series"}:
            continue
        target = recipe["end"] + 0.22 * (recipe["end"] - recipe["start"])
        target = min(100.0, target) if recipe["kind"] == "percent" else target
        found.append(
            {
                "reference_code": f"PLAN-{code}", "indicator_code": code, "kind": "plan_target",
                "name_zh": "规划目标 2025", "name_en": "Plan target 2025", "area_code": CITY, "period": "2025",
                "operator": ">=" if recipe["end"] > recipe["start"] else "<=", "value": round(float(target), 2),
                "source_title": PLAN, "is_primary": False, "verified": False,
            }
        )  # fmt: skip
    return found


def _averages() -> list[Row]:
    """A national average for every rate, near what the city has."""
    chance = stream("averages")
    found: list[Row] = []
    for code, recipe in recipes().iterrows():
        if recipe["kind"] not in {"percent", "ratio", "series"} or str(code).startswith(("YL", "M25")):
            continue
        value = recipe["end"] * (1 + chance.normal(-0.02, 0.05))
        found.append(
            {
                "reference_code": f"AVG-{code}", "indicator_code": code, "kind": "national_average",
                "name_zh": "样本城市平均 2024（示例）", "name_en": "Sample-city average 2024 (fictional)",
                "period": "2024",
                "operator": ">=" if recipe["end"] > recipe["start"] else "<=",
                "value": round(float(np.minimum(value, 100) if recipe["kind"] == "percent" else value), 3),
                "source_title": "示例数据（虚构）", "is_primary": False, "verified": False,
            }
        )  # fmt: skip
    return found


def _international() -> list[Row]:
    return [
        {
            "reference_code": f"INT-{code}", "indicator_code": code, "kind": "international",
            "name_zh": "国际参考", "name_en": "International reference", "operator": operator, "value": value,
            "source_title": title, "is_primary": False, "verified": False,
        }
        for code, operator, value, title in INTERNATIONAL
    ]  # fmt: skip
