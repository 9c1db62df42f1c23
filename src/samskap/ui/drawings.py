"""The geometry of what the server draws. Lengths are in the drawing's own units."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Final

from samskap.ui.marks import MARKS, FactorMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samskap.kernel.text import LocalisedText


# The strategy's model -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ModelArea:
    """One focus area in the drawing."""

    title: LocalisedText | str
    subtitle: LocalisedText | str
    href: str


@dataclass(frozen=True, slots=True)
class ModelDrawing:
    """The focus areas as the strategy draws them: pillars, what goes across, what carries."""

    pillars: Sequence[ModelArea]
    across: Sequence[ModelArea]
    supports: Sequence[ModelArea]


# The five factors tied ----------------------------------------------------------------------------
_CENTRE: Final = (220.0, 196.0)
_REACH: Final = 140.0
_SMALLEST, _LARGEST = 17.0, 38.0


@dataclass(frozen=True, slots=True)
class KnotNode:
    """A factor as a disc: where it stands, how large it is, and what it leads to."""

    mark: FactorMark
    count: int
    href: str
    x: float
    y: float
    radius: float
    name_y: float
    count_y: float

    @property
    def ring(self) -> float:
        """The radius of the thin line around the disc."""
        return self.radius + 5


@dataclass(frozen=True, slots=True)
class KnotTie:
    """A line from one factor to another, drawn towards the middle."""

    start: KnotNode
    end: KnotNode
    number: int

    @property
    def path(self) -> str:
        """The curve as SVG writes it."""
        x, y = _CENTRE
        return f"M{self.start.x:g} {self.start.y:g} Q{x:g} {y:g} {self.end.x:g} {self.end.y:g}"


@dataclass(frozen=True, slots=True)
class Knot:
    """The five factors and their ten ties."""

    nodes: Sequence[KnotNode]
    ties: Sequence[KnotTie]

    @classmethod
    def of(cls, counts: Mapping[str, int], hrefs: Mapping[str, str]) -> Knot:
        """Lay out the factors on a five-sided figure; a disc's area grows with its count."""
        most = max(counts.values(), default=0)
        nodes = [
            _node(mark, number, counts.get(key, 0), most, hrefs.get(key, ""))
            for number, (key, mark) in enumerate(MARKS.items())
        ]
        pairs = [(a, b) for place, a in enumerate(nodes) for b in nodes[place + 1 :]]
        ties = [KnotTie(a, b, number) for number, (a, b) in enumerate(pairs)]
        return cls(nodes, ties)

    @property
    def total(self) -> int:
        """How many the discs count together; one with two factors counts twice."""
        return sum(node.count for node in self.nodes)


def _node(mark: FactorMark, number: int, count: int, most: int, href: str) -> KnotNode:
    turn = -pi / 2 + number * 2 * pi / len(MARKS)
    x, y = _CENTRE[0] + _REACH * cos(turn), _CENTRE[1] + _REACH * sin(turn)
    share = count / most if most else 0.0
    radius = sqrt(_SMALLEST**2 + share * (_LARGEST**2 - _SMALLEST**2))
    # Names stand outside the figure, where no tie passes.
    name_y = y - radius - 28 if y < _CENTRE[1] else y + radius + 24
    return KnotNode(
        mark=mark,
        count=count,
        href=href,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        name_y=round(name_y, 1),
        count_y=round(name_y + 17, 1),
    )


# Coverage -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bubble:
    """A disc whose area grows with the number in it, up to what a cell holds."""

    size: int

    @classmethod
    def of(cls, count: int) -> Bubble:
        """Return the bubble for ``count`` actors: 26 for one, never more than 46."""
        return cls(size=min(46, round(sqrt(26**2 + 40 * max(0, count - 1)))))

    @property
    def middle(self) -> float:
        """Where the centre is, and how long the radius."""
        return self.size / 2
