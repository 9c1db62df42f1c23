"""Read boundaries from a GeoJSON file, whoever wrote it, or say what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.evidence.compute.outlines import NotAnOutlineError, clean, shape_from
from samskap.evidence.facts import BoundaryFacts, PlaceCode
from samskap.evidence.queries import places_by_code
from samskap.evidence.reading.codes import code_of
from samskap.kernel.documents import Fault, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry import MultiPolygon

LARGEST: Final = 200_000_000
_DEGREES: Final = ("CRS84", "4326", "4258")
_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class ReadBoundaries:
    """What a file holds: boundaries of places here, and the codes that are no place here."""

    boundaries: tuple[BoundaryFacts, ...]
    passed_over: tuple[str, ...] = ()


def read_boundaries(
    path: Path, *, on: date, fetched_on: date, country: str, known_only: bool = False
) -> ReadBoundaries:
    """Read the boundaries of a GeoJSON file.

    Parameters
    ----------
    on : the day on which the file's codes are to be understood
    country : whose codes they are, where the file does not say
    known_only : pass over codes that are no place here, instead of refusing the file

    Raises ``UnreadableDocumentError`` with what is wrong and what to do.
    """
    features = _features(path)
    codes = _codes(path, features, on, country)
    known = _known(codes, on)
    unknown = sorted({code.code for code in codes} - {code.code for code in known})
    if unknown and not (known_only and known):
        raise _refused(path, _no_places(unknown, on), _add_or_pass_over(known))
    wanted = [
        (code, feature) for code, feature in zip(codes, features, strict=True) if code in known
    ]
    shapes = [_shape(path, code, feature) for code, feature in wanted]
    _require_degrees(path, shapes)
    cleaned = clean(shapes)
    return ReadBoundaries(
        boundaries=tuple(
            BoundaryFacts(code, outline.geometry, outline.area_km2, fetched_on)
            for (code, _feature), outline in zip(wanted, cleaned, strict=True)
        ),
        passed_over=tuple(unknown),
    )


def _features(path: Path) -> list[dict[str, Any]]:
    document = _json(path)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        sentence = _("The file is TopoJSON.")
        raise _refused(path, sentence, _("Save it as GeoJSON, with mapshaper or QGIS."))
    features = [document] if kind == "Feature" else document.get("features") if kind else None
    if kind not in {"Feature", "FeatureCollection"} or not isinstance(features, list):
        sentence = _("The file is not GeoJSON: it has no collection of features.")
        raise _refused(path, sentence, _("Ask for GeoJSON where you found it."))
    if not features or not all(isinstance(each, dict) for each in features):
        sentence = _("There is no feature in the file.")
        raise _refused(path, sentence, _("Fetch it again."))
    _require_known_system(path, document)
    return features


def _json(path: Path) -> Any:
    if path.stat().st_size > LARGEST:
        sentence = _("The file is larger than 200 MB.")
        raise _refused(path, sentence, _("Choose a simplified version of the boundaries."))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as binary:
        sentence = _("The file is not text in UTF-8, as GeoJSON is.")
        remedy = _("Unpack it if it is packed, or save it as GeoJSON.")
        raise _refused(path, sentence, remedy) from binary
    try:
        return json.loads(text)
    except json.JSONDecodeError as broken:
        if text.strip() and broken.pos >= len(text.rstrip()) - 1:
            sentence = _("The file stops in the middle of line %(line)d.") % {"line": broken.lineno}
            raise _refused(path, sentence, _("Fetch it again: it is not whole.")) from broken
        sentence = _("The file is not JSON: line %(line)d cannot be read.") % {
            "line": broken.lineno
        }
        raise _refused(path, sentence, _("Ask for GeoJSON where you found it.")) from broken
    except RecursionError as deep:
        sentence = _("The file is not GeoJSON: it has no collection of features.")
        raise _refused(path, sentence, _("Ask for GeoJSON where you found it.")) from deep


def _require_known_system(path: Path, document: dict[str, Any]) -> None:
    system = document.get("crs")
    if system is None:
        return
    properties = system.get("properties") if isinstance(system, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(system)
    if not name.endswith(_DEGREES):
        raise _projected(path, name)


def _codes(
    path: Path, features: Sequence[dict[str, Any]], on: date, country: str
) -> list[PlaceCode]:
    found = [code_of(feature.get("properties"), on=on, country=country) for feature in features]
    without = sum(code is None for code in found)
    if without:
        sentence = ngettext(
            "%(count)d feature has no code of a place among its properties.",
            "%(count)d features have no code of a place among their properties.",
            without,
        ) % {"count": without}
        remedy = _("Call it kommunenummer, fylkesnummer, kommunkod, lanskod, code or id.")
        raise _refused(path, sentence, remedy)
    codes = [code for code in found if code is not None]
    twice = sorted(code.code for code, times in Counter(codes).items() if times > 1)
    if twice:
        sentence = _("The file has more than one boundary of %(codes)s.") % {"codes": _few(twice)}
        raise _refused(path, sentence, _("Join them into one feature, or remove one."))
    return codes


def _known(codes: Iterable[PlaceCode], on: date) -> set[PlaceCode]:
    by_country: dict[str, list[PlaceCode]] = {}
    for code in codes:
        by_country.setdefault(code.country, []).append(code)
    found: set[PlaceCode] = set()
    for country, group in by_country.items():
        here = places_by_code([code.code for code in group], on=on, country=country)
        found |= {code for code in group if code.code in here}
    return found


def _shape(path: Path, code: PlaceCode, feature: dict[str, Any]) -> MultiPolygon:
    try:
        return shape_from(feature.get("geometry"))
    except NotAnOutlineError as wrong:
        sentence = _("The boundary of %(code)s is not a polygon that encloses anything.") % {
            "code": code.code
        }
        raise _refused(path, sentence, _("Put it right in the file, or leave it out.")) from wrong


def _require_degrees(path: Path, shapes: Sequence[MultiPolygon]) -> None:
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):  # noqa: PLR2004
        raise _projected(path, f"{west:.0f}, {south:.0f}")
    # Norway and Sweden lie farther north than east, everywhere.
    if west > north:
        sentence = _("The coordinates stand with latitude first.")
        remedy = _("Save the file with longitude first, as GeoJSON has it.")
        raise _refused(path, sentence, remedy)


def _projected(path: Path, system: str) -> UnreadableDocumentError:
    sentence = _("The coordinates are not degrees (WGS 84), but %(system)s.") % {"system": system}
    remedy = _("Turn them into EPSG:4326: ogr2ogr -t_srs EPSG:4326 new.geojson %(file)s") % {
        "file": path.name
    }
    return _refused(path, sentence, remedy)


def _no_places(codes: Sequence[str], on: date) -> str:
    return ngettext(
        "%(count)d code is no place here on %(day)s: %(codes)s.",
        "%(count)d codes are no places here on %(day)s: %(codes)s.",
        len(codes),
    ) % {"count": len(codes), "day": on.isoformat(), "codes": _few(codes)}


def _add_or_pass_over(known: set[PlaceCode]) -> str:
    if not known:
        return _("Add them to the region’s places.yaml, or give the day the codes held with --on.")
    return ngettext(
        "Give --known-only to load the %(count)d place that is here.",
        "Give --known-only to load the %(count)d places that are here.",
        len(known),
    ) % {"count": len(known)}


def _few(codes: Sequence[str]) -> str:
    named = ", ".join(codes[:_NAMED])
    more = len(codes) - _NAMED
    return (
        _("%(codes)s and %(count)d more") % {"codes": named, "count": more} if more > 0 else named
    )


def _refused(path: Path, sentence: str, remedy: str) -> UnreadableDocumentError:
    return UnreadableDocumentError([Fault(path, 0, sentence, remedy)])
