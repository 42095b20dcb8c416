"""A drawn locator: numbered points over the boundaries of an area, as a PNG, without any map service."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from dashboard.exports.fonts import Font

WIDTH, HEIGHT = 1700, 1050
_OVERSAMPLED, _MARGIN, _DOT = 2, 70, 11
_GROUND, _LAND, _BORDER, _MARK, _INK, _QUIET = "#ffffff", "#eef2f7", "#8393a8", "#c2321c", "#132033", "#5b6b80"
_KM_PER_DEGREE = 111.32
_NICE = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Shape:
    """name: written into the shape where there is room; geometry: in degrees."""

    name: str
    geometry: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees to pixels on a local plane, right to 1 % within a city."""

    west: float
    north: float
    per_degree: float
    squeeze: float
    left: float
    top: float

    def pixels(self, degrees: np.ndarray) -> np.ndarray:
        x = self.left + (degrees[:, 0] - self.west) * self.squeeze * self.per_degree
        y = self.top + (self.north - degrees[:, 1]) * self.per_degree
        return np.column_stack([x, y])


def locator_png(shapes: Sequence[Shape], points: Sequence[Point], font: Font | None) -> bytes:
    """Points that lie outside the shapes' frame are left out; so are labels that would cover an earlier one.

    font: for names; without one the map has no names. Raises ValueError where nothing has a place.
    """
    drawn = [shape for shape in shapes if not shapely.is_empty(shape.geometry)]
    placed = np.array([(point.lon, point.lat) for point in points], dtype=float).reshape(-1, 2)
    bounds = shapely.total_bounds([shape.geometry for shape in drawn]) if drawn else _around(placed)
    frame = _frame(bounds)
    image = Image.new("RGB", (WIDTH * _OVERSAMPLED, HEIGHT * _OVERSAMPLED), _GROUND)
    pen = ImageDraw.Draw(image)
    for shape in drawn:
        _draw_shape(pen, shape, frame)
    for x, y in frame.pixels(placed):
        pen.ellipse(_box(x, y, _DOT), fill=_MARK, outline=_GROUND, width=2 * _OVERSAMPLED)
    taken = _draw_names(pen, drawn, frame, font) if font is not None else []
    _draw_labels(pen, points, frame.pixels(placed), taken)
    _draw_scale(pen, frame)
    return _png(image)


def _around(placed: np.ndarray) -> np.ndarray:
    if not len(placed):
        raise ValueError("nothing has a place")
    return np.array([*placed.min(axis=0) - 0.01, *placed.max(axis=0) + 0.01])


def _frame(bounds: np.ndarray) -> _Frame:
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    per_degree = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    left, top = (WIDTH - wide * per_degree) / 2, (HEIGHT - high * per_degree) / 2
    return _Frame(west, north, per_degree, squeeze, left, top)


def _draw_shape(pen: ImageDraw.ImageDraw, shape: Shape, frame: _Frame) -> None:
    for part in _polygons(shape.geometry):
        outline = _scaled(frame.pixels(shapely.get_coordinates(part.exterior)))
        pen.polygon(outline, fill=_LAND)
        for ring in part.interiors:
            pen.polygon(_scaled(frame.pixels(shapely.get_coordinates(ring))), fill=_GROUND)
        pen.line(outline, fill=_BORDER, width=3 * _OVERSAMPLED, joint="curve")


def _polygons(geometry: shapely.Geometry) -> Iterator[shapely.Polygon]:
    return (part for part in shapely.get_parts(geometry) if isinstance(part, shapely.Polygon))


def _draw_names(
    pen: ImageDraw.ImageDraw, shapes: Sequence[Shape], frame: _Frame, font: Font
) -> list[tuple[float, ...]]:
    """Names that do not cover each other; returns the boxes they take."""
    letters = ImageFont.truetype(str(font.path), 32 * _OVERSAMPLED, index=font.index)
    taken: list[tuple[float, ...]] = []
    for shape in shapes:
        inside = shapely.get_coordinates(shapely.point_on_surface(shape.geometry))
        at = tuple(frame.pixels(inside)[0] * _OVERSAMPLED)
        box = pen.textbbox(at, shape.name, font=letters, anchor="mm")
        if _is_free(box, taken):
            pen.text(at, shape.name, _QUIET, letters, "mm", stroke_width=4 * _OVERSAMPLED, stroke_fill=_LAND)
            taken.append(box)
    return taken


def _draw_labels(
    pen: ImageDraw.ImageDraw, points: Sequence[Point], pixels: np.ndarray, taken: list[tuple[float, ...]]
) -> None:
    """Numbers beside their points, the first of the list first, on any side that is free."""
    letters = ImageFont.load_default(26 * _OVERSAMPLED)
    for point, (x, y) in zip(points, pixels, strict=True):
        for corner, anchor in (((14, 0), "lm"), ((-14, 0), "rm"), ((0, -14), "mb"), ((0, 14), "mt")):
            at = ((x + corner[0]) * _OVERSAMPLED, (y + corner[1]) * _OVERSAMPLED)
            box = pen.textbbox(at, point.label, font=letters, anchor=anchor)
            if _is_free(box, taken):
                pen.text(at, point.label, _INK, letters, anchor, stroke_width=3 * _OVERSAMPLED, stroke_fill=_GROUND)
                taken.append(box)
                break


def _is_free(box: tuple[float, ...], taken: Sequence[tuple[float, ...]]) -> bool:
    left, top, right, bottom = box
    return all(right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for one in taken)


def _draw_scale(pen: ImageDraw.ImageDraw, frame: _Frame) -> None:
    """A bar of a round length at the lower left, an arrow to the north at the upper right."""
    per_km = frame.per_degree / _KM_PER_DEGREE
    length = max((km for km in _NICE if km * per_km <= WIDTH / 5), default=_NICE[0])
    letters = ImageFont.load_default(26 * _OVERSAMPLED)
    y, x = HEIGHT - 40, 40
    pen.line(_scaled(np.array([[x, y - 10], [x, y], [x + length * per_km, y], [x + length * per_km, y - 10]])), _INK, 6)
    pen.text((x * _OVERSAMPLED, (y - 18) * _OVERSAMPLED), f"{length:g} km", _INK, letters, "lb")
    arrow = np.array([[WIDTH - 60, 40], [WIDTH - 76, 92], [WIDTH - 60, 80], [WIDTH - 44, 92]])
    pen.polygon(_scaled(arrow), fill=_INK)
    pen.text(((WIDTH - 60) * _OVERSAMPLED, 100 * _OVERSAMPLED), "N", _INK, letters, "mt")


def _scaled(pixels: np.ndarray) -> list[tuple[float, float]]:
    return [(x * _OVERSAMPLED, y * _OVERSAMPLED) for x, y in pixels]


def _box(x: float, y: float, size: float) -> tuple[float, float, float, float]:
    return tuple(value * _OVERSAMPLED for value in (x - size, y - size, x + size, y + size))  # type: ignore[return-value]


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.reduce(_OVERSAMPLED).quantize(128, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()
