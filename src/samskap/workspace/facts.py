"""The addresses of what is known of one actor: its age, its ties, its letter, its suggestions."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from samskap.workspace.views import asking, suggestions, ties

urlpatterns = [
    path(
        pgettext_lazy("address", "actors/<slug:slug>/confirm/"),
        asking.confirm,
        name="actor-confirm",
    ),
    path(pgettext_lazy("address", "actors/<slug:slug>/ask/"), asking.ask, name="actor-ask"),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/history/"),
        asking.history,
        name="actor-history",
    ),
    path(pgettext_lazy("address", "actors/<slug:slug>/ties/new/"), ties.tie, name="tie-new"),
    path(pgettext_lazy("address", "actors/<slug:slug>/ties/<uuid:key>/"), ties.edit, name="tie"),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/ties/<uuid:key>/end/"),
        ties.end,
        name="tie-end",
    ),
    path(
        pgettext_lazy("address", "actors/<slug:slug>/ties/<uuid:key>/remove/"),
        ties.remove,
        name="tie-remove",
    ),
    path(pgettext_lazy("address", "suggestions/"), suggestions.suggestions, name="suggestions"),
    path(
        pgettext_lazy("address", "suggestions/<uuid:key>/accept/"),
        suggestions.accept,
        name="suggestion-accept",
    ),
    path(
        pgettext_lazy("address", "suggestions/<uuid:key>/decline/"),
        suggestions.decline,
        name="suggestion-decline",
    ),
]
