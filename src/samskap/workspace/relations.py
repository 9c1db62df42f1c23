"""The addresses of what we have with actors: talks, people, memberships and bodies."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from samskap.workspace.views import balance, bodies, briefing, contact_log, contacts, memberships

urlpatterns = [
    # Talks
    path(pgettext_lazy("address", "talks/"), contact_log.talks, name="talks"),
    path(pgettext_lazy("address", "talks/new/"), contact_log.write_up, name="talk-new"),
    path(pgettext_lazy("address", "talks/actors/"), contact_log.find_actor, name="find-actor"),
    path(pgettext_lazy("address", "talks/people/"), contact_log.people_there, name="talk-people"),
    path(pgettext_lazy("address", "talks/<uuid:key>/edit/"), contact_log.edit, name="talk-edit"),
    path(
        pgettext_lazy("address", "talks/<uuid:key>/remove/"),
        contact_log.remove,
        name="talk-remove",
    ),
    path(pgettext_lazy("address", "talks/<uuid:key>/done/"), contact_log.done, name="step-done"),
    path(
        pgettext_lazy("address", "talks/<uuid:key>/reopen/"),
        contact_log.reopen,
        name="step-reopen",
    ),
    path(pgettext_lazy("address", "next-steps/"), contact_log.next_steps, name="next-steps"),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/talks/"),
        contact_log.talks_with,
        name="actor-talks",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/what-we-know/"),
        briefing.briefing,
        name="briefing",
    ),
    # People at an actor
    path(
        pgettext_lazy("address", "actors/<slug:slug>/contacts/"),
        contacts.contacts,
        name="contacts",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/contacts/new/"),
        contacts.add,
        name="contact-new",
    ),
    path(pgettext_lazy("address", "contacts/<uuid:key>/edit/"), contacts.edit, name="contact-edit"),
    path(
        pgettext_lazy("address", "contacts/<uuid:key>/left/"),
        contacts.has_left,
        name="contact-left",
    ),
    path(
        pgettext_lazy("address", "contacts/<uuid:key>/erase/"),
        contacts.erase,
        name="contact-erase",
    ),
    # Memberships
    path(pgettext_lazy("address", "partners/"), memberships.partners, name="partners"),
    path(pgettext_lazy("address", "lapsing/"), memberships.lapsing, name="lapsing"),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/membership/"),
        memberships.membership,
        name="membership",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/membership/new/"),
        memberships.start,
        name="membership-new",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/membership/representative/"),
        memberships.represent,
        name="representative-new",
    ),
    path(
        pgettext_lazy("address", "memberships/<uuid:key>/edit/"),
        memberships.edit,
        name="membership-edit",
    ),
    path(
        pgettext_lazy("address", "memberships/<uuid:key>/end/"),
        memberships.end,
        name="membership-end",
    ),
    path(
        pgettext_lazy("address", "memberships/<uuid:key>/agreement/"),
        memberships.agreement,
        name="agreement",
    ),
    path(
        pgettext_lazy("address", "memberships/<uuid:key>/agreement/remove/"),
        memberships.remove_agreement,
        name="agreement-remove",
    ),
    # Balance
    path(pgettext_lazy("address", "balance/"), balance.balance, name="balance"),
    path(pgettext_lazy("address", "balance/board/"), balance.board, name="balance-board"),
    # Bodies
    path(pgettext_lazy("address", "bodies/"), bodies.bodies, name="bodies"),
    path(pgettext_lazy("address", "bodies/new/"), bodies.set_up, name="body-new"),
    path(pgettext_lazy("address", "bodies/<slug:slug>/"), bodies.body, name="body"),
    path(pgettext_lazy("address", "bodies/<slug:slug>/edit/"), bodies.edit, name="body-edit"),
    path(
        pgettext_lazy("address", "bodies/<slug:slug>/seats/new/"),
        bodies.give_seat,
        name="seat-new",
    ),
    path(pgettext_lazy("address", "seats/<uuid:key>/end/"), bodies.end_seat, name="seat-end"),
    path(pgettext_lazy("address", "seats/<uuid:key>/renew/"), bodies.renew_seat, name="seat-renew"),
]
