"""The workspace's addresses. Path words follow the reader's language."""

from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from samskap.workspace import acting, facts, own_data, relations
from samskap.workspace.views import (
    account_keeping,
    actor,
    actors,
    demo,
    directory,
    erasing,
    history,
    home,
    imports,
    invitations,
    log,
    merging,
    network,
    people,
)

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "act-for/"), acting.act_for, name="act-for"),
    path(pgettext_lazy("address", "actors/"), directory.directory, name="actors"),
    path(
        format_lazy(
            "{}{}.<str:form>",
            pgettext_lazy("address", "actors/"),
            pgettext_lazy("address", "selection"),
        ),
        directory.directory_file,
        name="actors-file",
    ),
    path(pgettext_lazy("address", "actors/new/"), actors.register, name="actor-new"),
    path(pgettext_lazy("address", "actors/number/"), actors.check_number, name="actor-number"),
    path(pgettext_lazy("address", "actors/imports/"), imports.imports, name="imports"),
    path(pgettext_lazy("address", "actors/imports/<uuid:key>/"), imports.one, name="import"),
    path(
        pgettext_lazy("address", "actors/imports/<uuid:key>/change/"),
        imports.change,
        name="import-change",
    ),
    path(
        pgettext_lazy("address", "actors/imports/<uuid:key>/bring-in/"),
        imports.apply,
        name="import-apply",
    ),
    path(
        pgettext_lazy("address", "actors/imports/<uuid:key>/put-away/"),
        imports.cancel,
        name="import-cancel",
    ),
    path(
        pgettext_lazy("address", "actors/imports/<uuid:key>/rejected.csv"),
        imports.rejected,
        name="import-rejected",
    ),
    path(pgettext_lazy("address", "actors/network/"), network.network, name="network"),
    path(pgettext_lazy("address", "actors/duplicates/"), merging.duplicates, name="duplicates"),
    path(
        pgettext_lazy("address", "actors/merges/<uuid:key>/undo/"),
        merging.undo,
        name="merge-undo",
    ),
    path(pgettext_lazy("address", "actors/<slug:slug>/"), actor.actor, name="actor"),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/merge/"),
        merging.choose,
        name="merge-with",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/merge/<slug:other>/"),
        merging.merge,
        name="merge",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/is-not/<slug:other>/"),
        merging.tell_apart,
        name="tell-apart",
    ),
    path(pgettext_lazy("address", "actors/<slug:slug>/edit/"), actors.edit, name="actor-edit"),
    *facts.urlpatterns,
    *relations.urlpatterns,
    *own_data.urlpatterns,
    path(pgettext_lazy("address", "log/"), log.log, name="log"),
    path(pgettext_lazy("address", "log/seal/"), log.practice, name="log-practice"),
    path(pgettext_lazy("address", "log/<int:number>/undo/"), history.undo, name="undo"),
    path(
        pgettext_lazy("address", "history/<slug:kind>/<uuid:key>/"),
        history.history,
        name="history",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/history/"),
        history.person_history,
        name="person-history",
    ),
    path(pgettext_lazy("address", "people/"), people.people, name="people"),
    path(pgettext_lazy("address", "people/new/"), people.register, name="person-new"),
    path(pgettext_lazy("address", "people/<uuid:key>/"), people.person, name="person"),
    path(
        pgettext_lazy("address", "people/<uuid:key>/invite/"),
        invitations.invite,
        name="person-invite",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/invitation/withdraw/"),
        invitations.withdraw,
        name="invitation-withdraw",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/account/close/"),
        account_keeping.close_account,
        name="account-close",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/account/reopen/"),
        account_keeping.reopen_account,
        name="account-reopen",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/account/locks/remove/"),
        account_keeping.remove_locks,
        name="locks-remove",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/erase/"),
        erasing.erase,
        name="person-erase",
    ),
    path(
        pgettext_lazy("address", "people/<uuid:key>/mandates/give/"),
        people.give_mandate,
        name="mandate-give",
    ),
    path(
        pgettext_lazy("address", "mandates/<uuid:key>/end/"),
        people.end_mandate,
        name="mandate-end",
    ),
    path(pgettext_lazy("address", "try/<slug:role>/"), demo.sign_in, name="demo-sign-in"),
]
