"""What an import takes, what it leaves alone, and whose word counts."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.actors.actions import importing, merge_actors
from samskap.actors.actions.importing import ask_for_import, cancel_import, receive_import
from samskap.actors.compute.duplicates import lookalikes_of
from samskap.actors.compute.lookalikes import Asked, possible_duplicates_of
from samskap.actors.incoming.numbers import WrongNumberError, number_of
from samskap.actors.models import (
    Actor,
    Confirmed,
    FieldOrigin,
    ImportRow,
    ImportRun,
    Suggestion,
    Tie,
)
from samskap.actors.origins import Said, keep_origins
from samskap.connectors.actor_imports import (
    apply_asked_for,
    apply_read,
    read_waiting,
    source_of,
)
from samskap.kernel.exporting import as_csv
from samskap.kernel.remark import Remark
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role, User, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import someone
from tests.world.region import NOON, TODAY, ostfold, place

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _in_the_region(request):
    request.getfixturevalue("db")
    ostfold()


def entity(**changes):
    """A record as the register gives it, about an organisation that does not exist."""
    return {
        "organisasjonsnummer": "313000001",
        "navn": "GLÅMØY TRÆSLIPERI AS",
        "organisasjonsform": {"kode": "AS"},
        "naeringskode1": {"kode": "17.110"},
        "harRegistrertAntallAnsatte": True,
        "forretningsadresse": {
            "landkode": "NO",
            "kommunenummer": "3105",
            "kommune": "SARPSBORG",
            "adresse": ["Fossegata 1"],
            "postnummer": "1706",
            "poststed": "SARPSBORG",
        },
        "stiftelsesdato": "1998-05-04",
        "maalform": "Nynorsk",
        "hjemmeside": "www.glamoy.example",
    } | changes


def bring_in(content, *, name="liste.csv", on=TODAY, by=OPERATOR, **terms):
    data = json.dumps(content).encode() if isinstance(content, list) else content.encode()
    run = receive_import(
        content=data,
        file_name=name,
        source=source_of(data, file_name=name, file_on=on, by=OPERATOR, at=NOON),
        file_on=on,
        is_demo=True,
        is_read_now=True,
        by=by,
        at=NOON,
        **terms,
    )
    return apply_read(run=run, content=data, by=by, at=NOON)


def counts(run):
    return tuple(run.counts[each] for each in ("created", "updated", "unchanged", "rejected"))


def reasons(run):
    return [str(Remark.of(each)) for row in run.rows.order_by("line") for each in row.reasons]


def confirmed(actor, field, *, by_whom, on):
    keep_origins([Said(actor, (field,), SourceFactory(), by_whom, on, are_new=True)])


# What the register says ---------------------------------------------------------------------------


def test_record_of_the_register_becomes_what_it_says():
    bring_in([entity()])

    actor = Actor.objects.get()
    assert str(actor.name) == "Glåmøy Træsliperi AS"
    assert actor.official_name == "GLÅMØY TRÆSLIPERI AS"
    assert (actor.legal_form, actor.kind, actor.place.code) == ("AS", "company", "3105")
    assert (actor.employees, actor.employees_are_few, actor.size) == (None, True, "1-4")
    assert (actor.street, actor.postcode, actor.post_town) == ("Fossegata 1", "1706", "Sarpsborg")
    assert (actor.founded_on, actor.written_norm) == (dt.date(1998, 5, 4), "nn")
    assert (actor.web, actor.status) == ("https://www.glamoy.example", "active")
    assert [(code.standard, code.code) for code in actor.industry_codes.all()] == [
        ("SN2025", "17.110")
    ]
    assert set(actor.origins.values_list("confirmed_by", flat=True)) == {"register"}


def test_one_old_code_makes_every_code_of_the_file_the_old_standards():
    second = entity(organisasjonsnummer="313000028", navn="SLIPA AS")
    second["naeringskode1"] = {"kode": "68.209"}

    bring_in([entity(), second])

    codes = [
        (code.standard, code.code)
        for a in Actor.objects.order_by("id")
        for code in a.industry_codes.all()
    ]
    assert codes == [("SN2007", "17.110"), ("SN2007", "68.209")]


def test_municipality_of_another_day_is_the_one_that_took_over():
    address = entity()["forretningsadresse"] | {"kommunenummer": "3003"}

    bring_in([entity(forretningsadresse=address)])

    assert Actor.objects.get().place.code == "3105"


def test_municipality_we_do_not_have_is_kept_under_the_country_and_named():
    address = entity()["forretningsadresse"] | {"kommunenummer": "5001", "kommune": "TRONDHEIM"}

    run = bring_in([entity(forretningsadresse=address)])

    actor = Actor.objects.get()
    assert actor.place.code == "NO"
    assert actor.source_note["nb"] == "Kommune: TRONDHEIM (5001)"
    assert reasons(run) == ["TRONDHEIM (5001) is not among our places, so it is kept under Norway."]


def test_address_abroad_is_rejected_with_the_country():
    address = {"landkode": "DK", "land": "Danmark"}

    run = bring_in([entity(forretningsadresse=address)])

    assert reasons(run) == ["The address is in Danmark, which is not among our places."]


def test_sole_proprietor_is_a_person_and_nothing_of_the_row_is_kept():
    run = bring_in([entity(organisasjonsform={"kode": "ENK"}, navn="KARI NORDMANN")])

    assert counts(run) == (0, 0, 0, 1)
    assert run.rows.get().values == {}


def test_what_has_ended_changes_whom_we_know_and_brings_nobody_new_in():
    known = ActorFactory(named="Slipa AS", organisation_number="313000001", is_demo=True)
    gone = {"navn": "SLIPA AS", "organisasjonsform": {"kode": "AS"}, "slettedato": "2026-01-02"}

    run = bring_in(
        [
            gone | {"organisasjonsnummer": "313000001"},
            gone | {"organisasjonsnummer": "313000028"},
        ]
    )

    known.refresh_from_db()
    assert known.status == "closed"
    assert counts(run) == (0, 1, 0, 1)


def test_part_is_tied_to_its_whole_once():
    part = entity(
        organisasjonsnummer="313000028", navn="SLIPA AVD MOSS", overordnetEnhet="313000001"
    )

    bring_in([part, entity()])
    bring_in([part, entity()])

    tie = Tie.objects.get()
    assert (tie.kind, tie.confidence) == ("part-of", "registered")
    assert tie.from_actor.organisation_number == "313000028"
    assert tie.to_actor.organisation_number == "313000001"


# Whose word counts --------------------------------------------------------------------------------


def test_what_a_person_confirmed_stays_and_the_difference_is_suggested_once():
    bring_in([entity()])
    actor = Actor.objects.get()
    Actor.objects.filter(pk=actor.pk).update(web="https://riktig.example")
    actor.refresh_from_db()
    confirmed(actor, "web", by_whom=Confirmed.ACTOR, on=YESTERDAY)

    first, second = bring_in([entity()]), bring_in([entity()], on=TOMORROW)

    actor.refresh_from_db()
    assert actor.web == "https://riktig.example"
    assert (counts(first), counts(second)) == ((0, 0, 1, 0), (0, 0, 1, 0))
    suggestion = Suggestion.objects.get()
    assert (suggestion.field, suggestion.before, suggestion.after) == (
        "web",
        "https://riktig.example",
        "https://www.glamoy.example",
    )


@pytest.mark.parametrize(
    ("confirmed_on", "status"), [(YESTERDAY, "bankrupt"), (TOMORROW, "active")]
)
def test_register_decides_what_is_its_own_unless_somebody_knew_later(confirmed_on, status):
    bring_in([entity()])
    actor = Actor.objects.get()
    confirmed(actor, "status", by_whom=Confirmed.SECRETARIAT, on=confirmed_on)

    run = bring_in([entity(konkurs=True)])

    actor.refresh_from_db()
    assert actor.status == status
    assert Suggestion.objects.count() == (status == "active")
    if status == "bankrupt":
        day = YESTERDAY.isoformat()
        assert reasons(run) == [
            f"status was confirmed on {day}; the register says otherwise since."
        ]


def test_list_fills_in_what_is_empty_and_overwrites_nobody_elses_word():
    bring_in([entity()])

    run = bring_in("orgnr;navn;telefon;ansatte\n313000001;Noe annet AS;69 00 00 00;9\n")

    actor = Actor.objects.get()
    assert (actor.phone, str(actor.name), actor.employees) == (
        "69 00 00 00",
        "Glåmøy Træsliperi AS",
        9,
    )
    assert counts(run) == (0, 1, 0, 0)
    assert [each.field for each in Suggestion.objects.all()] == ["name"]


def test_next_edition_of_a_list_replaces_what_the_list_said():
    bring_in("orgnr;navn;telefon\n313000001;Slipa AS;69 00 00 00\n")

    bring_in("orgnr;navn;telefon\n313000001;Slipa AS;69 11 11 11\n", on=TOMORROW)

    assert Actor.objects.get().phone == "69 11 11 11"
    assert FieldOrigin.objects.get(field="phone").confirmed_on == TOMORROW


# Lists --------------------------------------------------------------------------------------------


def test_swedish_numbers_are_of_swedish_actors_and_personal_numbers_are_refused():
    run = bring_in(
        "orgnr;namn;kommun\n556016-0680;Ericsson Exempel AB;Årjäng\n811228-9874;Anna Andersson;\n"
    )

    actor = Actor.objects.get()
    assert (actor.country, actor.organisation_number) == ("SE", "5560160680")
    assert actor.place == place("1765", country="SE")
    assert reasons(run) == [
        "The number is a person’s. A person is never an actor, so leave the row out."
    ]


def test_same_number_twice_is_told_by_line():
    run = bring_in("orgnr;navn;kommune\n313000001;A AS;Moss\n313 000 001;B AS;Moss\n")

    assert reasons(run) == ["The same number stands on line 2."]


def test_one_who_looks_like_somebody_we_know_waits_until_it_is_said():
    ActorFactory(named="Fredheim Velforening", place=place("3107"), is_demo=True)
    row = "orgnr;navn;kommune\n313000001;Fredheim velforening;Fredrikstad\n"

    held, let_in = bring_in(row), bring_in(row, admits_lookalikes=True)

    assert (counts(held), counts(let_in)) == ((0, 0, 0, 1), (1, 0, 0, 0))
    assert len(reasons(held)) == 1
    assert reasons(held)[0].startswith("It looks like Fredheim Velforening, which is here already.")


def test_name_and_place_recognise_one_without_a_number():
    row = "navn;kommune\nFredheim velforening;3107\n"

    assert counts(bring_in(row)) == (1, 0, 0, 0)
    assert counts(bring_in(row)) == (0, 0, 1, 0)


def test_only_the_secretariat_brings_files_in():
    with pytest.raises(NotPermittedError):
        bring_in("navn\nSlipa AS\n", by=someone(Role.BOARD_MEMBER))


# Numbers and names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["313000001", "313 000 001", "'313000001", "NO 313000001 MVA", "313000001,0", "3,13000001E+08"],
)
def test_number_is_read_however_it_is_written(written):
    assert number_of(written) == ("313000001", "NO")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("3,13E+08", "The spreadsheet has shortened the number to “3,13E+08”."),
        ("31300000", "“31300000” is not an organisation number of 9 digits."),
        ("313000002", "The check digit of 313000002 is wrong."),
    ],
)
def test_number_that_is_none_is_refused_with_why(written, says):
    with pytest.raises(WrongNumberError) as wrong:
        number_of(written)

    assert str(wrong.value.remark).startswith(says)


def test_lookalikes_share_a_place_a_page_or_almost_the_name():
    moss, halden = place("3103"), place("3101")
    near = ActorFactory(named="Tistedal Bygg og Anlegg AS", place=halden)
    page = ActorFactory(named="Helt annet AS", place=moss, web="https://www.bygg.example/om")
    ActorFactory(named="Tistedal Bygg og Maskin AS", place=moss)

    found = possible_duplicates_of(
        [Asked(7, "Tistedal Bygg & Anlegg", halden.pk, "http://bygg.example")]
    )

    assert [(each.line, each.slug, each.is_same_place, each.is_same_web) for each in found] == [
        (7, near.slug, True, False),
        (7, page.slug, False, True),
    ]


# What the names are made of: words that are alike, legal forms, and letters typed in other ways.
WORDS = (
    *("Tistedal", "Tistedalen", "Tistedals", "Årjäng", "Årjang", "Bygg", "Byggservice", "Bygge"),
    *("Sag", "Sagbruk", "Ås", "Aas", "Øst", "Øst-Vest", "og", "&", "Mølle", "Mölle", "1814", "X"),
    *("AS", "AB", "SA", "kommune"),
)
PAGES = ("", "https://www.bygg.example/om", "http://bygg.example", "https://facebook.com/x")
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    known=st.lists(st.tuples(names, st.booleans(), st.sampled_from(PAGES)), max_size=6),
    name=st.one_of(names, st.text("Tistedal Byg Så%_\\'", max_size=20)),
    web=st.sampled_from(PAGES),
)
def test_the_index_finds_the_lookalikes_that_comparing_with_everyone_does(known, name, web):
    with transaction.atomic():
        moss, halden = place("3103"), place("3101")
        for each, is_near, page in known:
            ActorFactory(named=each, place=halden if is_near else moss, web=page)
        asked = Asked(0, name, halden.pk, web)

        found = lookalikes_of(
            name=name, place=halden.pk, web=web, reader=reader_for(OPERATOR, on=TODAY)
        )

        assert list(found) == possible_duplicates_of([asked])
        transaction.set_rollback(True)


def test_lookalikes_are_found_by_one_question_that_brings_back_few(django_assert_num_queries):
    moss, halden = place("3103"), place("3101")
    ActorFactory(named="Tistedal Bygg AS", place=halden)
    ActorFactory(named="Hidden Tistedal Bygg", visibility=Visibility.SECRETARIAT, place=halden)
    for number in range(20):
        ActorFactory(named=f"Helt annet {number} AS", place=moss if number % 2 else halden)

    with django_assert_num_queries(1):
        found = lookalikes_of(name="Tistedal Byg", place=halden.pk, web="", reader=PUBLIC)

    assert [each.name for each in found] == ["Tistedal Bygg AS"]


# Files that mean harm, or were never looked at ----------------------------------------------------
@pytest.mark.parametrize(
    ("name", "employees"),
    [("A" * 251, "7"), ("Å" * 20_000, "7"), ("Verk AS", "9" * 5000), ("Verk AS", "3000000000")],
)
def test_what_no_column_has_room_for_is_rejected_and_the_rest_comes_in(name, employees):
    run = bring_in(
        "orgnr;navn;kommune;ansatte\n"
        f"313000001;{name};Halden;{employees}\n313000028;God AS;Halden;7\n"
    )

    assert counts(run) == (1, 0, 0, 1)
    assert Actor.objects.get().name == {"nb": "God AS"}


def test_signs_of_a_record_that_no_database_keeps_are_left_out():
    run = bring_in([entity(navn="GLÅMØY TRÆ\0SLIPERI AS", antallAnsatte="9" * 5000)])

    assert counts(run) == (1, 0, 0, 0)
    assert Actor.objects.get().official_name == "GLÅMØY TRÆSLIPERI AS"


def test_record_in_parted_letters_is_the_one_in_composed_ones():
    whole = entity(navn="GLÅMØY TRÆSLIPERI ÄNGEN AS", hjemmeside="")
    bring_in([whole])

    parted = {**whole, "navn": unicodedata.normalize("NFD", whole["navn"])}
    run = bring_in([parted])

    assert counts(run) == (0, 0, 1, 0)


def test_table_of_ours_that_is_sent_back_says_what_it_said():
    assert counts(bring_in("navn;kommune;telefon\nVerk AS;Halden;+47 69 10 20 30\n"))[0] == 1
    sent_out = as_csv(["navn", "kommune", "telefon"], [["Verk AS", "Halden", "+47 69 10 20 30"]])

    assert "'+47" in sent_out
    assert counts(bring_in(sent_out)) == (0, 0, 1, 0)


def test_head_of_a_table_is_no_formula_either():
    sent_out = as_csv(["=HYPERLINK(1)", "navn"], [["@x", "Verk AS"]])

    assert sent_out.splitlines() == ["\ufeff'=HYPERLINK(1),navn", "'@x,Verk AS"]


# A job that runs twice, or dies ------------------------------------------------------------------
TWO = "orgnr;navn;kommune\n313000001;Alm AS;Halden\n313000028;Bjørk AS;Halden\n"


def asked_for():
    """A file that has been read, and that the secretariat has asked to have brought in."""
    data, user = TWO.encode(), someone(Role.SECRETARIAT)
    source = source_of(data, file_name="to.csv", file_on=TODAY, by=user, at=NOON)
    run = receive_import(
        content=data, file_name="to.csv", source=source, is_demo=True, by=user, at=NOON
    )
    read_waiting(str(run.key), at=NOON)
    return ask_for_import(run=run, by=user, at=NOON), user


def what_is_here():
    """Everything an import writes, as it stands."""
    return (
        [*Actor.objects.order_by("pk").values()],
        [*FieldOrigin.objects.order_by("pk").values()],
        [*ImportRun.objects.values()],
        [*ImportRow.objects.order_by("pk").values()],
        AuditEntry.objects.count(),
    )


def test_job_that_runs_twice_does_nothing_the_second_time():
    run, user = asked_for()
    apply_asked_for(str(run.key), user=user.pk, at=NOON)
    once = what_is_here()

    read_waiting(str(run.key), at=NOON)
    apply_asked_for(str(run.key), user=user.pk, at=NOON)

    assert what_is_here() == once
    assert [str(actor.name) for actor in Actor.objects.order_by("sort_key")] == [
        "Alm AS",
        "Bjørk AS",
    ]


class PulledOutError(BaseException):
    """The machine lost its power."""


@pytest.mark.parametrize("fault", [PulledOutError, RuntimeError])
def test_job_that_dies_half_way_brings_nothing_in_and_is_done_whole_the_next_time(
    fault, monkeypatch
):
    run, user = asked_for()

    def dies(_run, _plans):
        # The actors are written by now; the account of the rows is not.
        assert Actor.objects.count() == 2
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(importing, "_keep_rows", dies)
        with pytest.raises(fault):
            apply_asked_for(str(run.key), user=user.pk, at=NOON)

    assert (Actor.objects.count(), FieldOrigin.objects.count()) == (0, 0)
    run.refresh_from_db()
    assert run.state == "read"
    # One that was told of the fault asks again; one that is taken up by another worker goes on.
    if run.asked_for_at is None:
        ask_for_import(run=run, by=user, at=NOON)
    apply_asked_for(str(run.key), user=user.pk, at=NOON)
    assert Actor.objects.count() == 2


def test_file_that_could_not_be_brought_in_can_be_put_away():
    run, _user = asked_for()

    with pytest.raises(User.DoesNotExist):
        apply_asked_for(str(run.key), user=0, at=NOON)
    cancel_import(run=run, by=OPERATOR, at=NOON)

    run.refresh_from_db()
    assert run.state == "cancelled"
    assert [entry.verb for entry in history_of(run)][:2] == ["import.cancelled", "import.given-up"]


def test_file_of_an_import_that_is_taken_back_is_not_left_behind(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }

    with transaction.atomic():
        asked_for()
        assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1
        transaction.set_rollback(True)

    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


# Whom a row is about ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "second", [";Alm AS;Halden", ";Alm AS;", ";ALM A.S;Halden", "313000001;Alm AS;Halden"]
)
def test_two_rows_about_one_we_know_are_told_by_line(second):
    ActorFactory(named="Alm AS", organisation_number="313000001", place=place("3101"))
    ActorFactory(named="Alm A S", organisation_number="", place=place("3103"))

    run = bring_in(f"orgnr;navn;kommune;telefon\n313000001;Alm AS;Halden;1\n{second};2\n")

    assert run.counts["rejected"] + run.counts["created"] == 1
    assert Actor.objects.get(organisation_number="313000001").phone == "1"


def test_row_about_one_that_became_part_of_another_changes_neither():
    kept = ActorFactory(named="Alm AS", organisation_number="313000001", place=place("3101"))
    absorbed = ActorFactory(named="Bjørk AS", organisation_number="313000028", place=place("3101"))
    merge_actors(kept=kept, absorbed=absorbed, by=OPERATOR, at=NOON)

    run = bring_in("orgnr;navn;kommune;telefon\n313000028;Bjørk AS;Halden;69 00 00 00\n")

    assert counts(run) == (0, 0, 0, 1)
    assert reasons(run) == [
        "It became part of Alm AS, so nothing is changed. Part them again if they are two."
    ]
    assert [*Actor.objects.order_by("pk").values_list("phone", flat=True)] == ["", ""]
