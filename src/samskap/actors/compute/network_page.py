"""The network in words: what its page says, and what the picture is told to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.actors.compute import directory, network
from samskap.actors.compute.naming import named
from samskap.actors.compute.offers import filters_offered
from samskap.actors.compute.ways import ways_between
from samskap.actors.models import TieKind
from samskap.kernel.text import inside_a_sentence
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.actors.compute.network import Broker, Network, NetworkSelection, Node
    from samskap.actors.compute.offers import Filter
    from samskap.actors.compute.tie_lines import TiesFound
    from samskap.actors.compute.ways import Ways
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader

ROWS: Final = 25
_ALONE_SHOWN: Final = 12
_NAMES_OFFERED: Final = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the network's page beside the selection.

    ``one`` and ``other`` are two actors as somebody typed them; ``page`` is of the actors,
    ``ties_page`` of the ties.
    """

    one: str = ""
    other: str = ""
    page: int = 1
    ties_page: int = 1


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of tie to tick, and how many of those shown are of it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BrokerInWords:
    """Someone who ties factors together, and why we say so."""

    node: Node
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who a typed name may mean; one when it is clear."""

    typed: str
    nodes: tuple[Node, ...]

    @property
    def slug(self) -> str:
        """The one it means; '' when that is not clear."""
        return self.nodes[0].slug if len(self.nodes) == 1 else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How the two that were asked about are connected, as a sentence and step by step."""

    one: Found
    other: Found
    sentence: str
    ways: Ways | None


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Everything the page of the network says."""

    asked: NetworkSelection
    title: str
    filters: tuple[Filter, ...]
    kinds: tuple[KindChoice, ...]
    total: int
    brokers: tuple[BrokerInWords, ...]
    alone: tuple[Node, ...]
    alone_more: int
    nodes: Page[Node]
    ties: TiesFound
    answer: Answer | None
    names: tuple[str, ...]
    drawn_at: datetime | None
    words: dict[str, Any]

    @property
    def is_narrowed(self) -> bool:
        """Whether it is of less than everyone and everything."""
        return self.asked.actors.is_narrowed or bool(self.asked.kinds)


def network_page(
    asked: NetworkSelection, more: Asked, *, reader: Reader, region: Region | None
) -> NetworkPage:
    """Return what the page says of the network ``asked`` for. At most sixteen questions."""
    found = network.network(asked, reader=reader, region=region)
    # The counts beside the filters are today's: anybody may ask for any day, and each new day would
    # have the whole directory counted anew.
    today = timezone.localdate()
    facets = directory.find(asked.actors, reader=reader, region=region, on=today, size=0)
    alone = found.isolated
    return NetworkPage(
        asked=asked,
        title=_title(found, len(alone)),
        filters=filters_offered(asked.actors, facets),
        kinds=_kinds(asked, found),
        total=len(found.nodes),
        brokers=tuple(BrokerInWords(each.node, _why(each)) for each in found.brokers),
        alone=tuple(alone[:_ALONE_SHOWN]),
        alone_more=max(0, len(alone) - _ALONE_SHOWN),
        nodes=Paginator(found.by_degree, ROWS).get_page(more.page),
        ties=network.ties_of(found, page=more.ties_page, size=ROWS, reader=reader),
        answer=_answer(asked, found, more, reader=reader, region=region),
        names=_names(found),
        drawn_at=found.drawn_at,
        words=words_for_the_picture(),
    )


def words_for_the_picture() -> dict[str, Any]:
    """Return what the script needs to say, in the reader's language; ``%s`` is filled in there."""
    return {
        "factors": {each.value: [each.letter, str(each.label)] for each in Factor},
        "ties": {
            each.value: [str(each.label), each.from_the_other_side, each.is_mutual]
            for each in TieKind
        },
        "one_tie": ngettext("%s tie", "%s ties", 1),
        "many_ties": ngettext("%s tie", "%s ties", 2),
        "none": _("no ties here"),
        "and_more": _("and %s more"),
        "close": pgettext("a panel", "Close"),
        "failed": _("The picture could not be fetched. The tables below say the same."),
        "no_webgl": _("This browser cannot draw the picture. The tables below say the same."),
    }


def _title(found: Network, alone: int) -> str:
    actors, ties = len(found.nodes), len(found.edges)
    counted = {
        "actors": ngettext("%(count)s actor", "%(count)s actors", actors) % {"count": actors},
        "ties": ngettext("%(count)s tie", "%(count)s ties", ties) % {"count": ties},
    }
    if not found.nodes:
        return _("Nobody here answers to that")
    if not alone:
        return _("%(actors)s, %(ties)s, and nobody stands alone") % counted
    return ngettext(
        "%(actors)s, %(ties)s, and %(alone)s stands alone",
        "%(actors)s, %(ties)s, and %(alone)s stand alone",
        alone,
    ) % {**counted, "alone": alone}


def _kinds(asked: NetworkSelection, found: Network) -> tuple[KindChoice, ...]:
    counts = dict.fromkeys(TieKind, 0)
    for edge in found.edges:
        counts[edge.kind] += 1
    return tuple(
        KindChoice(kind.value, str(kind.label), count, kind.value in asked.kinds)
        for kind, count in counts.items()
    )


def _why(broker: Broker) -> str:
    one, other = (inside_a_sentence(factor.label) for factor in broker.factors)
    pairs = ngettext(
        "Ties together %(count)s pair from different factors that has no tie of its own",
        "Ties together %(count)s pairs from different factors that have no ties of their own",
        broker.node.across,
    ) % {"count": broker.node.across}
    most = _("%(count)s between %(one)s and %(other)s") % {
        "count": broker.pairs,
        "one": one,
        "other": other,
    }
    return f"{pairs}: {most}."


def _names(found: Network) -> tuple[str, ...]:
    """Offer the names while typing, as long as they are not too many to send."""
    if len(found.nodes) > _NAMES_OFFERED:
        return ()
    return tuple(str(node.name) for node in found.nodes)


def _answer(
    asked: NetworkSelection,
    found: Network,
    more: Asked,
    *,
    reader: Reader,
    region: Region | None,
) -> Answer | None:
    if not (more.one.strip() and more.other.strip()):
        return None
    everyone = network.whole_of(asked)
    whole = found if asked == everyone else network.network(everyone, reader=reader, region=region)
    one, other = (Found(typed, named(whole.nodes, typed)) for typed in (more.one, more.other))
    if not (one.slug and other.slug):
        return Answer(one, other, _("We are not sure whom you mean"), None)
    ways = ways_between(asked, whole, one.slug, other.slug, reader=reader)
    return Answer(one, other, _sentence(one.nodes[0], other.nodes[0], ways), ways)


def _sentence(one: Node, other: Node, ways: Ways | None) -> str:
    two = {"one": one.name, "other": other.name}
    if one == other:
        return _("That is the same actor twice")
    if ways is None or not ways.ways:
        return _("Nothing we know of connects %(one)s and %(other)s") % two
    between = len(ways.ways[0]) - 1
    if between == 0:
        return _("%(one)s and %(other)s have a tie of their own") % two
    return ngettext(
        "%(one)s and %(other)s are %(count)s actor apart",
        "%(one)s and %(other)s are %(count)s actors apart",
        between,
    ) % {**two, "count": between}
