"""Every address of the product: one line a door."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import pgettext_lazy

urlpatterns = [
    path("", include("samskap.api.urls")),
    path("", include("samskap.workspace.root_urls")),
    path("", include("samskap.portal.root_urls")),
    *i18n_patterns(
        path(pgettext_lazy("address", "account/"), include("samskap.workspace.addresses")),
        path(pgettext_lazy("address", "work/"), include("samskap.workspace.urls")),
        path("", include("samskap.portal.urls")),
    ),
]

handler400 = "samskap.portal.views.errors.bad_request"
handler403 = "samskap.portal.views.errors.forbidden"
handler404 = "samskap.portal.views.errors.not_found"
handler429 = "samskap.portal.views.errors.too_often"
handler500 = "samskap.portal.views.errors.server_error"
