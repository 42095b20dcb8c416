"""XML from elsewhere: no DTD, no entities, nothing loaded, not too deep; only then do libraries see it."""

from typing import Any

import defusedxml.ElementTree as Safe
from defusedxml.common import DefusedXmlException

from data_access.layers.failures import Unusable

DEEPEST = 200
_LOCATIONS = ("schemaLocation", "noNamespaceSchemaLocation")


def safe_tree(body: bytes) -> Any:
    """The root element. Raises Unusable: `hostile_xml` for entities and DTDs, `unreadable` for what is no XML."""
    try:
        root = Safe.fromstring(body, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unusable("hostile_xml", type(error).__name__) from error
    except (Safe.ParseError, ValueError, LookupError) as error:
        raise Unusable("unreadable", "not well-formed XML") from error
    if _depth(root) > DEEPEST:
        raise Unusable("hostile_xml", "nested too deeply")
    return root


def without_locations(root: Any) -> bytes:
    """The document again, without the addresses of schemas that a reader might want to load."""
    for element in root.iter():
        for name in [name for name in element.attrib if name.split("}")[-1] in _LOCATIONS]:
            del element.attrib[name]
    written: bytes = Safe.tostring(root, encoding="utf-8")
    return written


def _depth(root: Any) -> int:
    """Level by level, so that depth costs no stack."""
    level, depth = [root], 0
    while level and depth <= DEEPEST:
        level = [child for element in level for child in element]
        depth += 1
    return depth
