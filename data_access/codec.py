"""How answers lie in the cache: frames as Arrow IPC, plain data as JSON. Never pickle, which runs what it reads."""

from typing import Any

import orjson
import pandas as pd
import pyarrow as pa
import shapely

_AS_IT_IS, _SQUEEZED = pa.ipc.IpcWriteOptions(), pa.ipc.IpcWriteOptions(compression="lz4")
_SMALL_BYTES = 64 * 1024
"""A frame up to this size is written as it is: squeezing each column by itself saves little and takes long."""
_GEOMETRY = "geometry"


def encode_frame(frame: pd.DataFrame) -> bytes:
    """Arrow IPC stream of a frame; a column `geometry` becomes WKB.

    One batch even of an empty frame: pandas cannot merge text columns of no batches at all.
    """
    if _GEOMETRY in frame:
        frame = frame.assign(geometry=shapely.to_wkb(frame[_GEOMETRY].to_numpy(dtype=object)))
    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks()
    sink, options = pa.BufferOutputStream(), _AS_IT_IS if table.nbytes <= _SMALL_BYTES else _SQUEEZED
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        for batch in table.to_batches() or [_no_rows(table.schema)]:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


def _no_rows(schema: Any) -> Any:
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def decode_frame(data: bytes) -> pd.DataFrame:
    """A frame of its own for every reader: changing it changes nobody else's."""
    frame: pd.DataFrame = pa.ipc.open_stream(data).read_all().to_pandas(use_threads=False).copy()
    if _GEOMETRY in frame:
        frame[_GEOMETRY] = pd.Series(list(shapely.from_wkb(frame[_GEOMETRY].to_numpy(dtype=object))), dtype=object)
    return frame


def encode_json(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY)


def decode_json(data: bytes) -> Any:
    return orjson.loads(data)
