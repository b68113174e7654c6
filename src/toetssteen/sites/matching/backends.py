"""Where the model runs: DuckDB in one process here, Spark on a cluster; both take the same settings and model file.

To run on Spark install `pyspark`, make a session and give `spark(session)` a table with the columns of
`blocking.COLUMNS`: only reading the rows in differs. Settings and model file are the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI

from .blocking import COLUMNS


def duckdb_in(folder: Path | None = None, threads: int = 2, memory: str = "1500MB") -> DuckDBAPI:
    """A database in memory, or in a folder so that large lists may spill to disk."""
    connection = duckdb.connect(str(folder / "matching.duckdb") if folder else ":memory:")
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    if folder:
        connection.execute(f"SET temp_directory = '{folder}'")
    return DuckDBAPI(connection)


def spark(session: Any) -> Any:
    """The same on a running Spark session; needs the package pyspark, which is not installed with Toetssteen."""
    from splink.backends.spark import SparkAPI

    return SparkAPI(spark_session=session)


def table_of(api: DuckDBAPI, rows: list[tuple[Any, ...]]) -> Any:
    """Rows of mentions as a registered table of Splink, for lists that fit in memory."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    api.duckdb_con.execute(f"CREATE OR REPLACE TABLE mentions ({columns})")
    if rows:
        marks = ", ".join("?" for _ in COLUMNS)
        api.duckdb_con.executemany(f"INSERT INTO mentions VALUES ({marks})", rows)  # noqa: S608 - marks only
    return api.register("mentions")


def table_of_files(api: DuckDBAPI, pattern: str) -> Any:
    """Rows that were written as JSON lines, for lists that do not fit in memory."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    api.duckdb_con.execute(
        f"CREATE OR REPLACE TABLE mentions AS SELECT * FROM read_json('{pattern}', "  # noqa: S608 - own paths
        f"columns = {{{columns}}}, format = 'newline_delimited')"
    )
    return api.register("mentions")
