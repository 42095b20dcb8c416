"""The city map: its component, colours, legend, switches, and what is sent to assets/js to be painted."""

from layouts.map.city_map import city_map

__all__ = ["city_map"]
