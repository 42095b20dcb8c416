"""How much of anything a package may hold. Real cities stay far below; a bomb does not."""

CHUNK_ROWS = 50_000
CHUNK_FEATURES = 5_000
COLUMNS = 2_000
LINE_BYTES = 1 << 20
CODE_CHARACTERS = 200
SHEET_XML_BYTES = 1 << 30
GEOJSON_BYTES = 1 << 30
PARQUET_BYTES = 2 << 30

ARCHIVE_MEMBERS = 1_000
ARCHIVE_BYTES = 4 << 30
ARCHIVE_RATIO = 250
"""Tables of zeros compress some 100 times, deflate at its limit 1,000 times; below a megabyte any ratio is harmless."""
ARCHIVE_RATIO_FROM_BYTES = 1 << 20

SHOWN = 100
"""Faults, and as many warnings, that are kept in memory for the terminal; the report holds all."""
SHEET_CELLS = 30_000_000
"""Cells of a sheet's used range: one far-away cell would make the range, and the memory, enormous."""
