"""Work done after the answer to the browser: it is tried again when it fails, and found again when a worker dies.

A background task must be idempotent: it may run twice when a worker is killed between doing and saying so. It is
queued in the transaction of its caller, so it never runs for something that was rolled back. Once it is done its
arguments are wiped, because they may hold addresses and links.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("toetssteen.tasks")

LIMIT = dt.timedelta(minutes=10)  # the longest a task may run
FORGOTTEN = dt.timedelta(minutes=15)  # running longer than this, its worker must be dead
KEPT = dt.timedelta(days=30)  # how long finished tasks stay, without their arguments
NO_ARGUMENTS: dict[str, Any] = {"args": [], "kwargs": {}}


@dataclass(frozen=True)
class Patience:
    """How often a task is tried, and how long it waits before the second time; each wait is twice the one before."""

    attempts: int = 5
    wait: dt.timedelta = dt.timedelta(seconds=30)

    def wait_after(self, attempt: int) -> dt.timedelta:
        """The wait after this attempt, counted from 1; never more than an hour."""
        return min(self.wait * (1 << (attempt - 1)), dt.timedelta(hours=1))


_patience: dict[str, Patience] = {}


class TaskTooLong(Exception):
    """A task ran longer than any task may."""


def background(
    *, attempts: int = 5, wait: dt.timedelta = dt.timedelta(seconds=30)
) -> Callable[[Callable[..., Any]], Any]:
    """Make a function of a module a background task: `send_reminder.enqueue(...)` with arguments that JSON knows."""

    def decorate(function: Callable[..., Any]) -> Any:
        made: Any = task(function)
        _patience[made.module_path] = Patience(attempts, wait)
        return made

    return decorate


def patience_of(row: DBTaskResult[..., Any]) -> Patience:
    """How often this task is tried; one that is not ours is tried once."""
    try:
        path = row.task.module_path  # imports the module, which registers its patience
    except Exception:
        return Patience(attempts=1)
    return _patience.get(path, Patience(attempts=1))


def try_again_later(row: DBTaskResult[..., Any], now: dt.datetime) -> bool:
    """Put a task back in the queue if it has attempts left; otherwise leave it failed and say so in the log."""
    patience, attempt = patience_of(row), len(row.worker_ids)
    rows = DBTaskResult.objects.filter(pk=row.pk, status=row.status)
    if attempt < patience.attempts:
        return bool(
            rows.update(
                status=TaskResultStatus.READY,
                started_at=None,
                finished_at=None,
                run_after=now + patience.wait_after(attempt),
            )
        )
    if rows.update(status=TaskResultStatus.FAILED, finished_at=now, args_kwargs=NO_ARGUMENTS):
        logger.error("task=%s id=%s failed for good after %s attempts", row.task_path, row.pk, attempt)
    return False


# --- finding tasks whose worker died


def worker_name() -> str:
    """A name that says on which machine and in which process a worker runs."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(worker: str) -> bool:
    """True if a worker ran on this machine and its process has ended; of other machines nothing is known."""
    host, _, rest = worker.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:30] or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def reap(now: dt.datetime, forgotten_after: dt.timedelta = FORGOTTEN) -> int:
    """Give tasks of dead workers another chance; returns how many were found."""
    found = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        old = row.started_at is None or row.started_at < now - forgotten_after
        if old or (row.worker_ids and is_gone(row.worker_ids[-1])):
            logger.warning("task=%s id=%s was left running by %s", row.task_path, row.pk, (row.worker_ids or ["?"])[-1])
            try_again_later(row, now)
            found += 1
    return found


def forget_finished(now: dt.datetime, kept: dt.timedelta = KEPT) -> int:
    """Remove finished tasks after a time; returns how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - kept).delete()[0]


class Worker(LibraryWorker):
    """Works through the queue: with a limit of time per task, new attempts for failed ones, and wiped arguments."""

    def __init__(self, *, batch: bool = False, interval: float = 1.0, limit: dt.timedelta = LIMIT) -> None:
        super().__init__(
            queue_names=["*"], interval=interval, batch=batch, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=worker_name(), excluded_queue_names=[],
        )  # fmt: skip
        self.limit = limit

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """Run one task; afterwards it is done and wiped, queued again, or failed for good."""

        def too_long(number: int, frame: FrameType | None) -> None:
            raise TaskTooLong(f"{db_task_result.task_path} ran longer than {self.limit}")

        before = signal.signal(signal.SIGALRM, too_long)
        signal.setitimer(signal.ITIMER_REAL, self.limit.total_seconds())
        try:
            super().run_task(db_task_result)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if db_task_result.status == TaskResultStatus.FAILED:
            try_again_later(db_task_result, timezone.now())
        else:
            DBTaskResult.objects.filter(pk=db_task_result.pk).update(args_kwargs=NO_ARGUMENTS)


# --- mail


@background(attempts=8, wait=dt.timedelta(minutes=1))
def deliver_mail(
    subject: str, body: str, sender: str, to: list[str], html: str = "", headers: dict[str, str] | None = None
) -> None:
    """Hand one mail to the mail server."""
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    mail = EmailMultiAlternatives(subject, body, sender, to, headers=headers, connection=connection)
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


class QueuedMail(BaseEmailBackend):
    """Django's way to send mail, through the queue: a mail server that is down makes mail late, never lost."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Queue each mail; mail is sent in the transaction of its caller or not at all."""
        count = 0
        for mail in email_messages:
            if mail.attachments:
                raise ValueError("Mail with attachments is not sent from this site; send a link to a page instead.")
            html = next((a[0] for a in getattr(mail, "alternatives", []) if a[1] == "text/html"), "")
            deliver_mail.enqueue(
                subject=str(mail.subject), body=str(mail.body), sender=mail.from_email, to=mail.recipients(),
                html=str(html), headers={k: str(v) for k, v in mail.extra_headers.items()},
            )  # fmt: skip
            count += 1
        return count
