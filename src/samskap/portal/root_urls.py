"""Addresses of the portal that belong to no language."""

from django.urls import path
from django.views.generic import RedirectView

from samskap.portal.views import robots, well_known

urlpatterns = [
    path("robots.txt", robots.robots),
    path(".well-known/security.txt", well_known.security, name="security-contact"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
]
