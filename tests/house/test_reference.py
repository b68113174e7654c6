"""What was written from the code is still what the code says."""

from __future__ import annotations

import re
import subprocess

from toetssteen.config import reference
from toetssteen.config.access_matrix import known_permissions, rows

from .source import PROJECT, report

TEXT = {".py", ".md", ".html", ".txt", ".po", ".js", ".css", ".yaml", ".yml", ".toml", ".sh", ".csv", ".json", ""}
# Things that belong to one machine or to the way of working, not to the project.
STRANGE = re.compile(
    r"/(?:work|root|home/\w+)/|/tmp/\w+/|files\.pythonhosted|registry\.npmjs|--index-url|--find-links|\bissue #?\d+\b|"
    r"\bsub-?agents?\b|\blanguage model\b|\bprompt engineering\b|Co-authored-by",
    re.I,
)
ALLOWED = {"tests/house/test_reference.py"}


def test_reference_pages_are_fresh() -> None:
    found = [str(path.relative_to(PROJECT)) for path in reference.stale(PROJECT / "docs" / "reference")]
    report(found, "Reference pages are stale: look at the difference after `make docs`.")


def test_every_permission_is_in_the_matrix_and_somebody_has_it() -> None:
    seen: dict[str, set[str]] = {}
    for name, _about, answers in rows():
        seen.setdefault(name, set()).update(member for member, answer in answers.items() if answer)
    assert set(seen) == {permission.name for permission in known_permissions()}
    report([name for name, members in seen.items() if not members], "A right that nobody has is no right.")
    visitors = sorted(name for name, members in seen.items() if "visitor" in members)
    # An item of the library that is for everybody is the one thing that is read without signing in.
    open_to_all = ["library.view_item"]
    assert visitors == open_to_all, f"a visitor may do these: {visitors}"
    unproved = sorted(name for name, members in seen.items() if "assessor, no second factor" in members)
    assert unproved == open_to_all, f"an assessor without second factor may do these: {unproved}"


def test_permission_names_follow_the_law() -> None:
    found = [
        p.name
        for p in known_permissions()
        if not re.fullmatch(r"\w+\.[a-z]+(_[a-z]+)*", p.name)
        or p.name.partition(".")[0] != p.verdict.__module__.split(".")[1]
        or not p.sentence.endswith(".")
    ]
    report(
        found,
        "A permission is named <app>.<verb>_<thing> in the app that owns it, and its sentence ends in a full stop.",
    )


def test_the_project_names_no_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    found = []
    for name in listed.stdout.splitlines():
        path = PROJECT / name
        if name in ALLOWED or path.suffix not in TEXT or not path.is_file() or "/vendor/" in name:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            if len(line) < 2000 and (hit := STRANGE.search(line)):
                found.append(f"{name}:{number}: {hit.group()}")
    report(found, "The project holds nothing of one machine.")


def test_locks_name_no_host() -> None:
    for name in ("runtime", "dev", "tools"):
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") > 10
