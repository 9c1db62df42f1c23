"""`samskap mail test`: how far a letter comes, in words."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from samskap.cli.main import cli
from tests.world.mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(settings):
    settings.DEMO = False
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    return settings


def mail_test(address="kari@example.org"):
    return CliRunner().invoke(cli, ["mail", "test", address])


def test_a_letter_that_was_taken_is_told(plain):
    with mail_server() as server:
        plain.EMAIL_PORT = server.port
        told = mail_test()

    assert (told.exit_code, len(server.taken)) == (0, 1)
    assert server.taken[0].recipients == ["kari@example.org"]
    assert told.stdout.startswith(f"127.0.0.1:{server.port} took a letter to kari@example.org.")


def test_a_server_that_refuses_is_quoted(plain):
    with mail_server() as server:
        plain.EMAIL_PORT, server.refuses = server.port, 1
        told = mail_test()

    assert told.exit_code == 1
    assert "refused the letter" in told.stderr
    assert "SAMSKAP_MAIL_FROM" in told.stderr


def test_a_server_that_is_away_is_told(plain):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        plain.EMAIL_PORT = free.getsockname()[1]
    told = mail_test()

    assert told.exit_code == 1
    assert "does not answer" in told.stderr
    assert "SAMSKAP_SMTP_HOST" in told.stderr


def test_nothing_leaves_a_demonstration(plain):
    plain.DEMO = True

    told = mail_test()

    assert told.exit_code == 1
    assert told.stderr.startswith("No letter leaves this installation")
