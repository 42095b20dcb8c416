"""The indicators of the demo city: the catalogue's rows in the contract's words, their dimensions and departments."""

from importlib.resources import files

import numpy as np
import pandas as pd

from data_access.demo.frames import each

KEY = ("H01", "C15", "C20", "S22", "S25", "U32", "U34", "U38", "U52", "U54", "U56", "N07")
ROOTS = {"住房": "housing", "小区(社区)": "compound", "街区": "block", "城区(城市)": "city"}
ROOT_NAMES = (
    ("housing", "住房", "Housing"),
    ("compound", "小区（社区）", "Compound/Community"),
    ("block", "街区", "Block"),
    ("city", "城区（城市）", "City"),
)
ADOPTED_DIMENSIONS = {"城中村(东莞增设维度)": "compound", "专项体检:排水防涝": "block", "整治成效": "city"}
LOCAL_CATEGORY = "地方特色指标"
CATEGORY_ENGLISH = {
    "安全耐久": "Safe and durable", "功能完备": "Fully functional", "绿色智能": "Green and smart",
    "设施完善": "Well equipped", "环境宜居": "Pleasant surroundings", "管理健全": "Well managed",
    "功能完善": "Complete services", "整洁有序": "Clean and orderly", "特色活力": "Character and vitality",
    "生态宜居": "Ecological liveability", "历史文化保护利用": "Heritage conservation",
    "产城融合、职住平衡": "Work-life balance", "安全韧性": "Safety and resilience", "智慧高效": "Smart and efficient",
    "闭环评估": "Rectification results", LOCAL_CATEGORY: "Local indicators",
}  # fmt: skip
SYSTEMS = {"mohurd2023": "mohurd2023", "base2025": "mohurd2025", "local": "local"}
WEIGHTS = {"U46": "YL-02", "L-QD-01": "YL-03"}
SCALES = {"%": 100, "个": 100_000}
PARENTS = {"L-WH-01": "H01", "L-WH-02": "H01", "L-QD-02": "H01", "L-NN-01": "H03"}
SUCCESSORS = ("H01", "H05", "C11", "C12", "C13", "C17", "C18", "C20", "S30", "S31", "U49", "U50", "U52", "U59")
RENAMED = {"N11": "U45", "N16": "U48"}
NAME_UNCHECKED = "名称待核"
COLLECTED_BY = {
    "district": "市辖区",
    "subdistrict": "街道",
    "community": "社区",
    "compound": "小区",
    "building": "楼栋",
}


def read_data(name: str) -> pd.DataFrame:
    """A CSV that lies beside this file, as text, empty where empty."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)


def catalogue() -> pd.DataFrame:
    """The catalogue with `category` and `root` in the demo city's dimensions."""
    rows = read_data("indicator-catalogue.csv")
    rows["root"] = rows["dimension"].map(ROOTS | ADOPTED_DIMENSIONS)
    local = rows["system_code"] == "local"
    rows["category"] = rows["category"].where(~local, LOCAL_CATEGORY)
    return rows


def systems() -> pd.DataFrame:
    rows = [
        ("mohurd2023", "城市体检基础指标（2023版）", "National base indicators (2023)", 2023, "建科〔2023〕75号"),
        ("mohurd2025", "城市体检基础指标（2025版）", "National base indicators (2025)", 2025, "2025版手册，名称待核"),
        ("local", "地方特色指标", "Local indicators", 2024, "各地公开做法，示例选用"),
    ]
    return pd.DataFrame(rows, columns=["system_code", "name_zh", "name_en", "year", "source_title"])


def dimensions() -> pd.DataFrame:
    """Four dimensions and their categories; `sort_order` as the catalogue lists them."""
    roots: list[tuple[object, ...]] = [
        (code, "mohurd2023", None, zh, en, n) for n, (code, zh, en) in enumerate(ROOT_NAMES, 1)
    ]
    pairs = catalogue()[["root", "category", "system_code"]].drop_duplicates(["root", "category"])
    pairs = pairs.assign(sort_order=pairs.groupby("root").cumcount() + 1)
    inner: list[tuple[object, ...]] = [
        (_category_code(p.root, p.category), SYSTEMS[p.system_code], p.root, p.category,
         CATEGORY_ENGLISH[p.category], p.sort_order)
        for p in each(pairs)
    ]  # fmt: skip
    columns = ["dimension_code", "system_code", "parent_code", "name_zh", "name_en", "sort_order"]
    return pd.DataFrame(roots + inner, columns=columns)


def _category_code(root: str, category: str) -> str:
    return f"{root}-{list(CATEGORY_ENGLISH).index(category) + 1:02}"


def departments() -> pd.DataFrame:
    return read_data("departments.csv")


def indicators() -> pd.DataFrame:
    """All indicators: the catalogue's, the successors of renamed ones, and the demo city's own."""
    rows = catalogue()
    base = pd.DataFrame(
        {
            "indicator_code": rows["indicator_code"],
            "system_code": rows["system_code"].map(SYSTEMS),
            "dimension_code": [_category_code(*pair) for pair in zip(rows["root"], rows["category"], strict=True)],
            "name_zh": rows["name_zh"],
            "name_en": rows["name_en"],
            "definition_zh": rows["definition_zh"],
            "formula": rows["aggregation_note"],
            "unit": rows["unit"],
            "decimals": rows["unit"].map({"%": 1, "公里": 2, "平方米": 0}).fillna(rows["aggregation"].ne("sum") * 2),
            "direction": rows["direction"],
            "graded": rows["graded"],
            "aggregation": rows["aggregation"],
            "caliber": _calibers(rows),
        }
    )
    _add_weights(base)
    _add_departments(base, rows)
    base["is_key"] = base["indicator_code"].isin(KEY)
    base["parent_indicator_code"] = base["indicator_code"].map(PARENTS)
    base["predecessor_code"] = base["indicator_code"].map(RENAMED)
    base["predecessor_sign"] = np.where(base["predecessor_code"].notna(), 1, np.nan)
    added = read_data("added-indicators.csv").replace("", None)
    added = added.assign(is_key=False, decimals=added["decimals"].astype(float))
    added["dimension_code"] = [_category_code(root, LOCAL_CATEGORY) for root in added["dimension_code"]]
    return pd.concat([base, _successors(base, rows), added], ignore_index=True)


def _calibers(rows: pd.DataFrame) -> pd.Series:
    unchecked = np.where(rows["name_verified"] == "true", "", f"；{NAME_UNCHECKED}")
    return "方面：" + rows["aspect8"] + "；采集层级：" + rows["collect_level"].replace(COLLECTED_BY) + unchecked


def _add_weights(base: pd.DataFrame) -> None:
    weighted, ratio = base["aggregation"] == "weighted_mean", base["aggregation"] == "ratio"
    base["weight_indicator_code"] = base["indicator_code"].map(WEIGHTS)
    base["weight_column"] = pd.Series("population", base.index).where(weighted & base["weight_indicator_code"].isna())
    base["ratio_scale"] = base["unit"].map(SCALES).fillna(1).where(ratio)


def _add_departments(base: pd.DataFrame, rows: pd.DataFrame) -> None:
    codes = dict(departments()[["name_zh", "department_code"]].to_numpy())
    codes |= {"市水务局(排水主管部门)": codes["市水务局"], "供水/供热/供电企业": "gsqy;gdgs", "燃气/供热企业": "rqqy"}
    base["lead_department_code"] = rows["lead_bureau"].map(codes)
    base["support_department_codes"] = [
        ";".join(dict.fromkeys(codes[name] for name in names.split(";") if name in codes)) or None
        for names in rows["support_bureau"]
    ]


def _successors(base: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """What the 2025 edition calls differently: the same thing, save where unit or direction turned."""
    wanted = rows["indicator_code"].isin(SUCCESSORS)
    parts = rows.loc[wanted, "name_2025"].str.extract(r"^(?P<name>.+?)\((?P<unit>[^()]+)\)(?P<turned>\[.*)?$")
    turned = parts["turned"].notna()
    later = base[wanted].assign(
        indicator_code="M25-" + base.loc[wanted, "indicator_code"],
        system_code="mohurd2025",
        name_zh=parts["name"],
        unit=parts["unit"],
        name_en=base.loc[wanted, "name_en"] + " (2025)",
        caliber=base.loc[wanted, "caliber"].str.replace(f"；{NAME_UNCHECKED}", "") + f"；2025版{NAME_UNCHECKED}",
        predecessor_code=base.loc[wanted, "indicator_code"],
        predecessor_sign=np.where(turned, -1, 1),
        direction=np.where(turned, "lower_better", base.loc[wanted, "direction"]),
        is_key=False,
        parent_indicator_code=None,
    )
    later.loc[turned, "name_en"] = "Severe waterlogging points (2025)"
    return later
