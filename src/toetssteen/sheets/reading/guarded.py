"""Reading in a process of its own, with a limit to its memory and time, so that no file can hurt the one who asked."""

from __future__ import annotations

import gc
import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from .reader import ColumnMapping, Corrections, rejected
from .results import ReadResult

# Processor time is what a file costs; wall time also tells how busy the machine is, so its bound is generous.
MEMORY = 1_200_000_000  # bytes of address space; what is really used stays far below
SECONDS = 60  # of processor time
PATIENCE = 250  # seconds by the clock
_TOO_LARGE = "This file holds more than can be read. Send only the sheet that is meant."
_TOO_LONG = "Reading took too long because the machine is busy. Try again."


def read_guarded(
    path: Path | str,
    *,
    filename: str = "",
    mapping: ColumnMapping | None = None,
    trade_names: dict[str, str] | None = None,
    corrections: Corrections | None = None,
    home_country: str | None = None,
    seconds: int = SECONDS,
    patience: float = PATIENCE,
) -> ReadResult:
    """The same as `read`, but a file that eats memory or processor time is refused and the caller lives on.

    `patience` is by the clock: when it ends the file is not blamed, the user is asked to try again.
    """
    wanted = {
        "filename": filename,
        "mapping": dict(mapping or {}),
        "trade_names": dict(trade_names or {}),
        "corrections": dict(corrections or {}),
        "home_country": home_country,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "toetssteen.sheets.reading.guarded", str(path), str(seconds)],
            input=pickle.dumps(wanted),
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return rejected("took_too_long", _TOO_LONG)
    if done.returncode != 0 or not done.stdout:
        killed = done.returncode < 0 or b"MemoryError" in done.stderr
        if killed:
            return rejected("too_large_when_unpacked", _TOO_LARGE)
        return rejected("unreadable_file", "This file is damaged: it cannot be read.")
    # the child is our own code and wrote the pickle from our own dataclasses
    result: Any = pickle.loads(done.stdout)  # noqa: S301
    return result if isinstance(result, ReadResult) else rejected("unreadable_file", "This file cannot be read.")


def main(arguments: list[str]) -> int:
    """The child: limits first, then read, then hand the result over."""
    seconds = int(arguments[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # this process lives for one file; looking for garbage in its cells costs a third of the time
    from .reader import read

    wanted = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from the parent
    try:
        result = read(arguments[0], **wanted)
    except MemoryError:
        result = rejected("too_large_when_unpacked", _TOO_LARGE)
    sys.stdout.buffer.write(pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
