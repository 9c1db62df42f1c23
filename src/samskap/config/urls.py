"""Every address of the product: one line a door."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("samskap.api.urls")),
    *i18n_patterns(
        path("", include("samskap.portal.urls")),
    ),
]
