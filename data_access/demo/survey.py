"""What residents say: topics by subdistrict, district and city, for everyone and for three groups."""

from typing import Any

import numpy as np
import pandas as pd

from data_access.demo import stories
from data_access.demo.areas import CITY
from data_access.demo.catalogue import read_data
from data_access.demo.chance import stream
from data_access.demo.features import Features
from data_access.demo.frames import each

GROUPS = {"all": (1.0, 0.0), "60+": (0.24, 2.4), "18-35": (0.36, -2.2)}
"""Share of the respondents, and how much more content they are."""
PER_THOUSAND = 1.15
SURVEYED = (2020, 2021, 2022, 2023, 2024)


def make_survey(features: Features) -> pd.DataFrame:
    topics = read_data("survey.csv").replace("", None)
    places = pd.concat([features["subdistrict"], features["district"], _city(features["district"])])
    parts = [_topic(topic, places) for topic in each(topics)]
    return pd.concat(parts, ignore_index=True)


def _city(districts: pd.DataFrame) -> pd.DataFrame:
    share = districts["population"] / districts["population"].sum()
    means = {name: [(districts[name] * share).sum()] for name in ("old", "urban", "x", "y")}
    return pd.DataFrame(means | {"population": [districts["population"].sum()]}, index=[CITY])


def _topic(topic: Any, places: pd.DataFrame) -> pd.DataFrame:
    """Scores follow age and centrality of a place, and move slowly; few answers make them jump."""
    chance = stream(f"survey {topic.topic_code}")
    share = np.array(SURVEYED) - SURVEYED[0]
    start, end, old, urban = (float(getattr(topic, name)) for name in ("start", "end", "old", "urban"))
    own = old * (places["old"] - 0.4) + urban * (places["urban"] - 0.6) + chance.normal(0, 1.6, len(places))
    expected = own.to_numpy()[:, None] + start + (end - start) * share / share.max()
    asked = np.maximum(14, np.round(places["population"].to_numpy() / 1000 * PER_THOUSAND))
    asked = np.repeat(asked[:, None], len(SURVEYED), axis=1) * chance.uniform(0.8, 1.15, expected.shape)
    parts = []
    for group, (part, shift) in GROUPS.items():
        respondents = np.maximum(6, np.round(asked * part))
        score = np.clip(expected + shift + chance.normal(0, 16, expected.shape) / np.sqrt(respondents), 0, 100)
        parts.append(
            pd.DataFrame(
                {
                    "topic_code": topic.topic_code,
                    "area_code": np.repeat(places.index.to_numpy(), len(SURVEYED)),
                    "period": np.tile(np.array(SURVEYED).astype(str), len(places)),
                    "respondent_group": group,
                    "indicator_code": topic.indicator_code,
                    "dimension_code": topic.dimension_code,
                    "topic_zh": topic.topic_zh,
                    "topic_en": topic.topic_en,
                    "score": np.round(score, 1).ravel(),
                    "respondents": respondents.ravel(),
                }
            )
        )
    return pd.concat(parts)


def make_grades(features: Features) -> pd.DataFrame:
    """Official verdicts on the city dimension and its categories, for the city and its districts."""
    names = ("不足", "一般", "较好", "很好")
    chance = stream("dimension grades")
    dimensions = ["city", "city-10", "city-11", "city-12", "city-13", "city-14"]
    areas = [CITY, *features["district"].index]
    age = {CITY: 0.0, **(features["district"]["old"] - 0.42).to_dict()}
    rows = []
    for dimension in dimensions:
        for area in areas:
            base = 68 - 14 * age[area] + chance.normal(0, 4)
            for year in stories.YEARS[-3:]:
                score = round(float(base + 2.6 * (year - stories.YEARS[-3]) + chance.normal(0, 1)), 1)
                grade = names[int(np.clip((score - 52) // 10, 0, 3))]
                rows.append((dimension, area, str(year), grade, score))
    return pd.DataFrame(rows, columns=["dimension_code", "area_code", "period", "grade", "score"])
