"""Addresses of the portal that belong to no language."""

from django.urls import path
from django.views.generic import RedirectView

from samskap.portal.views import robots

urlpatterns = [
    path("robots.txt", robots.robots),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
]
