"""Things to click: any element that carries a change of the selection, by mouse, touch or keyboard."""

import json
from typing import Any

from dash import html


def pick_data(**changes: Any) -> dict[str, str]:
    """The attribute that assets/js/shell_pick.js turns into an event: fields of the selection and their new values."""
    return {"data-pick": json.dumps(changes, ensure_ascii=False)}


def pick_button(children: Any, changes: dict[str, Any], class_name: str = "pick", **attributes: Any) -> html.Button:
    return html.Button(children, type="button", className=class_name, **pick_data(**changes), **attributes)
