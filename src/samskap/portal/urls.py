"""The portal's addresses. Path words follow the reader's language."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from samskap.portal.views import gallery, home, pages

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "components/"), gallery.gallery, name="gallery"),
    path(pgettext_lazy("address", "about/"), pages.about, name="about"),
    path(pgettext_lazy("address", "accessibility/"), pages.accessibility, name="accessibility"),
    path(pgettext_lazy("address", "privacy/"), pages.privacy, name="privacy"),
    path(pgettext_lazy("address", "open-data/"), pages.open_data, name="open-data"),
]
