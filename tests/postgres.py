"""A PostgreSQL of our own for the tests: started in an empty folder on a free port, stopped and removed at the end.

`python -m tests.postgres COMMAND ...` runs the command with DATABASE_URL set.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from toetssteen.config.own_postgres import NoPostgres, free_port, running_postgres

__all__ = ["free_port"]


def main(command: list[str]) -> int:
    """Run a command against a PostgreSQL of its own."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running_postgres(unsafe=True) as address:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, check=False).returncode
    except NoPostgres as error:
        raise SystemExit(f"tests.postgres: {error}") from error


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
