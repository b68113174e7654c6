"""Build the demonstration world where there is none yet, print the logins, and start the site."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from toetssteen.config.cli import CommandError

PREPARES_DJANGO = True
DEMO_DAY = "2024-10-21"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Start over or not, serve or not, where."""
    parser.add_argument("--fresh", action="store_true", help="throw away what is there and start over")
    parser.add_argument("--no-serve", action="store_true", help="only build the world, do not start the site")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--times", type=int, default=1, metavar="N", help="build the world so many times over, to measure with"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the world is there (and the site was stopped); 1 when it cannot be built."""
    if args.times < 1:
        raise CommandError("--times takes 1 or more.")
    os.environ.setdefault("TOETSSTEEN_DEMO", "1")
    os.environ.setdefault("TOETSSTEEN_TODAY", DEMO_DAY)
    fresh = args.fresh or os.environ.get("FRESH", "").lower() in {"1", "true", "yes", "on"}
    import django
    from django.conf import settings

    if settings.PRODUCTION:
        raise CommandError("this is a production installation; the demonstration is built on another one.")
    if fresh and not settings.DATABASE_URL:
        _remove_embedded(settings.HOME, settings.PRIVATE_FILES)
    django.setup()
    from toetssteen.config.commands.serve import prepare, run_site

    prepare()
    _world(times=args.times, fresh=fresh)
    _print_logins(args.host, args.port)
    if args.no_serve:
        return 0
    return run_site(host=args.host, port=args.port, on_ready=lambda: print("The site is ready.", flush=True))


def _remove_embedded(home: Path, private: Path) -> None:
    """Remove the embedded database with its side files, and the private files."""
    for path in home.glob("toetssteen.sqlite3*"):
        path.unlink()
    shutil.rmtree(private, ignore_errors=True)


def _world(*, times: int, fresh: bool) -> None:
    from django.conf import settings
    from django.db import connection

    from toetssteen.config.demo.build import build
    from toetssteen.config.demo.world import WorldError
    from toetssteen.covenant.models import PackVersion
    from toetssteen.organisations.models import Organisation

    if fresh and settings.DATABASE_URL:
        _empty(settings.PRIVATE_FILES)
    if PackVersion.objects.exists() or Organisation.objects.exists():
        print("The demonstration world is there; what was entered is kept (--fresh starts over).", flush=True)
        return
    began = time.monotonic()
    try:
        build(
            folder=settings.DEMO_WORLD,
            pack=settings.PACKS / "trustone-2019",
            copies=times,
            say=lambda line: print(line, file=sys.stderr, flush=True),
        )
    except WorldError as error:
        raise CommandError(f"the demonstration world does not fit our own engine. {error}") from error
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connection.close()
    print(f"The demonstration world was built in {time.monotonic() - began:.1f} s.", flush=True)


def _empty(private: Path) -> None:
    """Empty all tables but the list of migrations; TRUNCATE passes the triggers that forbid changing rows."""
    from django.db import connection

    tables = [t for t in connection.introspection.table_names() if t != "django_migrations"]
    keep = {"django_content_type", "auth_permission"}
    named = ", ".join(connection.ops.quote_name(t) for t in tables if t not in keep)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {named} RESTART IDENTITY CASCADE")
        else:
            raise CommandError("--fresh knows the embedded database and PostgreSQL.")
    shutil.rmtree(private, ignore_errors=True)


def _print_logins(host: str, port: int) -> None:
    from toetssteen.config.demo.asking import OPEN_LINK
    from toetssteen.config.demo.ground import LOGINS, PASSWORD

    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104
    print(f"\nToetssteen, demonstration of {os.environ['TOETSSTEEN_TODAY']}: http://{shown}:{port}")
    print(f"Password of everybody: {PASSWORD}\n")
    for login in LOGINS:
        second = "   second factor: the sign-in page shows the code" if login.second_factor else ""
        print(f"  {login.email:<26} {login.in_words_en}{second}")
    print(f"\nA supplier, without an account: http://{shown}:{port}/ask/{OPEN_LINK}/")
    print(flush=True)
