"""Addresses of the desk that belong to no language."""

from django.urls import path

from samskap.workspace.views import demo, services

urlpatterns = [
    # A sign-in service is told this address beforehand, so it says no language.
    path("openid/<slug:key>/answer", services.answer, name="account_service_answer"),
    path("demo/utboks", demo.outbox, name="outbox"),
    path("demo/utboks/<uuid:key>", demo.letter, name="outbox-letter"),
]
