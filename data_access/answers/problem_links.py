"""What a problem is counted by that does not stand in its own row: the area of a level it lies in, its object.

`level/<level>` is the area of that level. `object/<layer>/<key>/<property>` is a property of the feature, in the stored
layer, whose property `key` is the problem's `object_id`: a building's decade or structure.
"""

from collections.abc import Collection, Iterable
from typing import Any

import orjson
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Float, FromClause, Select, cast, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from data_access import contract, scope
from data_access.answers.places import inside
from data_access.contract.columns import CODE
from data_access.errors import InvalidQuestion
from data_access.frames import read_frame
from data_access.layer_features import layer_feature
from data_access.problem_questions import DensityQuestion, ListedQuestion
from data_access.questions import CatalogueQuestion
from data_access.viewer import Viewer

LEVEL, OBJECT = "level/", "object/"
KEY_ENDINGS = ("id", "code", "编号", "编码")
MOST_LINKS = 4
_SAMPLED, _MOST_WORDS = 200, 40
_problem = contract.problem
_area = contract.area
_layer = contract.spatial_layer


def is_link(name: str) -> bool:
    return name.startswith((LEVEL, OBJECT))


def linked(
    listed: Select[Any], question: ListedQuestion, names: Iterable[str]
) -> tuple[Select[Any], dict[str, ColumnElement[Any]]]:
    """The listed problems joined with what these names need, and the columns by name. Raises InvalidQuestion."""
    wanted = sorted({name for name in names if is_link(name)})
    if len(wanted) > MOST_LINKS:
        raise InvalidQuestion(f"at most {MOST_LINKS} linked attributes at once")
    columns: dict[str, ColumnElement[Any]] = {}
    for place, name in enumerate(wanted):
        if name.startswith(LEVEL):
            found = _areas_of_level(question.area, name.removeprefix(LEVEL), place)
            listed = listed.outerjoin(found, found.c.area_code == _problem.c.area_code)
        else:
            found = _objects(name, place)
            listed = listed.outerjoin(found, found.c.object_id == _problem.c.object_id)
        columns[name] = found.c.word
    return listed, columns


def _areas_of_level(area: str, level: str, place: int) -> FromClause:
    """word, area_code: the area of the level, inside the asked one, in which each area lies."""
    top = select(_area.c.area_code.label("word"), _area.c.area_code)
    top = top.where(_area.c.level == level, inside(_area.c.area_code, area))
    tree = top.cte(f"level_{place}", recursive=True)
    lower = _area.alias(f"lower_{place}")
    return tree.union(select(tree.c.word, lower.c.area_code).join(tree, lower.c.parent_code == tree.c.area_code))


def _objects(name: str, place: int) -> FromClause:
    """object_id, word: one row per object, however many features carry it."""
    parts = name.split("/")
    if len(parts) != 4 or not all(parts):  # noqa: PLR2004
        raise InvalidQuestion(f"an object's attribute is object/layer/key/property, not {name!r:.80}")
    _, layer, key, wanted = parts
    object_id = _property(key)
    rows = select(object_id.label("object_id"), func.min(_property(wanted), type_=CODE).label("word"))
    chosen = rows.where(layer_feature.c.layer_code == layer, object_id.is_not(None)).group_by(object_id)
    return chosen.subquery(f"object_{place}")


class _Property(FunctionElement[str]):
    """A property of a feature as text; None where the feature has none of that name."""

    type = CODE
    inherit_cache = True


@compiles(_Property, "sqlite")
def _in_sqlite(found: _Property, compiler: Any, **words: Any) -> str:
    properties, name = (compiler.process(clause, **words) for clause in found.clauses)
    return f"CAST({properties} ->> {name} AS TEXT)"


@compiles(_Property, "postgresql")
def _in_postgresql(found: _Property, compiler: Any, **words: Any) -> str:
    properties, name = (compiler.process(clause, **words) for clause in found.clauses)
    return f"(CAST({properties} AS json) ->> CAST({name} AS text))"


def _property(name: str) -> ColumnElement[str]:
    return _Property(layer_feature.c.properties, literal(name))


def problem_objects(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per attribute that objects of problems carry: layer_code, key, property.

    A layer carries objects where a property whose name ends in `id` or `code` holds the `object_id` of a problem. A
    property with more than 40 words among the first 200 features is no attribute to count by, nor is a fraction.
    """
    found = []
    for layer in connection.scalars(select(layer_feature.c.layer_code).distinct().order_by(layer_feature.c.layer_code)):
        sample = _sample(connection, layer)
        key = next((name for name in _keys(sample) if _holds_objects(connection, question.viewer, layer, name)), None)
        found += [(layer, key, name) for name in _countable(sample, key)] if key else []
    return pd.DataFrame(found, columns=["layer_code", "key", "property"], dtype="str")


def _sample(connection: Connection, layer: str) -> list[dict[str, Any]]:
    rows = select(layer_feature.c.properties).where(layer_feature.c.layer_code == layer)
    return [
        orjson.loads(text) for text in connection.scalars(rows.order_by(layer_feature.c.feature_no).limit(_SAMPLED))
    ]


def _keys(sample: list[dict[str, Any]]) -> list[str]:
    names = sample[0] if sample else {}
    return [name for name in names if name.lower().endswith(KEY_ENDINGS) and isinstance(names[name], str)]


def _holds_objects(connection: Connection, viewer: Viewer, layer: str, key: str) -> bool:
    objects = select(_problem.c.object_id).where(
        _problem.c.object_id.is_not(None),
        scope.sees_area(viewer, _problem.c.area_code),
        scope.sees_work(viewer, _problem),
    )
    one = select(layer_feature.c.feature_no).where(layer_feature.c.layer_code == layer, _property(key).in_(objects))
    return connection.scalar(one.limit(1)) is not None


def _countable(sample: list[dict[str, Any]], key: str) -> list[str]:
    return [
        name
        for name in sample[0]
        if name != key and not name.lower().endswith(KEY_ENDINGS) and _few_words([row.get(name) for row in sample])
    ]


def _few_words(values: Collection[object]) -> bool:
    said = {value for value in values if value is not None}
    plain = all(isinstance(value, str | int) and not isinstance(value, bool) for value in said)
    return bool(said) and plain and len(said) <= _MOST_WORDS


def density_base(connection: Connection, question: DensityQuestion) -> pd.DataFrame:
    """One row per area of the level, by code: area_code, population, objects (features inside, NaN without a layer)."""
    scope.require_area(connection, question.viewer, question.area)
    counted = _objects_by_area(connection, question)
    rows = select(_area.c.area_code, _area.c.population, counted.c.objects)
    rows = rows.outerjoin(counted, counted.c.word == _area.c.area_code).where(
        _area.c.level == question.level,
        inside(_area.c.area_code, question.area),
        scope.sees_area(question.viewer, _area.c.area_code),
    )
    return read_frame(connection, rows.order_by(_area.c.area_code))


def _objects_by_area(connection: Connection, question: DensityQuestion) -> FromClause:
    """word, objects: of the areas of the level that hold any."""
    tree = _areas_of_level(question.area, question.level, 0)
    column = connection.scalar(select(_layer.c.area_column).where(_layer.c.layer_code == question.layer))
    lying = _property(column or "")
    own = select(lying.label("area_code"), cast(func.count(), Float).label("objects"))
    own_rows = own.where(layer_feature.c.layer_code == question.layer).group_by(lying).subquery("own_objects")
    sums = select(tree.c.word, func.sum(own_rows.c.objects, type_=Float).label("objects"))
    return sums.join(own_rows, own_rows.c.area_code == tree.c.area_code).group_by(tree.c.word).subquery("counted")
