import shapely
from sqlalchemy import insert, select

from data_access import contract
from data_access.engine import open_engine


def test_a_boundary_comes_back_as_the_geometry_that_went_in(database: str) -> None:
    square = shapely.box(121.0, 31.0, 121.1, 31.2)
    with open_engine(database, access="load").begin() as connection:
        connection.execute(insert(contract.area_boundary).values(area_code="01", geometry=square))
    with open_engine(database).connect() as connection:
        (found,) = connection.execute(select(contract.area_boundary.c.geometry)).scalars()
    assert shapely.equals(found, square)
