"""Measuring works from end to end on a small world; how fast the site is, is not tested here."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toetssteen.config.bench import load
from toetssteen.config.cli import main


def bench(*arguments: str, limit: int = 300) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TOETSSTEEN_") and k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "toetssteen.config.cli", "bench", *arguments],
        env=clean, capture_output=True, text=True, timeout=limit, check=False,
    )  # fmt: skip


def test_the_engine_is_measured_and_printed_as_json(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    done = bench("--quick", "--only", "engine", "--out", str(out))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == json.loads(out.read_text())
    assert found["engine"]["reports"] == 500
    assert found["engine"]["reports_per_second"] > 0
    assert found["machine"]["cores"] >= 1
    assert "databases" not in found


@pytest.mark.slow
def test_the_pages_are_loaded_by_people_of_every_kind_without_an_error() -> None:
    done = bench("--quick", "--only", "pages", "--databases", "sqlite", "--users", "4", "--seconds", "6")
    assert done.returncode == 0, done.stderr
    world = json.loads(done.stdout)["databases"]["sqlite"]["times"]["1"]
    seen = {key for key, page in world["pages"].items() if page.get("pages")}
    assert {"chain_list", "work_queue", "year_overview", "public_register", "framework"} <= seen
    kinds = {kind for page in world["pages"].values() for kind in page.get("kinds_of_errors", ())}
    assert not {kind for kind in kinds if kind[:1] in "345"}, kinds
    assert world["all_pages"]["processor_ms_per_page"] > 0


def test_percentiles_take_the_nearest_rank() -> None:
    times = [float(n) for n in range(1, 101)]
    assert [load.percentile(times, share) for share in (0.5, 0.95, 0.99)] == [50.0, 95.0, 99.0]
    assert load.percentile([7.0], 0.99) == 7.0


def test_a_page_that_is_refused_or_missing_counts_as_an_error() -> None:
    async def run() -> load.Seen:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked = await reader.readuntil(b"\r\n\r\n")
            status = b"200 OK" if b" /good/ " in asked and b"Cookie: sessionid=x" in asked else b"404 Not Found"
            writer.write(b"HTTP/1.1 " + status + b"\r\nConnection: close\r\n\r\n" + b"x" * 1000)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        visitor = {"cookie": "sessionid=x", "pages": [["good", "/good/"], ["gone", "/gone/"]]}
        job = {"host": "127.0.0.1", "port": port, "users": 2, "seconds": 1, "visitors": [visitor]}
        async with server:
            return await load.load(job)

    found = load.report(asyncio.run(run()))
    assert found["pages"]["good"] == {**found["pages"]["good"], "pages": 1, "errors": 0}
    assert found["pages"]["gone"] == {"pages": 0, "errors": 1, "kinds_of_errors": ["404"]}
    assert found["all"]["errors"] == 1


@pytest.mark.parametrize("wrong", [["--times", "0"], ["--times", "many"], ["--databases", "oracle"]])
def test_a_wrong_call_says_what_is_possible(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", *wrong])
    assert ended.value.code == 2
    assert "toetssteen bench" in capsys.readouterr().err
