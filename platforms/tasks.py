"""What the worker does for this layer: queue what is due, and capture it."""

from __future__ import annotations

import time
from functools import cache

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from platforms.acts.capture import capture_document
from platforms.acts.capture_due import this_process
from platforms.acts.host_turn import turn
from platforms.fetching import Fetcher, host_of
from platforms.fetching.wayback import SaveFailed, SaveFailure, save_page_now
from platforms.limits import limits
from platforms.models import Document

MOST_A_MINUTE = 500
"""Documents queued at a time; the rest stays due, and the longest due comes first."""
KEPT_HOURS = 7 * 24
"""How long jobs that failed are kept to be looked at; those that succeeded go at once."""
IN_A_WHILE = RetryStrategy(max_attempts=5, exponential_wait=3)
MUCH_LATER = RetryStrategy(max_attempts=4, exponential_wait=8, retry_exceptions=[SaveFailed, OperationalError])


class HostIsBusy(Exception):
    """A command is asking the host just now; the job is tried again in a while."""


@app.periodic(cron="* * * * *")
@app.task(name="queue_due", queueing_lock="queue_due")
def queue_due(timestamp: int) -> int:
    """Queue a capture of each document that is due and not queued yet; return how many that made."""
    # What is at work may come back to the queue (a busy host): a second job would then be in its way.
    jobs = ProcrastinateJob.objects.filter(task_name=capture_one.name, status__in=["todo", "doing"])
    queued = {arguments["document_id"] for arguments in jobs.values_list("args", flat=True)}
    due = Document.objects.due(timezone.now()).exclude(pk__in=queued).values_list("pk", "source_url")
    return sum(queue_capture(document_id=pk, url=url) for pk, url in due[:MOST_A_MINUTE])


def queue_capture(*, document_id: int, url: str) -> bool:
    """Queue the capture of a document; say whether it was not queued already. Jobs of one host never run together."""
    job = capture_one.configure(lock=f"host {host_of(url)}", queueing_lock=f"document {document_id}")
    try:
        job.defer(document_id=document_id)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="capture_one", retry=IN_A_WHILE)
def capture_one(document_id: int) -> str:
    """Capture a document if it is still due, and say how that ended."""
    url = Document.objects.values_list("source_url", flat=True).get(pk=document_id)
    with turn(host=host_of(url), gap=settings.CAPTURE_SECONDS_BETWEEN_REQUESTS) as wait:
        if wait is None:
            raise HostIsBusy(host_of(url))
        time.sleep(wait)
        captured = capture_document(
            document_id=document_id, fetcher=_fetcher(), at=timezone.now(), by=_name(), due_at=timezone.now()
        )
    if captured.version is not None and settings.WAYBACK_SAVE:
        save_page.defer(url=url)
    return captured.outcome.value


@app.task(name="save_page", lock="wayback", retry=MUCH_LATER)
def save_page(url: str) -> str:
    """Ask the Wayback Machine to keep a page, one at a time; return where it did."""
    try:
        saved = save_page_now(
            url,
            limits=limits(),
            key=settings.WAYBACK_KEY,
            secret=settings.WAYBACK_SECRET,
            endpoint=settings.WAYBACK_ENDPOINT,
        )
    except SaveFailed as failed:
        if failed.failure in (SaveFailure.BAD_ADDRESS, SaveFailure.NO_KEY, SaveFailure.KEY_REFUSED):
            return failed.explanation  # trying again would change nothing
        raise
    return saved.url


@app.periodic(cron="*/2 * * * *")
@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was at when it was killed; until then its host would be kept from all others."""
    for job in await context.app.job_manager.get_stalled_jobs():
        try:
            await context.app.job_manager.retry_job(job)
        except (AlreadyEnqueued, UniqueViolation):  # its work is queued already
            await context.app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="17 3 * * *")
@app.task(name="remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that failed long ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)


@cache
def _fetcher() -> Fetcher:
    """Return the fetcher that the threads of this process share."""
    return Fetcher(limits())


@cache
def _name() -> str:
    return this_process()
