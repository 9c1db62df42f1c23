"""What tables that are not ours hold about people: Django's, the sign-in's and the queue's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from samskap.kernel.naming import pattern, texts_in
from samskap.kernel.personal import (
    Activity,
    Basis,
    Erased,
    Personal,
    RoomPrivacy,
    Rule,
    Table,
    Whose,
    fields,
)
from samskap.trust.models import Session

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.personal import Rows, Subject

# Finished jobs carry keys of people's things; they are kept as long as a fault is looked into.
KEEP_FINISHED_JOBS: Final = timedelta(days=7)
# A link that confirms an address holds for three days.
KEEP_CONFIRMATIONS: Final = timedelta(days=3)
KEEP_TRACES: Final = timedelta(days=730)
_OVER: Final = ("succeeded", "failed", "cancelled", "aborted")

_ACCOUNT: Final = Personal("accounts", Erased.DELETED)
_SIGN_IN_SECRET: Final = Personal("accounts", Erased.DELETED, is_exported=False)
_TRACE: Final = Personal("sign-in-traces", Erased.DELETED, tells_who=False)


def accounts_of(subject: Subject) -> frozenset[int]:
    """Return the database keys of the accounts that are the subject's."""
    return subject.of("trust.User")


def _sessions(subject: Subject) -> Rows:
    """Return the sessions of the subject's accounts."""
    return Session.objects.filter(account__in=accounts_of(subject)).order_by("pk")


def _erase(subject: Subject, _by: Any, _at: datetime) -> None:
    """End the sessions of others, too, that hold a notice with the subject's name in it."""
    finding = pattern(subject)
    if finding is not None:
        naming = [
            session.pk
            for session in Session.objects.order_by("pk").iterator()
            if any(map(finding.search, texts_in(session.get_decoded())))
        ]
        Session.objects.filter(pk__in=naming).delete()


def _addresses(subject: Subject) -> Rows:
    found: Rows = EmailAddress.objects.filter(user__in=accounts_of(subject)).order_by("pk")
    return found


def _confirmations(subject: Subject) -> Rows:
    theirs = accounts_of(subject)
    found: Rows = EmailConfirmation.objects.filter(email_address__user__in=theirs).order_by("pk")
    return found


def _factors(subject: Subject) -> Rows:
    found: Rows = Authenticator.objects.filter(user__in=accounts_of(subject)).order_by("pk")
    return found


def finished_jobs(at: datetime) -> Rows:
    """Return the jobs that are over and whose last event is older than we look for faults in."""
    over: Any = ProcrastinateJob.objects.filter(status__in=_OVER)
    young = Q(procrastinateevent__at__gte=at - KEEP_FINISHED_JOBS)
    found: Rows = over.exclude(pk__in=over.filter(young).values("pk")).order_by("pk")
    return found


def _forget_use(rows: Rows, _at: datetime) -> int:
    return rows.update(last_used_at=None)


_TABLES: Final = (
    Table("auth.Permission", impersonal=fields("id name content_type codename")),
    Table("auth.Group", impersonal=fields("id name permissions")),
    Table("auth.Group_permissions", impersonal=fields("id group permission")),
    Table("contenttypes.ContentType", impersonal=fields("id app_label model")),
    Table("migrations.Migration", impersonal=fields("id app name applied")),
    Table(
        "trust.Session",
        title=_("Sessions"),
        impersonal=fields("account"),
        personal={
            "session_key": _SIGN_IN_SECRET,
            "session_data": _SIGN_IN_SECRET,
            "expire_date": _TRACE,
        },
        rows=_sessions,
    ),
    Table(
        "account.EmailAddress",
        title=_("E-mail addresses of the account"),
        impersonal=fields("id user"),
        personal={"email": _ACCOUNT, "verified": _ACCOUNT, "primary": _ACCOUNT},
        rows=_addresses,
    ),
    Table(
        "account.EmailConfirmation",
        impersonal=fields("id email_address"),
        personal={"created": _SIGN_IN_SECRET, "sent": _SIGN_IN_SECRET, "key": _SIGN_IN_SECRET},
        rows=_confirmations,
    ),
    Table(
        "mfa.Authenticator",
        title=_("Second steps of the sign-in"),
        impersonal=fields("id user"),
        personal={
            "type": _ACCOUNT,
            "data": _SIGN_IN_SECRET,
            "created_at": _TRACE,
            "last_used_at": _TRACE,
        },
        rows=_factors,
    ),
    Table("procrastinate.ProcrastinateWorker", impersonal=fields("id last_heartbeat")),
    Table(
        "procrastinate.ProcrastinateJob",
        impersonal=fields(
            "id queue_name task_name priority status scheduled_at attempts abort_requested worker"
        ),
        personal={
            name: Personal("jobs", Erased.STRUCK, is_exported=False)
            for name in ("args", "lock", "queueing_lock")
        },
    ),
    Table("procrastinate.ProcrastinateEvent", impersonal=fields("id job type at")),
    Table(
        "procrastinate.ProcrastinatePeriodicDefer",
        impersonal=fields("id task_name defer_timestamp job periodic_id"),
    ),
)

OTHERS: Final = RoomPrivacy(
    tables=_TABLES,
    activities=(
        Activity(
            key="accounts",
            title=_("Accounts"),
            purpose=_("To let those who work here sign in, and nobody else."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("Who may see and do what can only be decided when we know who it is."),
            whose=(Whose.ACCOUNT,),
            seen_by=_("The administrators, and the secretariat and the auditor the name."),
            kept_for=_("Until somebody asks us to erase it. Closing an account erases nothing."),
            rules=("confirmations",),
        ),
        Activity(
            key="sign-in-traces",
            title=_("Traces of signing in"),
            purpose=_("To let someone stay signed in, and to see when a way in was last used."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("Misuse is found by when and how someone signed in."),
            whose=(Whose.ACCOUNT,),
            seen_by=_("The one it is about, and the administrators."),
            kept_for=_(
                "Sessions until they end, at most half a day. When a way in was last used, for two"
                " years."
            ),
            rules=("sessions", "last-used", "last-sign-in", "service-last-used"),
        ),
        Activity(
            key="jobs",
            title=_("Work that waits"),
            purpose=_("To do what takes time when nobody has to wait for it."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("A job holds keys of what it is to work with, never a name or an address."),
            whose=(Whose.ACCOUNT,),
            seen_by=_("Nobody; whoever runs the machine can."),
            kept_for=_("Seven days after it is done."),
            rules=("jobs",),
        ),
    ),
    rules=(
        Rule(
            "sessions",
            _("Sessions that have ended are deleted."),
            lambda at: Session.objects.filter(expire_date__lt=at).order_by("pk"),
        ),
        Rule(
            "confirmations",
            _("Links that were to confirm an address are deleted after three days."),
            lambda at: EmailConfirmation.objects.filter(
                created__lt=at - KEEP_CONFIRMATIONS
            ).order_by("pk"),
        ),
        Rule(
            "last-used",
            _("When a second step was last used is emptied after two years."),
            lambda at: Authenticator.objects.filter(last_used_at__lt=at - KEEP_TRACES).order_by(
                "pk"
            ),
            _forget_use,
        ),
        Rule(
            "jobs",
            _("Jobs are deleted seven days after they are done."),
            finished_jobs,
        ),
    ),
    erase=_erase,
)
