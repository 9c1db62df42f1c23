"""The addresses of what is held about people: one's own, and the record of all of it."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from samskap.workspace.views import my_data, privacy

urlpatterns = [
    path(pgettext_lazy("address", "my-data/"), my_data.my_data, name="my-data"),
    path(pgettext_lazy("address", "my-data/my-data.json"), my_data.my_file, name="my-data-file"),
    path(pgettext_lazy("address", "my-data/ask/"), my_data.ask, name="my-data-ask"),
    path(pgettext_lazy("address", "privacy/"), privacy.privacy, name="privacy"),
    path(
        pgettext_lazy("address", "privacy/record.<str:form>"),
        privacy.record_file,
        name="privacy-record",
    ),
    path(
        pgettext_lazy("address", "privacy/<uuid:key>/answer/"),
        privacy.answer,
        name="privacy-answer",
    ),
]
