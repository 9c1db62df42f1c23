"""Scheduled and background work. Every task may run twice and does its work once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samskap.actors.actions.importing import APPLYING_TASK, READING_TASK
from samskap.actors.changes import forget_old_changes
from samskap.actors.compute.layout import lay_out
from samskap.actors.drawing import LAYOUT_TASK
from samskap.actors.yearly_letters import ask_those_due
from samskap.connectors.actor_imports import (
    apply_asked_for,
    read_waiting,
)
from samskap.kernel import mail
from samskap.kernel.caching import forget_expired
from samskap.trust import audit
from samskap.trust.actions import sign_head_of_the_day
from samskap.trust.actions.privacy import let_go_of_what_is_past
from samskap.trust.doers import OPERATOR
from samskap.trust.models.audit import Door

log = structlog.get_logger(__name__)

# 4 s, 16 s, 1 min, 4 min, 17 min, 1 h 8 min, 4 h 33 min: a mail server may be away for a morning.
_PATIENCE: Final = RetryStrategy(max_attempts=8, exponential_wait=4, retry_exceptions={OSError})


@app.task(name=mail.DELIVERY_TASK, queue="mail", retry=_PATIENCE)
def deliver_mail(*, key: str) -> None:
    """Deliver one letter; a letter that has been delivered is left alone."""
    with audit.through(Door.JOBS):
        mail.deliver(key, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="samskap.jobs.rescue", queue="upkeep", queueing_lock="rescue", pass_context=False)
async def rescue_stalled_jobs(timestamp: int) -> None:
    """Let another worker take the jobs of one that died."""
    del timestamp
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
        log.warning("job.rescued", task=job.task_name, job=job.id)


@app.periodic(cron="17 3 * * *")
@app.task(name="samskap.jobs.retention", queue="upkeep", queueing_lock="retention")
def let_go(timestamp: int) -> None:
    """Every night: let go of what is past its time, by the rules of the record of processing."""
    del timestamp
    with audit.through(Door.JOBS):
        run = let_go_of_what_is_past(by=OPERATOR, at=timezone.now())
    log.info("retention.done", **run.counts)


@app.periodic(cron="*/10 * * * *")
@app.task(name="samskap.jobs.forget", queue="upkeep", queueing_lock="forget", pass_context=False)
async def forget_what_has_expired(timestamp: int) -> None:
    """Every ten minutes: forget which addresses tried something, once it no longer counts.

    And which changes of the directory came before the newest thousand.
    """
    del timestamp
    await sync_to_async(forget_expired)(timezone.now())
    await sync_to_async(forget_old_changes)()


@app.periodic(cron="41 3 * * *")
@app.task(name=LAYOUT_TASK, queue="network", queueing_lock="network", lock="network")
def lay_out_network(timestamp: int | None = None) -> None:
    """Compute where actors stand in the network: after a tie has changed, and every night.

    Ties begin and end by the calendar too. Where nothing has changed, nothing is computed.
    """
    del timestamp
    for done in lay_out(at=timezone.now()):
        log.info("network.laid-out", **asdict(done))


@app.periodic(cron="5 4 * * *")
@app.task(name="samskap.jobs.sign_head", queue="upkeep", queueing_lock="sign_head")
def sign_head_of_log(timestamp: int) -> None:
    """Every night: sign how far the log is sealed, and show it to everyone.

    Once a day, however often it runs.
    """
    del timestamp
    with audit.through(Door.JOBS):
        signed = sign_head_of_the_day(by=OPERATOR, at=timezone.now())
    if signed is not None:
        log.info("log.head-signed", sequence=signed.sequence)


@app.task(name=READING_TASK, queue="imports")
def read_import(*, key: str) -> None:
    """Read a file of organisations, so that somebody can look through it."""
    with audit.through(Door.JOBS):
        read_waiting(key, at=timezone.now())


@app.task(name=APPLYING_TASK, queue="imports")
def apply_import(*, key: str, user: int | None) -> None:
    """Bring in a file of organisations that somebody has looked through."""
    with audit.through(Door.JOBS):
        apply_asked_for(key, user=user, at=timezone.now())


@app.periodic(cron="12 8 * * 1-5")
@app.task(name="samskap.jobs.ask_actors", queue="upkeep", queueing_lock="ask_actors")
def ask_actors(timestamp: int) -> None:
    """Every working day: ask those whose last letter is a year old whether we are right."""
    del timestamp
    with audit.through(Door.JOBS):
        sent = ask_those_due(address_of=_address_of_letter, by=OPERATOR, at=timezone.now())
    log.info("letters.asked", sent=sent)


def _address_of_letter(secret: str, language: str) -> str:
    with override(language):
        return f"{settings.SITE_ADDRESS}{reverse('portal:letter', args=[secret])}"
