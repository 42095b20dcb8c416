"""A field for a day, for panels that travel as markup: the browser's own picker, by mouse, touch and keyboard."""

from dash.development.base_component import Component


class DayField(Component):
    """An `input` of type date. value, min, max: ISO days; what it becomes is read by assets/js/problems.js."""

    _type = "Input"
    _namespace = "layouts"

    def __init__(self, value: str, *, earliest: str, latest: str, label: str) -> None:
        self._children_props: list[str] = []
        self._base_nodes = ["children"]
        self._prop_names = ["type", "value", "min", "max"]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        attributes = {"type": "date", "value": value, "min": earliest, "max": latest, "aria-label": label}
        super().__init__(**attributes)  # type: ignore[no-untyped-call]
