"""Background tasks: done once, tried again, found again after a killed worker, and wiped."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from toetssteen.foundation import tasks

DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
done: list[str] = []


@tasks.background(attempts=3, wait=dt.timedelta(seconds=30))
def remember(word: str) -> None:
    """Remember a word; fails on the word `never`."""
    if word == "never":
        raise ValueError("a secret inside the error")
    done.append(word)


@tasks.background(attempts=2)
def sleep_long() -> None:
    """Take longer than allowed."""
    time.sleep(5)


@pytest.fixture(autouse=True)
def _queue(settings, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    settings.TASKS = DATABASE_TASKS
    # The worker shares the transaction of the test, which it would take for a left-over.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    done.clear()


def work(**options) -> None:
    tasks.Worker(batch=True, interval=0, **options).run()


def test_a_task_is_done_once_and_its_arguments_are_wiped() -> None:
    remember.enqueue("granite")
    row = DBTaskResult.objects.get()
    assert row.args_kwargs["args"] == ["granite"]
    work()
    work()
    row.refresh_from_db()
    assert done == ["granite"]
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert "granite" not in str(row.args_kwargs)


def test_a_failed_task_waits_longer_each_time_and_then_stops() -> None:
    remember.enqueue("never")
    waits = []
    for attempt in (1, 2):
        before = timezone.now()
        work()
        row = DBTaskResult.objects.get()
        assert row.status == TaskResultStatus.READY, attempt
        waits.append((row.run_after - before).total_seconds())
        work()  # not yet: it waits
        assert len(DBTaskResult.objects.get().worker_ids) == attempt
        DBTaskResult.objects.update(run_after=timezone.now())
    work()
    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.FAILED
    assert len(row.worker_ids) == 3
    assert "never" not in str(row.args_kwargs)
    assert 29 < waits[0] < 35
    assert 59 < waits[1] < 65


def test_a_task_that_takes_too_long_is_stopped() -> None:
    sleep_long.enqueue()
    started = time.monotonic()
    work(limit=dt.timedelta(seconds=0.2))
    assert time.monotonic() - started < 3
    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.READY
    assert row.exception_class_path.endswith("TaskTooLong")


def test_a_task_left_running_long_ago_is_queued_again_and_a_fresh_one_is_left_alone() -> None:
    for word in ("old", "fresh"):
        remember.enqueue(word)
    now = timezone.now()
    old, fresh = DBTaskResult.objects.order_by("enqueued_at")
    elsewhere = ["another-machine:1:abcd"]
    for row, started in ((old, now - dt.timedelta(hours=1)), (fresh, now)):
        row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, started, elsewhere
        row.save()
    assert tasks.reap(now) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.status, fresh.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    assert old.run_after > now


def test_a_task_that_killed_all_its_workers_is_given_up() -> None:
    remember.enqueue("poison")
    gone = f"{tasks.worker_name().partition(':')[0]}:999999999:abcd"
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[gone] * 3)
    assert tasks.reap(timezone.now()) == 1
    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.FAILED
    assert "poison" not in str(row.args_kwargs)


def test_a_living_worker_of_this_machine_is_not_taken_for_dead() -> None:
    assert not tasks.is_gone(tasks.worker_name())
    assert not tasks.is_gone("another-machine:999999999:abcd")
    assert tasks.is_gone(f"{tasks.worker_name().partition(':')[0]}:999999999:abcd")


def test_mail_waits_in_the_queue_and_leaves_no_copy_there(settings) -> None:
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = EmailMessage("Invitation", "Your link: /invitation/secret-token/", to=["a@example.org"])
    assert tasks.QueuedMail().send_messages([message]) == 1
    assert mail.outbox == []
    work()
    assert [m.subject for m in mail.outbox] == ["Invitation"]
    assert "secret-token" in mail.outbox[0].body
    assert "secret-token" not in str(DBTaskResult.objects.values())


def test_mail_of_a_rolled_back_act_is_never_sent() -> None:
    from django.db import transaction

    def act_that_fails() -> None:
        with transaction.atomic():
            tasks.QueuedMail().send_messages([EmailMessage("No", "No", to=["a@example.org"])])
            assert DBTaskResult.objects.exists()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()
    assert not DBTaskResult.objects.exists()


@pytest.mark.slow
def test_a_killed_worker_process_loses_nothing(tmp_path: Path) -> None:
    """A real worker process is killed in the middle of a task; the next worker finds the task and does it."""
    module = tmp_path / "slow_work.py"
    module.write_text(
        "import pathlib, time\n"
        "from toetssteen.foundation.tasks import background\n"
        "@background(attempts=3)\n"
        "def work(folder):\n"
        "    folder = pathlib.Path(folder)\n"
        "    begun = folder / 'begun'\n"
        "    if not begun.exists():\n"
        "        begun.touch()\n"
        "        time.sleep(30)\n"
        "    (folder / 'done').touch()\n"
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment |= {"TOETSSTEEN_HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    door = [sys.executable, "-m", "toetssteen.config.cli"]
    subprocess.run([*door, "manage", "migrate", "-v", "0"], env=environment, check=True, timeout=180)
    enqueue = "import django; django.setup(); import sys, slow_work; slow_work.work.enqueue(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", enqueue, str(tmp_path)],
        env=environment | {"DJANGO_SETTINGS_MODULE": "toetssteen.config.settings"}, check=True, timeout=180,
    )  # fmt: skip
    first = subprocess.Popen([*door, "worker", "--interval", "0.1"], env=environment)
    try:
        _wait_for(tmp_path / "begun")
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    with sqlite3.connect(tmp_path / "toetssteen.sqlite3") as database:
        assert database.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchall() == [("RUNNING",)]
    # The next worker queues it again; it waits half a minute, which we do not.
    subprocess.run([*door, "worker", "--once"], env=environment, check=True, timeout=180)
    with sqlite3.connect(tmp_path / "toetssteen.sqlite3") as database:
        assert database.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchall() == [("READY",)]
        database.execute("UPDATE django_tasks_database_dbtaskresult SET run_after = '2000-01-01 00:00:00'")
    assert not (tmp_path / "done").exists()
    subprocess.run([*door, "worker", "--once"], env=environment, check=True, timeout=180)
    assert (tmp_path / "done").exists()


def _wait_for(path: Path, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.05)
