"""Addresses of the desk that belong to no language."""

from django.urls import path

from samskap.workspace.views import demo

urlpatterns = [
    path("demo/utboks", demo.outbox, name="outbox"),
    path("demo/utboks/<uuid:key>", demo.letter, name="outbox-letter"),
]
