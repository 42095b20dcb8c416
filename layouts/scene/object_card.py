"""The card of one object of the city information model: what is known of it, its problems, its photos, the way on."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.components.panel import no_data
from layouts.components.photo import photo, web_address
from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.texts import Texts
from layouts.work.filtering import write_filter

Row = Mapping[str, Any]
_MODEL = ("data_class", "cim_level", "code", "code_system")
_BUILDING = ("use", "storeys", "height_m", "decade", "structure", "floor_area_m2", "year_built")
_HIDDEN = frozenset({"building_id", "area_code"})
_HAZARD = "hazard_"
_MOST_PHOTOS = 6


def object_card(formatter: Formatter, found: Row, area: Row | None, problems: Sequence[Row]) -> html.Article:
    """found: of store.city_object. area: the area it lies in. problems: reported on it, the unresolved first."""
    texts = formatter.texts
    close = pick_button(icon("close"), {"cim_object": None}, "card__close", **{"aria-label": texts("object.close")})
    head = html.Header([html.H3(texts("object.title", id=found["object_id"])), close], className="card__head")
    where = (
        [(texts("object.area"), pick_button(texts.name(area), {"area": area["area_code"]}, "card__link"))]
        if area
        else []
    )
    facts = [*where, *_model_facts(texts, found["model"]), *_building_facts(texts, found["building"])]
    entries = [part for label, said in facts for part in (html.Dt(label), html.Dd(said))]
    return html.Article(
        [
            head,
            *_viewer_link(texts, (found["model"] or {}).get("viewer_url")),
            html.Dl(entries, className="card__facts"),
            *_problems(formatter, problems),
            *_photos(texts, problems),
        ],
        className="card",
    )


def unknown_object(texts: Texts, code: str) -> list[Any]:
    close = pick_button(icon("close"), {"cim_object": None}, "card__close", **{"aria-label": texts("object.close")})
    return [html.Header([html.H3(code), close], className="card__head"), no_data(texts("object.unknown"))]


def _viewer_link(texts: Texts, url: object) -> list[Any]:
    address = web_address(url)
    if address is None:
        return [html.P(texts("object.bad_viewer"), className="quiet")] if url else []
    return [
        html.A(
            texts("object.open_viewer"), href=address, target="_blank", rel="noopener noreferrer", className="toggle"
        )
    ]


def _model_facts(texts: Texts, model: Row | None) -> list[tuple[str, str]]:
    return [(texts(f"object.{name}"), str(model[name])) for name in _MODEL if model and model[name] is not None]


def _building_facts(texts: Texts, building: Row | None) -> list[tuple[str, str]]:
    """Attributes we know by our names, hazards by what was found, the rest as the source calls them."""
    known = building or {}
    facts = [(texts(f"object.{name}"), str(known[name])) for name in _BUILDING if known.get(name) is not None]
    hazards = [name for name in known if name.startswith(_HAZARD)]
    if hazards:
        found = [_hazard(texts, name) for name in hazards if known[name]]
        facts.append((texts("object.hazards"), texts("list.comma").join(found) or texts("object.no_hazard")))
    rest = [name for name in known if name not in _HIDDEN and name not in _BUILDING and name not in hazards]
    return facts + [(name, str(known[name])) for name in rest if known[name] is not None]


def _hazard(texts: Texts, name: str) -> str:
    key = f"object.{name}"
    return texts(key) if texts.has(key) else name


def _problems(formatter: Formatter, problems: Sequence[Row]) -> list[Any]:
    texts = formatter.texts
    if not problems:
        return [html.P(texts("object.no_problems"), className="quiet")]
    items = [
        html.Li(
            [
                pick_button(
                    texts.name(row, "title") or str(row["problem_code"]),
                    {"view": "problems", "filter": write_filter({"problem": (str(row["problem_code"]),)})},
                    "card__link",
                ),
                html.Span(
                    f" · {texts('problem_status.' + row['status'])} · {formatter.day(row['found_on'])}",
                    className="quiet",
                ),
            ]
        )
        for row in problems
    ]
    return [html.H4(texts("object.problems")), html.Ul(items, className="object__problems")]


def _photos(texts: Texts, problems: Sequence[Row]) -> list[Any]:
    addresses = dict.fromkeys(row["photo_url"] for row in problems)
    return [part for url in addresses for part in photo(texts, url)][:_MOST_PHOTOS]
