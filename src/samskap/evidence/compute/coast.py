"""The coast behind a map without boundaries: Natural Earth, 1:10 million, as the build cut it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import shape

from samskap.evidence.compute.shapes import path_of, simplified
from samskap.ui.vite import BUILT, AssetsNotBuiltError

if TYPE_CHECKING:
    from samskap.evidence.compute.frame import Frame

COAST: Final = BUILT / "coast.json"


@lru_cache(maxsize=64)
def coast_within(frame: Frame) -> str:
    """Return the land within the frame as an SVG path.

    Raises ``AssetsNotBuiltError`` when the front end is not built.
    """
    land = _land()
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    near = [land.geometries.take(each) for each in land.query(window)]
    cut = [frame.cut(frame.drawn(each)) for each in near]
    whole = [each for each in cut if not shapely.is_empty(each)]
    return "".join(path_of(each) for each in simplified(whole)) if whole else ""


@lru_cache(maxsize=1)
def _land() -> shapely.STRtree:
    try:
        written = json.loads(COAST.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise AssetsNotBuiltError(f"{COAST} is not there. Run make setup.") from missing
    parts = shapely.get_parts(shapely.make_valid(shape(written)))
    return shapely.STRtree([part for part in parts if part.area > 0])
