"""The two catalogues of tables: those of the database, and those of the spatial store beside it."""

from sqlalchemy import MetaData

TABULAR = MetaData()
SPATIAL = MetaData()
