"""Work through the background tasks: mail, exports and whatever takes longer than a page may."""

from __future__ import annotations

import argparse
import logging
import threading
from pathlib import Path

from toetssteen.config.cli import CommandError

logger = logging.getLogger("toetssteen.tasks")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Once or for ever."""
    parser.add_argument("--once", action="store_true", help="stop when the queue is empty")
    parser.add_argument(
        "--interval", type=float, default=1.0, help="seconds between looks at an empty queue (default: 1)"
    )


def run(args: argparse.Namespace) -> int:
    """Run tasks until told to stop; tasks left by a dead worker are found at the start and every minute."""
    from django.core.management import call_command

    from toetssteen.foundation.tasks import Worker

    if args.interval < 0:
        raise CommandError("--interval must be zero or more seconds.")
    stopped = threading.Event()
    call_command("createcachetable", verbosity=0)  # what the apps remember between minutes stands there
    tidy()
    keeper = threading.Thread(target=_keep_tidy, args=(stopped,), daemon=True)
    keeper.start()
    worker = Worker(batch=args.once, interval=args.interval)
    worker.configure_signals()
    try:
        worker.run()
    finally:
        stopped.set()
    return 0


def tidy() -> None:
    """Find tasks of dead workers, forget old finished ones, tell the apps that time went on; show that it lives."""
    from django.conf import settings
    from django.utils import timezone

    from toetssteen.foundation import clock, hooks
    from toetssteen.foundation.tasks import forget_finished, reap

    moment = timezone.now()  # queues keep real time, also in a demonstration
    reap(moment)
    forget_finished(moment)
    hooks.tell("worker.minute", now=clock.now())
    (Path(settings.HOME) / "worker.alive").touch()


def _keep_tidy(stopped: threading.Event, every: float = 60.0) -> None:
    from django.db import close_old_connections

    while not stopped.wait(every):
        try:
            tidy()
        except Exception:
            logger.exception("looking for lost tasks failed; trying again in a minute")
        finally:
            close_old_connections()
