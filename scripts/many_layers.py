"""A catalogue of any length, as a city's platform lists its layers: for tests and measurements."""

from itertools import product
from typing import Any

_BOARDS = ("status", "plan", "management", "socio_economic")
_SUBJECTS = (
    "学校 schools", "医院 hospitals", "公园 parks", "道路 roads", "桥梁 bridges", "燃气 gas", "供水 water supply",
    "排水 drainage", "电力 power", "通信 telecommunication", "消防 fire safety", "应急 emergency", "绿地 green land",
    "水系 waters", "土地 land", "房屋 housing", "人口 population", "企业 enterprises", "公交 buses", "停车 parking",
    "文物 heritage", "环卫 sanitation", "路灯 lamps", "井盖 manholes", "社区 communities",
)  # fmt: skip
_KINDS = (
    "现状 today", "规划 planned", "管线 mains", "设施 facilities", "监测 monitoring", "普查 census", "权属 ownership",
    "范围 extent", "巡查 patrols", "隐患 hazards", "改造 renewal", "台账 ledger", "养护 upkeep", "投诉 complaints",
)  # fmt: skip


def many_layers(count: int = 1400, source: str = "town_parks") -> list[dict[str, Any]]:
    """Rows of spatial_layer, `many0000` and so on, each of the same table. At most 1,400 have names of their own."""
    rows = []
    for number, (year, kind, subject) in enumerate(product(range(2022, 2026), _KINDS, _SUBJECTS)):
        (zh, en), (what, what_en) = subject.split(" ", 1), kind.split(" ", 1)
        rows.append(
            {
                "layer_code": f"many{number:04}",
                "title_zh": f"{zh}{what}{year}", "title_en": f"{en}, {what_en}, {year}",
                "board": _BOARDS[number % len(_BOARDS)], "category": zh, "source_kind": "table", "source": source,
                "geometry_type": "Polygon",
            }
        )  # fmt: skip
    return rows[:count]
