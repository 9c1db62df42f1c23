"""Every address of the desk and every role: written out by hand, in full."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskap.actors.models import ImportRun, ImportState, Merge, Suggestion, Tie
from samskap.trust.models import Role
from samskap.workspace import urls
from tests.doors.workspace import relations
from tests.world.factories import ActorFactory
from tests.world.people import NOON, person_with_account, someone

pytestmark = pytest.mark.django_db

# Let in (200), let in and led on (302), let in and told what is missing (422), or refused (403).
ROLES = (
    Role.SECRETARIAT,
    Role.PARTNER_REPRESENTATIVE,
    Role.COMPANY_MEMBER,
    Role.BOARD_MEMBER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
MATRIX = {
    #                   secretariat, partner, company, board, auditor, administrator
    "GET home":            (200, 200, 200, 200, 200, 200),
    "POST act-for":        (404, 404, 404, 404, 404, 404),
    "GET actors":          (200, 200, 200, 200, 200, 403),
    "GET actors-file":     (200, 200, 200, 200, 200, 403),
    "GET network":         (200, 200, 200, 200, 200, 403),
    "GET actor":           (200, 200, 200, 200, 200, 403),
    "GET actor-new":       (200, 403, 403, 403, 403, 403),
    "POST actor-new":      (422, 403, 403, 403, 403, 403),
    "POST actor-number":   (200, 403, 403, 403, 403, 403),
    "GET actor-edit":      (200, 403, 403, 403, 403, 403),
    "POST actor-edit":     (422, 403, 403, 403, 403, 403),
    "POST actor-confirm":  (404, 403, 403, 403, 403, 403),
    "GET actor-ask":       (200, 403, 403, 403, 403, 403),
    "POST actor-ask":      (200, 403, 403, 403, 403, 403),
    "GET actor-history":   (200, 403, 403, 403, 200, 403),
    "GET tie-new":         (200, 403, 403, 403, 403, 403),
    "POST tie-new":        (422, 403, 403, 403, 403, 403),
    "GET tie":             (200, 403, 403, 403, 403, 403),
    "POST tie":            (422, 403, 403, 403, 403, 403),
    "GET tie-end":         (200, 403, 403, 403, 403, 403),
    "POST tie-end":        (422, 403, 403, 403, 403, 403),
    "GET tie-remove":      (200, 403, 403, 403, 403, 403),
    "POST tie-remove":     (422, 403, 403, 403, 403, 403),
    "GET suggestions":     (200, 403, 403, 403, 200, 403),
    "POST suggestion-accept":  (302, 403, 403, 403, 403, 403),
    "GET suggestion-decline":  (200, 403, 403, 403, 403, 403),
    "POST suggestion-decline": (422, 403, 403, 403, 403, 403),
    "GET log":             (200, 403, 403, 403, 200, 403),
    "GET people":          (200, 403, 403, 403, 403, 200),
    "GET person-new":      (200, 403, 403, 403, 403, 200),
    "POST person-new":     (422, 403, 403, 403, 403, 422),
    "GET person":          (200, 403, 403, 403, 403, 200),
    "POST account-open":   (403, 403, 403, 403, 403, 422),
    "POST account-close":  (403, 403, 403, 403, 403, 302),
    "POST account-reopen": (403, 403, 403, 403, 403, 302),
    "GET person-erase":    (403, 403, 403, 403, 403, 200),
    "POST person-erase":   (403, 403, 403, 403, 403, 422),
    "POST mandate-give":   (422, 403, 403, 403, 403, 422),
    "GET mandate-end":     (200, 403, 403, 403, 403, 200),
    "POST mandate-end":    (422, 403, 403, 403, 403, 422),
    "GET imports":         (200, 403, 403, 403, 403, 403),
    "POST imports":        (422, 403, 403, 403, 403, 403),
    "GET import":          (200, 403, 403, 403, 403, 403),
    "POST import-change":  (422, 403, 403, 403, 403, 403),
    "POST import-apply":   (302, 403, 403, 403, 403, 403),
    "POST import-cancel":  (302, 403, 403, 403, 403, 403),
    "GET import-rejected": (200, 403, 403, 403, 403, 403),
    "GET duplicates":      (200, 403, 403, 403, 403, 403),
    "GET merge-with":      (200, 403, 403, 403, 403, 403),
    "POST merge-with":     (422, 403, 403, 403, 403, 403),
    "GET merge":           (200, 403, 403, 403, 403, 403),
    "POST merge":          (302, 403, 403, 403, 403, 403),
    "POST tell-apart":     (302, 403, 403, 403, 403, 403),
    "POST merge-undo":     (302, 403, 403, 403, 403, 403),
} | relations.ROWS  # fmt: skip
# A demonstration's sign-in asks for no role; tests/doors/workspace/test_demonstration.py has it.
WITHOUT_ROLE = {"demo-sign-in"}


def cells():
    return [
        pytest.param(row, role, status, id=f"{row} {role}")
        for row, statuses in MATRIX.items()
        for role, status in zip(ROLES, statuses, strict=True)
    ]


def merged_with(kept):
    return Merge.objects.create(
        kept=kept,
        absorbed=ActorFactory(named="En dobbeltgjenger", merged_into=kept),
        merged_at=NOON,
        record={"kept": {}, "absorbed": {"merged_into": [None, kept.pk]}, "moved": []},
    )


def tie_of(workshop):
    other = ActorFactory()
    return Tie.objects.create(
        kind="supplies", from_actor=workshop, to_actor=other, source=workshop.source
    )


def suggestion_of(workshop):
    return Suggestion.objects.create(
        actor=workshop, kind="comment", comment="Vi har flyttet.", suggested_at=NOON
    )


IMPORT_PAGES = ("import", "import-change", "import-apply", "import-cancel", "import-rejected")


def read_file(workshop):
    return ImportRun.objects.create(
        file_name="liste.csv",
        source=workshop.source,
        state=ImportState.READ,
        format="brreg-csv",
        uploaded_at=NOON,
        file_on=NOON.date(),
    )


def address(name, workshop):
    board_member = someone(Role.BOARD_MEMBER).person
    other = ActorFactory(named="Verkstedet ved siden av", is_demo=workshop.is_demo)
    known = {
        "actor": {"slug": workshop.slug},
        "actors-file": {"form": "csv"},
        "merge-with": {"slug": workshop.slug},
        "merge": {"slug": workshop.slug, "other": other.slug},
        "tell-apart": {"slug": workshop.slug, "other": other.slug},
        "merge-undo": {"key": merged_with(other).key if name == "merge-undo" else None},
        "actor-edit": {"slug": workshop.slug},
        **{page: {"key": read_file(workshop).key} for page in IMPORT_PAGES},
        "actor-confirm": {"slug": workshop.slug},
        "actor-ask": {"slug": workshop.slug},
        "actor-history": {"slug": workshop.slug},
        "tie-new": {"slug": workshop.slug},
        "tie": {"slug": workshop.slug, "key": tie_of(workshop).key},
        "tie-end": {"slug": workshop.slug, "key": tie_of(workshop).key},
        "tie-remove": {"slug": workshop.slug, "key": tie_of(workshop).key},
        "suggestion-accept": {"key": suggestion_of(workshop).key},
        "suggestion-decline": {"key": suggestion_of(workshop).key},
        "person": {"key": board_member.key},
        "account-open": {"key": board_member.key},
        "account-close": {"key": board_member.key},
        "account-reopen": {"key": board_member.key},
        "mandate-give": {"key": board_member.key},
        "person-erase": {"key": board_member.key},
        "mandate-end": {"key": board_member.mandates.get().key},
        "demo-sign-in": {"role": "secretariat"},
    }
    kwargs = known.get(name) or relations.known(name, workshop)
    return reverse(f"workspace:{name}", kwargs=kwargs or None)


@pytest.mark.parametrize(("row", "role", "status"), cells())
def test_each_role_is_let_in_where_it_belongs_and_nowhere_else(
    row, role, status, at_desk, workshop
):
    method, name = row.split()
    client, where = at_desk(role), address(name, workshop)

    answer = client.get(where) if method == "GET" else client.post(where)

    assert answer.status_code == status


def test_no_address_of_the_desk_is_missing_from_the_matrix():
    named = {pattern.name for pattern in urls.urlpatterns}

    assert {row.split()[1] for row in MATRIX} | WITHOUT_ROLE == named


@pytest.mark.parametrize("name", sorted({row.split()[1] for row in MATRIX}))
def test_one_who_is_not_signed_in_is_led_to_sign_in_and_back(name, client, workshop):
    where = address(name, workshop)

    answer = client.post(where) if f"GET {name}" not in MATRIX else client.get(where)

    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={where}"


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    ],
)
def test_nobody_reaches_an_account_without_signing_in(name, client):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.url.split("?")[0] in {reverse("account_login"), reverse("portal:home")}


def test_one_with_an_account_and_no_mandate_is_told_so(sign_in):
    client = sign_in(person_with_account("ny@samskap.example").user)

    page = client.get(reverse("workspace:home"))

    assert page.status_code == 200
    assert "You hold no mandate today" in page.content.decode()
    assert client.get(reverse("workspace:actors")).status_code == 403


def test_the_wrong_role_gets_a_page_that_helps(at_desk):
    page = at_desk(Role.BOARD_MEMBER).get(reverse("workspace:log"))

    assert page.status_code == 403
    assert "Your role does not open this page" in page.content.decode()


def test_no_browser_or_proxy_keeps_a_page_of_the_desk(at_desk):
    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:home"))

    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
