"""The product's addresses, and one that nobody has decided about."""

from django.http import HttpResponse
from django.urls import path

from samskap.config import urls

urlpatterns = [
    *urls.urlpatterns,
    path("en/nobody-decided/", lambda _request: HttpResponse("open"), name="nobody-decided"),
]
