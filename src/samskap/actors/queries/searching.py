"""Look for actors by words, in their own order of nearness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q

from samskap.actors.models import Actor, IndustryCode
from samskap.actors.sections import coded, keys_like
from samskap.kernel.folding import folded, on_any_keyboard

if TYPE_CHECKING:
    from django.db.models import QuerySet

# How much of a mistyped word must be found again, of 1: two letters that changed places in a word
# of nine leave six of ten groups of three.
_NEAR: Final = 0.45
_SHORTEST_MISTYPED: Final = 3


def matching(actors: QuerySet[Actor], query: str) -> QuerySet[Actor]:
    """Return those of ``actors`` that hold every word of ``query``.

    A word is looked for in names, number, place and description, and in what their industries are
    called. Case, accents and signs are passed over, aa is å, and a query typed without æ, ø and å
    finds those letters too.
    """
    for word in words_of(query):
        held = Q()
        for each in folded(word).split():
            held &= Q(search_text__contains=each)
        keys = industries_like(word)
        if keys:
            codes = IndustryCode.objects.filter(coded(keys)).order_by()
            held |= Q(pk__in=codes.values("actor"))
        actors = actors.filter(held)
    return actors


def words_of(query: str) -> list[str]:
    """Return the words that are looked for: what lies between the spaces."""
    return [word for word in query.replace("\0", " ").split() if folded(word)]


def industries_like(word: str) -> list[str]:
    """Return the industries that a word of a query means, as keys of an address."""
    return keys_like(word if word[:1].isdigit() else folded(word))


@transaction.atomic
def near_misses(actors: QuerySet[Actor], query: str, *, at_most: int) -> list[Actor]:
    """Return those of ``actors`` that hold words much like ``query``, the likest first.

    Two questions to the database. A query of one or two letters is like everything: nobody.
    """
    typed = on_any_keyboard(query)
    if len(typed) < _SHORTEST_MISTYPED:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_NEAR)]
        )
    alike = actors.filter(search_text__trigram_word_similar=typed)
    likeness = TrigramWordSimilarity(typed, "search_text")
    return list(alike.annotate(likeness=likeness).order_by("-likeness", "sort_key", "id")[:at_most])
