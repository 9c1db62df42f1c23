"""A network as GraphML, for programs that draw and measure networks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from samskap.actors.public import Network, Node, TieLine

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
# Characters that XML 1.0 has no way to hold.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_KEYS: Final = (
    ("node", "name", "string"),
    ("node", "kind", "string"),
    ("node", "factors", "string"),
    ("node", "degree", "int"),
    ("node", "example", "boolean"),
    ("node", "x", "double"),
    ("node", "y", "double"),
    ("edge", "kind", "string"),
    ("edge", "mutual", "boolean"),
    ("edge", "valid_from", "string"),
    ("edge", "valid_to", "string"),
    ("edge", "confidence", "string"),
)


def as_graphml(network: Network, ties: tuple[TieLine, ...]) -> bytes:
    """Return ``network`` with ``ties`` as a GraphML document.

    Actors go by their names in addresses. Every edge has a direction, since few programs read
    networks where only some have; ``mutual`` says where it means nothing.
    """
    root = ET.Element("graphml", xmlns=_NAMESPACE)
    for about, name, kind in _KEYS:
        key = {"id": f"{about}-{name}", "for": about, "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", key)
    graph = ET.SubElement(root, "graph", id="network", edgedefault="directed")
    for node in network.nodes:
        _tell(ET.SubElement(graph, "node", id=node.slug), "node", _facts_of(node))
    for tie in ties:
        ends = {"source": tie.one.slug, "target": tie.other.slug}
        edge = ET.SubElement(graph, "edge", {"id": str(tie.key), **ends})
        _tell(edge, "edge", _facts_of_tie(tie))
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _facts_of(node: Node) -> dict[str, object]:
    return {
        "name": node.name.in_language(DEFAULT_LANGUAGE),
        "kind": node.kind.value,
        "factors": " ".join(factor.value for factor in node.factors),
        "degree": node.degree,
        "example": node.is_demo,
        "x": node.x,
        "y": node.y,
    }


def _facts_of_tie(tie: TieLine) -> dict[str, object]:
    return {
        "kind": tie.kind.value,
        "mutual": tie.kind.is_mutual,
        "valid_from": tie.valid_from,
        "valid_to": tie.valid_to,
        "confidence": tie.confidence.value,
    }


def _tell(element: ET.Element, about: str, facts: dict[str, object]) -> None:
    for name, value in facts.items():
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(element, "data", key=f"{about}-{name}").text = _UNWRITABLE.sub("", text)
