"""Look for actors by words, in their own order of nearness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, Value, When

from samskap.actors.models import Actor, IndustryCode
from samskap.actors.sections import coded_like
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
    for word in _words(query):
        held = Q()
        for each in folded(word).split():
            held &= Q(search_text__contains=each)
        codes = coded_like(_one_word(word))
        if codes is not None:
            held |= Q(pk__in=IndustryCode.objects.filter(codes).order_by().values("actor"))
        actors = actors.filter(held)
    return actors


def answers(actors: QuerySet[Actor], query: str) -> dict[int, int]:
    """Return the database keys of those of ``actors`` that answer to ``query``, and how well.

    0: its name begins as the query does; 1: something of it has a word that does; 2: the rest.
    """
    typed = folded(query)
    begins = Q(search_text__startswith=typed)
    holds = Q(search_text__contains=f"\n{typed}") | Q(search_text__contains=f" {typed}")
    rank = Case(
        When(begins, then=Value(0)),
        When(holds, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = matching(actors, query).order_by().annotate(rank=rank)
    return dict(found.values_list("pk", "rank"))


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


def _words(query: str) -> list[str]:
    return query.replace("\0", " ").split()


def _one_word(word: str) -> str:
    """Return a word as its codes and titles are looked for: a code keeps its point."""
    return word if word[:1].isdigit() else folded(word)
