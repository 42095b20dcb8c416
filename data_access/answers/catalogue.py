"""What does not depend on an area: indicators, dimensions, departments, layers."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data_access import contract, scope
from data_access.answers.names import contract_columns, names
from data_access.frames import read_frame
from data_access.questions import CatalogueQuestion

_dimension = contract.dimension
_indicator = contract.indicator


def dimensions(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per dimension, by sort order (unsorted last) and code, with the top dimension of its branch."""
    tops = root_dimensions()
    columns = (*contract_columns(_dimension), tops.c.root_dimension_code)
    unsorted = func.coalesce(_dimension.c.sort_order, 2**31 - 1)
    joined = select(*columns).outerjoin(tops, tops.c.dimension_code == _dimension.c.dimension_code)
    return read_frame(connection, joined.order_by(unsorted, _dimension.c.dimension_code))


def indicators(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per indicator, by dimension order and code."""
    tops = root_dimensions()
    unsorted = func.coalesce(_dimension.c.sort_order, 2**31 - 1)
    joined = (
        select(*contract_columns(_indicator), *names(_dimension, label="dimension_name"), tops.c.root_dimension_code)
        .outerjoin(_dimension, _dimension.c.dimension_code == _indicator.c.dimension_code)
        .outerjoin(tops, tops.c.dimension_code == _indicator.c.dimension_code)
        .where(scope.sees_work(question.viewer, _indicator))
    )
    return read_frame(connection, joined.order_by(unsorted, _indicator.c.dimension_code, _indicator.c.indicator_code))


def departments(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per department, by code."""
    table = contract.department
    return read_frame(connection, select(*contract_columns(table)).order_by(table.c.department_code))


def actions(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per special action, by code."""
    table = contract.action
    return read_frame(connection, select(*contract_columns(table)).order_by(table.c.action_code))


def layers(connection: Connection, question: CatalogueQuestion) -> pd.DataFrame:
    """One row per layer of the catalogue, by code."""
    table = contract.spatial_layer
    return read_frame(connection, select(*contract_columns(table)).order_by(table.c.layer_code))


def root_dimensions() -> Any:
    """dimension_code → root_dimension_code, over a tree of any depth."""
    root, child = _dimension.alias("root"), _dimension.alias("sub")
    start = select(root.c.dimension_code, root.c.dimension_code.label("root_dimension_code"))
    tree = start.where(root.c.parent_code.is_(None)).cte("dimension_root", recursive=True)
    below = select(child.c.dimension_code, tree.c.root_dimension_code)
    return tree.union(below.join(tree, child.c.parent_code == tree.c.dimension_code))
