"""The operator's door: every command has help, exit codes, and errors that say what to do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.cast import NOW, Cast
from tests.postgres import free_port
from toetssteen.config import production
from toetssteen.config.cli import COMMANDS, main
from toetssteen.foundation import audit

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLES = PROJECT / "packs" / "trustone-2019" / "worked_examples.yaml"


def run(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator runs it."""
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("TOETSSTEEN_") and k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return subprocess.run(
        [sys.executable, "-m", "toetssteen.config.cli", *arguments],
        env=clean | {"TOETSSTEEN_HOME": str(home)} | environment,
        capture_output=True, text=True, timeout=90, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 80


def test_a_wrong_call_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["no-such-command"], [], ["recompute"], ["audit", "mend"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert "usage: toetssteen" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["audit", "verify"], ["recompute", "--year", "1"], ["worker", "--once"]])
def test_without_a_database_the_operator_reads_what_to_do(command: list[str], tmp_path: Path) -> None:
    done = run(*command, home=tmp_path)
    assert done.returncode == 1
    assert "there is no database yet. Run `toetssteen demo`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_out_of_reach_is_said(tmp_path: Path) -> None:
    done = run("audit", "verify", home=tmp_path, DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/none")
    assert done.returncode == 1
    assert "the database cannot be reached" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


# --- score and pack


def test_score_gives_every_example_its_result_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(EXAMPLES), "--format", "json"]) == 0
    results = json.loads(capsys.readouterr().out)
    expected = {e["id"]: e["expected"] for e in yaml.safe_load(EXAMPLES.read_text())["examples"]}
    assert set(results) == set(expected)
    for example_id, wanted in expected.items():
        if wanted.get("total") is not None:
            assert str(results[example_id]["total"]) == str(wanted["total"]), example_id


def test_score_says_which_example_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = yaml.safe_load(EXAMPLES.read_text())
    raw["examples"] = raw["examples"][:1]
    raw["examples"][0]["given"]["levels"]["q-9-9-99"] = "fully"
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump(raw))
    assert main(["score", str(broken)]) == 1
    said = capsys.readouterr().err
    assert "we-01" in said
    assert "q-9-9-99" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no file"),
        ("a: [", "not valid YAML"),
        ("examples: []", "does not say `pack: <id>`"),
        ("pack: no-such\nexamples: []", "is not in"),
        ("pack: ../../etc\nexamples: []", "is not in"),
    ],
)
def test_score_explains_a_file_it_cannot_use(
    content: str | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "examples.yaml"
    if content is not None:
        path.write_text(content)
    assert main(["score", str(path)]) == 1
    assert words in capsys.readouterr().err


def test_pack_check_names_file_id_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(EXAMPLES.parent)]) == 0
    assert "is in order" in capsys.readouterr().out
    copy = tmp_path / "pack"
    copy.mkdir()
    for path in EXAMPLES.parent.glob("*.yaml"):
        text = path.read_text()
        if path.name == "framework.yaml":
            text = text.replace("weight: 9", "weight: 10", 1)
        (copy / path.name).write_text(text)
    assert main(["pack", "check", str(copy)]) == 1
    assert "framework" in capsys.readouterr().err
    assert main(["pack", "compare", str(EXAMPLES.parent), str(copy)]) == 1
    assert "9 -> 10" in capsys.readouterr().out
    assert main(["pack", "check", str(tmp_path / "nothing")]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_pack_store_stores_once_and_leaves_a_trail(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    from toetssteen.covenant.models import PackVersion

    before = PackVersion.objects.count()
    assert main(["pack", "store", str(EXAMPLES.parent), "--note", "again"]) == 0
    assert main(["pack", "store", str(EXAMPLES.parent)]) == 0
    assert PackVersion.objects.count() <= before + 1
    assert "trustone-2019" in capsys.readouterr().out


# --- audit


def test_audit_verify_counts_and_finds_what_was_changed(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    from django.db import connection

    for number in range(3):
        audit.record(actor=None, verb="test.act", subject="test:1", at=NOW, number=number)
    assert main(["audit", "verify"]) == 0
    out = capsys.readouterr().out
    assert "3 events, 0 flaws" in out
    noted = out.split("last event: ")[1].split()[0]
    assert main(["audit", "verify", "--expect", noted]) == 0
    assert main(["audit", "verify", "--expect", "3:" + "0" * 64]) == 1
    assert "is not the event that was noted" in capsys.readouterr().err
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER foundation_auditevent_no_update")
        else:
            cursor.execute("ALTER TABLE foundation_auditevent DISABLE TRIGGER ALL")
        cursor.execute("UPDATE foundation_auditevent SET verb = 'test.other' WHERE number = 2")
    assert main(["audit", "verify"]) == 1
    assert "event 2: was changed after it was written" in capsys.readouterr().err


# --- createoperator


def test_createoperator_makes_an_operator_from_options_and_environment(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from toetssteen.accounts.models import Person
    from toetssteen.organisations.models import Appointment

    call = ["createoperator", "--email", "Op@Example.org", "--name", "Op"]
    monkeypatch.setenv("TOETSSTEEN_OPERATOR_PASSWORD", "short")
    assert main(call) == 1
    assert "not good enough" in capsys.readouterr().err
    assert not Person.objects.exists()
    monkeypatch.setenv("TOETSSTEEN_OPERATOR_PASSWORD", "een-lang-wachtwoord-hier")
    assert main(call) == 0
    person = Person.objects.get(email="op@example.org")
    assert person.check_password("een-lang-wachtwoord-hier")
    assert [a.role for a in Appointment.objects.filter(person=person)] == ["operator"]
    assert main(call) == 1
    assert "exists already" in capsys.readouterr().err
    assert "een-lang-wachtwoord-hier" not in capsys.readouterr().out


def test_createoperator_asks_nobody_when_nobody_is_there(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["createoperator"]) == 1
    assert "Give --email and --name" in capsys.readouterr().err


# --- recompute


def test_recompute_knows_the_years(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recompute", "--year", "9"]) == 1
    assert "Known years: 1, 2, 3, 4, 5" in capsys.readouterr().err
    assert main(["recompute", "--year", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


# --- production


class Settings:
    """Settings of a production start that is safe; each test spoils one."""

    SECRET_KEY = "k3yT-" + "".join(chr(33 + i) for i in range(60))
    DEBUG = DEMO = False
    DEMO_TODAY = ""
    ALLOWED_HOSTS = ["covenant.example.org"]
    SITE_URL = "https://covenant.example.org"
    CSRF_TRUSTED_ORIGINS = ["https://covenant.example.org"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
    EMAIL_BACKEND = "toetssteen.foundation.tasks.QueuedMail"
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    DEFAULT_FROM_EMAIL = "secretariat@covenant.example.org"
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    HOME = "/"


SPOILED = {
    "no secret key": ("SECRET_KEY", "", "There is no secret key"),
    "short secret key": ("SECRET_KEY", "abcdefghijklmnop", "too short"),
    "known secret key": ("SECRET_KEY", "insecure-key-for-demonstration-and-development-only", "everybody knows"),
    "debug": ("DEBUG", True, "TOETSSTEEN_DEBUG"),
    "demo": ("DEMO", True, "TOETSSTEEN_DEMO"),
    "clock": ("DEMO_TODAY", "2024-10-21", "TOETSSTEEN_TODAY"),
    "no hosts": ("ALLOWED_HOSTS", ["localhost"], "TOETSSTEEN_HOSTS"),
    "any host": ("ALLOWED_HOSTS", ["*"], "without *"),
    "http address": ("SITE_URL", "http://covenant.example.org", "https address"),
    "http origin": ("CSRF_TRUSTED_ORIGINS", ["http://covenant.example.org"], "is not https"),
    "cookies": ("SESSION_COOKIE_SECURE", False, "Cookies"),
    "sqlite": ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}, "DATABASE_URL"),
    "printed mail": ("MAIL_DELIVERY_BACKEND", "django.core.mail.backends.console.EmailBackend", "TOETSSTEEN_SMTP_HOST"),
    "sender": ("DEFAULT_FROM_EMAIL", "toetssteen@localhost", "TOETSSTEEN_MAIL_FROM"),
    "cache": ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "share"),
    "home": ("HOME", "/proc/nowhere", "TOETSSTEEN_HOME"),
}


def test_safe_settings_have_no_flaws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "HOME", str(tmp_path))
    assert production.flaws(Settings) == []


@pytest.mark.parametrize("case", SPOILED)
def test_each_unsafe_setting_is_named(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value, words = SPOILED[case]
    monkeypatch.setattr(Settings, "HOME", str(tmp_path))
    monkeypatch.setattr(Settings, name, value)
    found = production.flaws(Settings)
    assert len(found) == 1, found
    assert words in found[0]


def test_the_embedded_database_can_be_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "HOME", str(tmp_path))
    monkeypatch.setattr(Settings, "DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}})
    monkeypatch.setenv("TOETSSTEEN_SQLITE_IN_PRODUCTION", "1")
    assert production.flaws(Settings) == []


def test_a_production_start_lists_everything_at_once(tmp_path: Path) -> None:
    done = run("serve", "--port", str(free_port()), home=tmp_path, TOETSSTEEN_PRODUCTION="1", TOETSSTEEN_DEMO="1")
    assert done.returncode == 1
    assert "  1. There is no secret key." in done.stderr
    assert "TOETSSTEEN_DEMO" in done.stderr
    assert "TOETSSTEEN_SMTP_HOST" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "toetssteen.sqlite3").exists()


# --- serve


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for both starts: the first prepares it, the second finds it ready."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_starts_answers_and_stops_cleanly(number: signal.Signals, served_home: Path) -> None:
    port = free_port()
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    process = subprocess.Popen(
        [sys.executable, "-m", "toetssteen.config.cli", "serve", "--port", str(port), "--workers", "1"],
        env=clean | {"TOETSSTEEN_HOME": str(served_home)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        line = process.stdout.readline() if process.stdout else ""
        assert f"http://127.0.0.1:{port}" in line, line
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
            assert answer.read() == b"ok"
        taken = run("serve", "--port", str(port), "--no-prepare", home=served_home)
        assert taken.returncode == 1
        assert "is taken" in taken.stderr
        children = _children(process.pid)
        assert len(children) == 2
        process.send_signal(number)
        assert process.wait(30) == 0
        end = time.monotonic() + 10
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < end, "a child is still there"
            time.sleep(0.1)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]
