"""Text as XML holds it: SVG, XLSX and Word files cannot say control characters, not even escaped (XML 1.0, 2.2)."""

import re

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Without what XML cannot hold; tabs and line breaks stay."""
    return _UNSPEAKABLE.sub("", text)
