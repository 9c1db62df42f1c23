"""The log at the desk: found, told in words, and never changed."""

from __future__ import annotations

import ast
import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samskap.actors.actions import (
    TieFacts,
    load_actors,
    merge_actors,
    tell_apart,
    tie_actors,
    undo_merge,
)
from samskap.actors.models import TieKind
from samskap.actors.reading import read_actors
from samskap.trust import actions, audit
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role, Visibility
from samskap.workspace import trail
from samskap.workspace.views.log import PAGE_SIZE
from samskap.workspace.words import KINDS, VERBS, field_in_words, value_in_words
from tests.architecture.house import SOURCE, actions_files, parsed
from tests.world.factories import ActorFactory
from tests.world.people import NOON, someone
from tests.world.region import FOLDER, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


@pytest.fixture
def auditor(at_desk):
    return at_desk(Role.AUDITOR)


def log(client, **asked):
    page = client.get(reverse("workspace:log"), asked)
    assert page.status_code == 200
    return page


def told(page):
    return [(entry.verb, entry.about.name, entry.who) for entry in page.context["entries"]]


def edited(actor, by=OPERATOR, at=NOON, reason=""):
    return audit.record(
        "actor.edited",
        about=actor,
        by=by,
        at=at,
        changes={"kind": ["company", "bank"]},
        reason=reason,
    )


def test_an_entry_says_who_did_what_to_which_thing_and_why(auditor):
    actor = ActorFactory(named="Verksted AS", place=place("3105"))
    secretariat = someone(Role.SECRETARIAT)
    secretariat.person.name = "Signe Sekretær"
    secretariat.person.save()
    edited(actor, by=secretariat, reason="De ringte")

    page = log(auditor, verb="actor.edited")

    assert told(page) == [("Changed an actor", "Verksted AS", "Signe Sekretær")]
    entry = page.context["entries"][0]
    assert entry.reason == "De ringte"
    assert [(change.field, change.before, change.after) for change in entry.changes] == [
        ("kind", "Company", "Bank")
    ]


def test_personal_values_are_not_told_because_the_log_keeps_none(auditor):
    page = log(auditor, verb="person.registered")

    assert [change.is_told for change in page.context["entries"][0].changes] == [False]
    assert "personal, so the log keeps no value" in page.content.decode()


def test_a_mandate_that_was_taken_back_still_says_whose_it_was(auditor):
    holder = someone(Role.BOARD_MEMBER).person
    mandate = holder.mandates.get()

    actions.end_mandate(mandate=mandate, on=mandate.valid_from, by=OPERATOR, at=NOON)

    assert told(log(auditor, verb="mandate.taken-back")) == [
        ("Took a mandate back", holder.name, "")
    ]


def test_the_log_is_narrowed_by_kind_by_whom_and_by_day(auditor):
    actor = ActorFactory(named="Verksted AS", place=place("3105"))
    kari, ola = someone(Role.SECRETARIAT), someone(Role.SECRETARIAT)
    for user, name in ((kari, "Kari Eksempel"), (ola, "Ola Eksempel")):
        user.person.name = name
        user.person.save()
    days = [dt.datetime(2026, 5, day, 22, 30, tzinfo=dt.UTC) for day in (1, 2, 3)]
    edited(actor, by=kari, at=days[0])
    edited(actor, by=ola, at=days[1])
    edited(actor, by=kari, at=days[2])

    by_kari = log(auditor, who="kari", kind="actors.actor")
    # Half past ten in Greenwich on the second is half past midnight on the third in Østfold.
    on_the_third = log(auditor, since="2026-05-03", until="2026-05-03")

    assert [entry.at for entry in by_kari.context["entries"]] == [days[2], days[0]]
    assert [entry.at for entry in on_the_third.context["entries"]] == [days[1]]


def test_what_is_not_understood_narrows_nothing_and_is_told(auditor):
    page = log(auditor, since="i går")

    assert "Write a day that exists, such as 24.11.2026." in page.content.decode()
    assert page.context["page"].paginator.count == AuditEntry.objects.count()


def test_nothing_found_says_what_to_do(auditor):
    page = log(auditor, who="ingen med det navnet")

    assert told(page) == []
    assert "Nothing in the log fits" in page.content.decode()


def test_the_log_comes_in_pages_the_newest_first(auditor):
    actor = ActorFactory(place=place("3105"))
    for _ in range(PAGE_SIZE + 1):
        edited(actor)

    first = log(auditor, verb="actor.edited").context["entries"]
    second = log(auditor, verb="actor.edited", page=2).context["entries"]

    numbers = [entry.number for entry in (*first, *second)]
    assert (len(first), len(second)) == (PAGE_SIZE, 1)
    assert numbers == sorted(numbers, reverse=True)


def test_reading_the_log_adds_nothing_to_it(auditor):
    before = AuditEntry.objects.count()

    log(auditor)
    auditor.post(reverse("workspace:log"), {"verb": "actor.edited"})

    assert AuditEntry.objects.count() == before


def verbs_in_the_source():
    return {
        node.value
        for path in actions_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.count(".") == 1
        and node.value.partition(".")[0] in VERB_NOUNS
    }


VERB_NOUNS = {verb.partition(".")[0] for verb in VERBS}


def test_every_action_has_words_of_its_own_in_the_log():
    recorded = {
        call.args[0].value
        for path in SOURCE.rglob("*.py")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"audit.record", "audit.verb_of_edit", "_log"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert recorded | verbs_in_the_source() | {audit.WIDENED} == set(VERBS)


def test_everything_a_region_logs_is_of_a_kind_that_can_be_asked_for():
    load_actors(roster=read_actors(FOLDER / "actors.yaml"), by=OPERATOR, at=NOON)
    someone(Role.ADMINISTRATOR)

    assert set(AuditEntry.objects.order_by().values_list("about_kind", flat=True)) <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("actors.actor", "place", "sted"),
        ("actors.actor", "source", "kilde"),
        ("evidence.place", "parent", "del av"),
        ("strategy.partnership", "neighbours", "naboregioner"),
        ("strategy.strategyversion", "digest", "fingeravtrykk"),
        ("trust.mandate", "valid_to", "første dag uten"),
    ],
)
def test_a_field_is_named_in_the_readers_language(kind, field, words):
    with translation.override("nb"):
        assert field_in_words(kind, field) == words


def changes_told(page):
    return [
        [(change.field, change.before, change.after) for change in entry.changes]
        for entry in page.context["entries"]
    ]


def test_a_merge_and_its_undoing_are_told_by_name(auditor):
    kept, absorbed = ActorFactory(named="Borg Damp AS"), ActorFactory(named="Sarp Varme AS")
    took = ["address", "name", "source"]
    merged = merge_actors(kept=kept, absorbed=absorbed, take=took, by=OPERATOR, at=NOON)

    told_of_merge = changes_told(log(auditor, verb="actor.merged"))
    undo_merge(merge=merged, by=OPERATOR, at=NOON)
    told_of_undoing = changes_told(log(auditor, verb="actor.merge-undone"))

    assert told_of_merge == [
        [
            ("taken over", "\N{EN DASH}", "Address, Name, Where we have it from"),
            ("became part of this one", "\N{EN DASH}", "Sarp Varme AS"),
        ]
    ]
    assert told_of_undoing == [[("became part of this one", "Sarp Varme AS", "\N{EN DASH}")]]


def test_two_that_are_told_apart_or_tied_are_told_by_name(auditor):
    one, other = ActorFactory(named="Borg Damp AS"), ActorFactory(named="Sarp Varme AS")
    tell_apart(first=one, second=other, by=OPERATOR, at=NOON)
    facts = TieFacts(kind=TieKind.SUPPLIES, from_actor=one, to_actor=other, source=one.source.key)
    tie_actors(facts=facts, by=OPERATOR, at=NOON)

    assert changes_told(log(auditor, verb="actor.told-apart")) == [
        [("the other one", "\N{EN DASH}", "Sarp Varme AS")]
    ]
    tied = changes_told(log(auditor, verb="tie.made"))[0]
    assert ("the first of the two", "\N{EN DASH}", "Borg Damp AS") in tied
    assert ("the second of the two", "\N{EN DASH}", "Sarp Varme AS") in tied


def test_the_log_names_nobody_its_reader_may_not_see(at_desk):
    at_desk(Role.BOARD_MEMBER)
    shown = ActorFactory(named="Borg Damp AS")
    hidden = ActorFactory(named="Kanari AS", visibility=Visibility.SECRETARIAT)
    tell_apart(first=shown, second=hidden, by=OPERATOR, at=NOON)
    board = reader_for(someone(Role.BOARD_MEMBER), on=timezone.localdate())

    changed = trail.changes_to_actors(board, at_most=1)[0].changes

    assert [(change.field, change.after) for change in changed] == [
        ("the other one", "an actor that is not shown here")
    ]


def test_a_country_is_named_in_the_readers_language():
    with translation.override("nb"):
        assert value_in_words("actors.actor", "country", "SE") == "Sverige"
