"""A strategy is loaded as a draft, published, and from then on it never changes."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction
from django.utils import translation

from samskap.strategy.actions import (
    NotAdoptedYetError,
    OtherPartnershipError,
    PublishedNeverChangesError,
    StrategyAlreadyPublishedError,
    load_region,
    load_strategy,
    publish_strategy,
)
from samskap.strategy.models import (
    AdoptionDate,
    Partnership,
    StrategyElement,
    StrategyVersion,
    next_label,
)
from samskap.strategy.queries import current_version, elements_seen_by, strategies_seen_by
from samskap.strategy.reading import read_region, read_strategy
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role
from samskap.trust.rules import NotPermittedError
from tests.world import people
from tests.world.region import FOLDER, NOON, TODAY
from tests.world.strategies import area, goal, said, strategy, vision

LATER = NOON + dt.timedelta(hours=1)

pytestmark = pytest.mark.django_db


def load(facts, *, at=NOON):
    return load_strategy(facts=facts, by=OPERATOR, at=at)


def publish(facts, *, at=NOON):
    return publish_strategy(version=load(facts, at=at), by=OPERATOR, at=at)


def trail():
    return list(AuditEntry.objects.order_by("id").values_list("verb", "about_key"))


# Loading ------------------------------------------------------------------------------------------


def test_a_loaded_strategy_is_a_draft_that_says_what_the_document_says():
    version = load(strategy(vision(), area(), goal("data")))

    assert not version.is_published
    assert list(version.elements.values_list("kind", "key", "parent__key", "position")) == [
        ("vision", "vision", None, 0),
        ("focus-area", "digital", None, 1),
        ("goal", "data", "digital", 2),
    ]
    assert version.elements.get(kind="goal").title == {
        "nb": "Et mål",
        "sv": "Et mål",
        "en": "Et mål",
    }


def test_loading_the_same_strategy_twice_changes_nothing():
    load(strategy())
    rows = list(StrategyElement.objects.order_by("id").values())

    load(strategy(), at=LATER)

    assert list(StrategyElement.objects.order_by("id").values()) == rows
    assert trail() == [("strategy.loaded", "2024-27")]


def test_loading_the_whole_region_twice_leaves_one_trace_of_each():
    for at in (NOON, LATER):
        load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=at)
        load(read_strategy(FOLDER / "strategy.yaml"), at=at)

    assert trail() == [("region.loaded", "ostfold"), ("strategy.loaded", "2024-27")]
    assert Partnership.objects.count() == 1


def test_a_draft_is_written_over_by_a_changed_document_of_the_same_label():
    load(strategy(vision(), area()))

    load(strategy(vision("Vi begynner på nytt."), area("bioeconomy"), goal("x", of="bioeconomy")))

    version = StrategyVersion.objects.get()
    assert [str(each) for each in version.elements.order_by("position")] == [
        "2024-27 vision vision",
        "2024-27 focus-area bioeconomy",
        "2024-27 goal x",
    ]
    assert version.elements.get(kind="vision").title["nb"] == "Vi begynner på nytt."


def test_a_change_in_one_word_of_one_language_is_a_change():
    first = strategy(vision())
    again = strategy(vision())
    other = strategy(vision(), title=said("Strategisk plattform", en="Strategic platform"))

    assert first.digest == again.digest
    assert first.digest != other.digest


def test_loading_a_changed_region_says_what_changed():
    facts = read_region(FOLDER / "region.yaml")
    load_region(facts=facts, by=OPERATOR, at=NOON)

    changed = type(facts)(**{**_fields(facts), "host": "public"})
    load_region(facts=changed, by=OPERATOR, at=LATER)

    assert AuditEntry.objects.order_by("-id")[0].changes == {"host": ["association", "public"]}


def test_an_installation_serves_one_partnership():
    facts = read_region(FOLDER / "region.yaml")
    load_region(facts=facts, by=OPERATOR, at=NOON)

    with pytest.raises(OtherPartnershipError) as refused:
        load_region(
            facts=type(facts)(**{**_fields(facts), "key": "innlandet"}), by=OPERATOR, at=NOON
        )

    assert refused.value.sentence == (
        "This installation serves “ostfold”, and the file is for “innlandet”."
    )
    assert Partnership.objects.get().key == "ostfold"


def _fields(facts):
    return {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}


# Publishing ---------------------------------------------------------------------------------------


def test_publishing_shows_a_version_to_everyone():
    version = load(strategy())
    assert list(strategies_seen_by(PUBLIC)) == []

    publish_strategy(version=version, by=OPERATOR, at=LATER)

    assert list(strategies_seen_by(PUBLIC)) == [version]
    assert StrategyVersion.objects.get().published_at == LATER
    assert trail() == [("strategy.loaded", "2024-27"), ("strategy.published", "2024-27")]


def test_a_published_version_is_not_published_again():
    version = publish(strategy())

    with pytest.raises(StrategyAlreadyPublishedError):
        publish_strategy(version=version, by=OPERATOR, at=LATER)

    assert StrategyVersion.objects.get().published_at == NOON


def test_a_strategy_that_is_adopted_later_is_not_published_yet():
    version = load(strategy(adopted="2026-12"))

    with pytest.raises(NotAdoptedYetError) as refused:
        publish_strategy(version=version, by=OPERATOR, at=NOON)

    assert refused.value.sentence.startswith("The strategy “2024-27” is not adopted yet")
    assert not StrategyVersion.objects.get().is_published


def test_a_changed_document_with_a_published_label_is_refused_and_told_what_to_do():
    publish(strategy(vision()))

    with pytest.raises(PublishedNeverChangesError) as refused:
        load(strategy(vision("Noe annet.")), at=LATER)

    assert str(refused.value) == (
        "The strategy “2024-27” is published, and a published version never changes. "
        "Give the changed strategy a new label, for instance “2024-27.2”, and load it again."
    )
    assert StrategyElement.objects.get().title["nb"] == "Sammen får vi ting til å skje!"


def test_the_same_document_with_a_published_label_changes_nothing():
    version = publish(strategy())

    assert load(strategy(), at=LATER) == version
    assert len(trail()) == 2


@pytest.mark.parametrize(
    ("label", "following"),
    [("2024-27", "2024-27.2"), ("2024-27.2", "2024-27.3"), ("v1.9", "v1.10"), ("v1", "v1.2")],
)
def test_the_next_label_is_the_next_number(label, following):
    assert next_label(label) == following


def become_owner():
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.database
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE strategy_strategyversion SET title = '{}'",
        "UPDATE strategy_strategyversion SET published_at = NULL, visibility = 'secretariat'",
        "DELETE FROM strategy_strategyversion",
        "UPDATE strategy_strategyelement SET body = '{}' WHERE kind = 'goal'",
        """
        UPDATE strategy_strategyelement SET version_id =
          (SELECT id FROM strategy_strategyversion WHERE label = 'draft') WHERE kind = 'goal'
        """,
        "DELETE FROM strategy_strategyelement WHERE kind = 'goal'",
        """
        INSERT INTO strategy_strategyelement
          (version_id, kind, key, position, title, body, attributes)
        SELECT id, 'note', 'late', 99, '{}', '{}', '{}'
          FROM strategy_strategyversion WHERE label = '2024-27'
        """,
        """
        UPDATE strategy_strategyelement SET position = 99, version_id =
          (SELECT id FROM strategy_strategyversion WHERE label = '2024-27')
          WHERE key = 'smuggled'
        """,
    ],
)
@pytest.mark.parametrize("role", ["application", "owner"])
def test_the_database_refuses_every_change_of_a_published_version(statement, role):
    publish(strategy())
    load(strategy(area("smuggled"), label="draft"))
    before = list(StrategyElement.objects.order_by("id").values())
    if role == "owner":
        become_owner()

    with (
        pytest.raises(ProgrammingError, match="strategy 2024-27 is published and never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(StrategyElement.objects.order_by("id").values()) == before
    assert StrategyVersion.objects.get(label="2024-27").published_at == NOON


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_nothing_slips_into_a_version_while_it_is_being_published():
    version = load(strategy(vision()))

    with someone_else_writing() as elsewhere, transaction.atomic(), connection.cursor() as here:
        elsewhere.execute(
            "INSERT INTO strategy_strategyelement "
            "(version_id, kind, key, position, title, body, attributes) "
            "VALUES (%s, 'note', 'late', 99, '{}', '{}', '{}')",
            [version.pk],
        )
        here.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            publish_strategy(version=version, by=OPERATOR, at=NOON)

    assert not StrategyVersion.objects.get().is_published


@contextmanager
def someone_else_writing():
    """A second connection, in a transaction that is never finished."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.rollback()
        other.close()


@pytest.mark.database
def test_the_application_cannot_empty_the_tables():
    publish(strategy())

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE strategy_strategyversion CASCADE")


@pytest.mark.database
def test_a_part_belongs_to_the_version_of_its_whole():
    whole = load(strategy(label="one")).elements.get(kind="focus-area")
    other = load(strategy(label="two")).elements.get(kind="goal")

    with pytest.raises(IntegrityError, match="the same version"), transaction.atomic():
        StrategyElement.objects.filter(pk=other.pk).update(parent=whole)


@pytest.mark.database
def test_the_database_keeps_one_element_of_a_key_and_kind():
    version = load(strategy())
    again = version.elements.get(kind="goal")
    again.pk, again.position = None, 99

    with pytest.raises(IntegrityError, match="strategy_element_one_of_a_key"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.database
@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("last_year", 2023, "strategy_version_ends_after_it_begins"),
        ("adopted", "2024", "strategy_version_adopted_is_a_date_or_month"),
        ("label", "2024 27", "strategy_version_label_is_a_slug"),
        ("visibility", "public", "strategy_version_published_is_public"),
        ("published_at", NOON, "strategy_version_published_is_public"),
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(field, value, constraint):
    version = load(strategy())

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StrategyVersion.objects.filter(pk=version.pk).update(**{field: value})


@pytest.mark.database
def test_the_database_keeps_one_partnership():
    load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=NOON)
    second = Partnership.objects.get()
    second.pk, second.key = None, "innlandet"

    with pytest.raises(IntegrityError, match="is_only"), transaction.atomic():
        second.save(force_insert=True)


# Who sees, who may --------------------------------------------------------------------------------

SEES_DRAFTS = {Role.SECRETARIAT, Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
def test_a_draft_is_the_secretariats_and_the_auditors_to_read(role):
    published = publish(strategy(label="2024-27"))
    draft = load(strategy(vision("Neste."), label="2028-31", adopted="2025-03"))
    reader = reader_for(people.someone(role), on=TODAY)

    seen = [draft, published] if role in SEES_DRAFTS else [published]

    assert list(strategies_seen_by(reader)) == seen
    assert {each.version for each in elements_seen_by(reader)} == set(seen)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_secretariat_keeps_and_publishes_the_strategy(role):
    by = people.someone(role)
    draft = load(strategy())
    tries = {
        "load": lambda: load_strategy(facts=strategy(vision()), by=by, at=NOON),
        "publish": lambda: publish_strategy(version=draft, by=by, at=NOON),
    }

    allowed = [name for name, action in tries.items() if _is_permitted(action)]

    assert allowed == (["load", "publish"] if role == Role.SECRETARIAT else [])


@pytest.mark.parametrize("role", list(Role))
def test_the_region_is_the_administrators_and_the_secretariats(role):
    by = people.someone(role)
    facts = read_region(FOLDER / "region.yaml")

    permitted = _is_permitted(lambda: load_region(facts=facts, by=by, at=NOON))

    assert permitted == (role in {Role.SECRETARIAT, Role.ADMINISTRATOR})


def _is_permitted(action):
    try:
        action()
    except NotPermittedError:
        return False
    return True


# Which one holds ----------------------------------------------------------------------------------


def test_the_strategy_that_holds_is_the_one_whose_period_has_the_year():
    publish(strategy(label="2024-27"))
    publish(strategy(vision(), label="2028-31", adopted="2026-10", first_year=2028, last_year=2031))

    holding = {
        year: str(current_version(on=dt.date(year, 6, 1)))
        for year in (2023, 2026, 2027, 2028, 2040)
    }

    assert holding == {
        2023: "2028-31",
        2026: "2024-27",
        2027: "2024-27",
        2028: "2028-31",
        2040: "2028-31",
    }


def test_of_two_for_the_same_years_the_one_adopted_last_holds():
    publish(strategy(label="2024-27"))
    publish(strategy(vision(), label="2024-27.2", adopted="2025-01-15"))

    assert str(current_version(on=TODAY)) == "2024-27.2"


def test_a_draft_never_holds():
    load(strategy())

    assert current_version(on=TODAY) is None


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("2024-03", "nb", "mars 2024"),
        ("2024-03", "sv", "mars 2024"),
        ("2024-03", "en", "March 2024"),
        ("2024-03-15", "nb", "15. mars 2024"),
        ("2024-03-15", "sv", "15 mars 2024"),
        ("2024-03-15", "en", "15 March 2024"),
    ],
)
def test_an_adoption_is_said_as_exactly_as_it_is_known(written, language, read):
    with translation.override(language):
        said_on = str(AdoptionDate.from_iso(written)).casefold()

    assert said_on == read.casefold()
    assert AdoptionDate.from_iso(written).iso == written


@pytest.mark.parametrize(
    ("iso", "language", "said"),
    [
        ("2024-03", "nb", "i mars 2024"),
        ("2024-03-15", "nb", "15. mars 2024"),
        ("2024-03-15", "sv", "den 15 mars 2024"),
        ("2024-03", "en", "in March 2024"),
        ("2024-03-15", "en", "on 15 March 2024"),
    ],
)
def test_an_adoption_fits_into_a_sentence(iso, language, said):
    with translation.override(language):
        assert AdoptionDate.from_iso(iso).when == said
