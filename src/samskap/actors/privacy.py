"""What this room keeps about people: contacts and talks, and texts that may name somebody.

An actor is never a person: a sole proprietor is refused wherever an actor comes in
(``identifiers.FORMS_OF_PERSONS``), and nothing of such a row is kept. What an organisation is
called is the register's and stays, also where the name has somebody's in it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from samskap.actors.forgetting import (
    entries_of,
    entries_told,
    identify,
    known_in,
    letters_of,
    near_entries,
    origins_of,
    runs_of,
    seats_of,
    suggestions_of,
    suggestions_told,
    the_contacts,
)
from samskap.actors.forgetting.rules import RULES
from samskap.actors.forgetting.traces import erase
from samskap.kernel.personal import (
    Activity,
    Basis,
    Erased,
    Personal,
    RoomPrivacy,
    Table,
    Whose,
    each,
    fields,
)

_NO_NAME: Final = _("It leads to someone who has no name any more.")
_THEIRS: Final = Personal("contacts", Erased.DELETED)
_TEXT: Final = Personal("texts", Erased.STRUCK, tells_who=False)
# An organisation's own address may be one person's, and then it says who they are.
_ADDRESS: Final = Personal("texts", Erased.STRUCK)
_TALK: Final = Personal("talks", Erased.STRUCK)
_FILE: Final = Personal("imports", Erased.STRUCK, tells_who=False)
_SAID: Final = Personal("letters-to-actors", Erased.STRUCK, tells_who=False)


def _by_one_of_ours(activity: str, *, is_exported: bool = True) -> Personal:
    return Personal(activity, Erased.KEPT, _NO_NAME, is_exported=is_exported, tells_who=False)


_TABLES: Final = (
    Table(
        "actors.Actor",
        title=_("Actors"),
        impersonal=fields(
            "id key visibility visible_to_party party kind country organisation_number place side"
            " source is_demo legal_form latitude longitude employees employees_are_few"
            " employees_on founded_on status written_norm known_since stale_from merged_into size"
            " sort_key sort_keys slug name official_name street postcode post_town search_text"
        ),
        personal={
            **each(fields("source_note description web"), _TEXT),
            **each(fields("email phone"), _ADDRESS),
        },
    ),
    Table(
        "actors.ActorFactor",
        title=_("Why an actor counts under a factor"),
        impersonal=fields("id actor factor"),
        personal={"reason": _TEXT},
    ),
    Table(
        "actors.Body",
        title=_("Bodies"),
        impersonal=fields("id key visibility visible_to_party slug name kind sort_key is_demo"),
        personal={"purpose": _TEXT},
    ),
    Table(
        "actors.Seat",
        title=_("Seats in bodies"),
        impersonal=fields("id key"),
        personal={
            "person": _by_one_of_ours("mandates", is_exported=False),
            **each(fields("body actor role valid_from valid_to"), _by_one_of_ours("mandates")),
        },
        rows=seats_of,
    ),
    Table("actors.DirectoryChange", impersonal=fields("id")),
    Table(
        "actors.Contact",
        title=_("What we have of you as a contact"),
        impersonal=fields("id key source is_demo"),
        personal={
            **each(
                fields("actor basis since left_on language"),
                Personal("contacts", Erased.DELETED, tells_who=False),
            ),
            **each(fields("name role email phone source_note"), _THEIRS),
        },
        rows=the_contacts,
        called="name",
    ),
    Table(
        "actors.ContactEntry_contacts",
        impersonal=fields("id contactentry"),
        personal={"contact": Personal("talks", Erased.DELETED, is_exported=False, tells_who=False)},
        rows=lambda subject: entries_of(subject).none(),
    ),
    Table(
        "actors.ContactEntry",
        title=_("Talks you took part in"),
        impersonal=fields("id key is_demo contacts written_at"),
        personal={
            **each(
                fields("actor kind happened_on next_step_on done_on"),
                Personal(
                    "talks",
                    Erased.KEPT,
                    _("That we were in touch with the actor is about the actor, not about them."),
                    tells_who=False,
                ),
            ),
            "by": _by_one_of_ours("talks", is_exported=False),
            "text": _TALK,
            "next_step": _TALK,
        },
        rows=entries_of,
        near=near_entries,
        told=entries_told,
    ),
    Table(
        "actors.ConfirmationLetter",
        title=_("Letters that ask whether we are right"),
        impersonal=fields("id key token_digest"),
        personal={
            "actor": _by_one_of_ours("letters-to-actors"),
            "contact": Personal(
                "letters-to-actors", Erased.BLANKED, is_exported=False, tells_who=False
            ),
            **each(fields("sent_at expires_at answered_at"), _by_one_of_ours("letters-to-actors")),
            "sent_by": _by_one_of_ours("letters-to-actors", is_exported=False),
        },
        rows=letters_of,
    ),
    Table(
        "actors.Suggestion",
        title=_("Suggestions you have decided on"),
        impersonal=fields("id key letter import_run kind field suggested_at state"),
        personal={
            **each(fields("actor decided_at"), _by_one_of_ours("letters-to-actors")),
            "decided_by": _by_one_of_ours("letters-to-actors", is_exported=False),
            **each(fields("before after comment reason"), _SAID),
        },
        rows=suggestions_of,
        told=suggestions_told,
    ),
    Table(
        "actors.IndustryCode",
        impersonal=fields("id actor standard code position source"),
    ),
    Table("actors.ActorFocusArea", impersonal=fields("id actor focus_area")),
    Table(
        "actors.Site",
        impersonal=fields(
            "id key actor name organisation_number place street postcode post_town latitude"
            " longitude employees source"
        ),
    ),
    Table(
        "actors.FieldOrigin",
        title=_("What you have vouched for"),
        impersonal=fields("id source confirmed_by"),
        personal={
            **each(fields("actor field confirmed_on"), _by_one_of_ours("mandates")),
            "person": _by_one_of_ours("mandates", is_exported=False),
        },
        rows=origins_of,
    ),
    Table(
        "actors.ImportRun",
        title=_("Files you have brought in"),
        impersonal=fields(
            "id key file_sha256 format source state counts file_on visibility admits_lookalikes"
            " is_demo"
        ),
        personal={
            "file": Personal("imports", Erased.REPLACED, is_exported=False, tells_who=False),
            "file_name": _FILE,
            **each(fields("headers mapping notes"), _FILE),
            **each(fields("uploaded_at asked_for_at applied_at"), _by_one_of_ours("imports")),
            "uploaded_by": _by_one_of_ours("imports", is_exported=False),
        },
        rows=runs_of,
    ),
    Table(
        "actors.ImportRow",
        title=_("Rows of files that were brought in"),
        impersonal=fields("id run line outcome lookalikes actor"),
        personal=each(fields("values reasons changes"), _FILE),
    ),
    Table(
        "actors.ColumnMapping",
        title=_("Columns of files"),
        impersonal=fields("id source remembered_at"),
        personal={"mapping": _FILE},
    ),
    Table(
        "actors.Membership",
        title=_("Memberships"),
        impersonal=fields(
            "id key valid_from valid_to visibility visible_to_party actor kind contribution_nok"
            " agreement_ends_on is_demo"
        ),
        personal={
            "agreement": Personal(
                "agreements",
                Erased.KEPT,
                _("A contract in force or one that claims may rest on stays as it was signed."),
                is_exported=False,
                tells_who=False,
            ),
            "agreement_name": Personal("agreements", Erased.STRUCK, tells_who=False),
        },
    ),
    Table(
        "actors.Merge",
        title=_("Merges of actors"),
        impersonal=fields("id key kept absorbed merged_at undone_at"),
        personal={
            "record": _TEXT,
            "merged_by": _by_one_of_ours("mandates", is_exported=False),
            "undone_by": _by_one_of_ours("mandates", is_exported=False),
        },
    ),
    Table("actors.NotTheSame", impersonal=fields("id first second said_at")),
    Table("actors.NetworkRun", impersonal=fields("id scope computed_at fingerprint actors ties")),
    Table(
        "actors.NetworkPosition",
        impersonal=fields("id scope actor x y degree betweenness component"),
    ),
    Table(
        "actors.Tie",
        title=_("Ties"),
        impersonal=fields(
            "id key visibility visible_to_party kind from_actor to_actor valid_from valid_to"
            " source confidence is_demo"
        ),
        personal=each(fields("role source_note"), _TEXT),
    ),
)

PRIVACY: Final = RoomPrivacy(
    tables=_TABLES,
    activities=(
        Activity(
            key="contacts",
            title=_("Contact people at actors"),
            purpose=_("To know whom to talk with at an organisation, in their work there."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_(
                "The secretariat writes on each contact which basis holds for that one, and where"
                " it has the address from."
            ),
            whose=(Whose.CONTACT,),
            seen_by=_("The secretariat and the auditor."),
            kept_for=_("Until a year after they left, or until they ask us to forget them."),
            rules=("contacts-left",),
        ),
        Activity(
            key="talks",
            title=_("Contact log"),
            purpose=_("To remember what was said with an organisation, and what comes next."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("A partnership that forgets asks the same thing of everyone again."),
            whose=(Whose.CONTACT, Whose.ACCOUNT),
            seen_by=_("The secretariat and the auditor."),
            kept_for=_("Five years after the talk."),
            rules=("talks",),
        ),
        Activity(
            key="letters-to-actors",
            title=_("Questions to actors"),
            purpose=_("To ask an organisation once a year whether what we say of it is right."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("What we show of others has to be right (GDPR article 5.1 d)."),
            whose=(Whose.CONTACT, Whose.ACCOUNT),
            seen_by=_("The secretariat and the auditor."),
            kept_for=_(
                "Whom a letter went to, a year after it could be answered. What was suggested, two"
                " years after it was decided on."
            ),
            rules=("letters-unanswered", "suggestions"),
        ),
        Activity(
            key="imports",
            title=_("Files that are brought in"),
            purpose=_("To take in what others have listed, and to see what became of each row."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("A file is about organisations; who else stands in it is not looked for."),
            whose=(Whose.ACCOUNT, Whose.NAMED),
            seen_by=_("The secretariat."),
            kept_for=_(
                "The file until it is brought in or put away, at most a month. Its rows, half a"
                " year."
            ),
            rules=("import-files", "import-rows"),
        ),
        Activity(
            key="agreements",
            title=_("Agreements with members"),
            purpose=_("To know what was agreed with a partner, and who signed."),
            basis=Basis.CONTRACT,
            why=_("An agreement is signed by people."),
            whose=(Whose.CONTACT,),
            seen_by=_("The secretariat and the auditor."),
            kept_for=_("As long as the membership is kept."),
        ),
        Activity(
            key="texts",
            title=_("Texts about organisations"),
            purpose=_("To tell what an organisation is and does, and how to reach it."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("An organisation’s address or description may name someone who works there."),
            whose=(Whose.NAMED,),
            seen_by=_("Those who may see the organisation; most are public."),
            kept_for=_("As long as the organisation is kept, or until they ask to be taken out."),
        ),
    ),
    rules=RULES,
    identify=identify,
    erase=erase,
    known_in=known_in,
)
