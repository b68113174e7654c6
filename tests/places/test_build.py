"""The gazetteer is made once, whole or not at all, and the site does without it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from toetssteen.config.cli import main
from toetssteen.places import build, gazetteer, languages, store
from toetssteen.places.own import own_places


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without a gazetteer."""
    target = tmp_path / "share" / "places.sqlite3"
    monkeypatch.setenv("TOETSSTEEN_PLACES", str(target))
    gazetteer._country_keys.cache_clear()
    yield target
    gazetteer._country_keys.cache_clear()


def test_without_a_gazetteer_everything_says_what_to_do(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOETSSTEEN_PLACES_BUILD", "never")
    assert gazetteer.available() is False
    with pytest.raises(gazetteer.Missing, match="toetssteen places build"):
        gazetteer.find("bundi")
    assert main(["places", "search", "bundi"]) == 1
    assert "toetssteen places build" in capsys.readouterr().err
    assert gazetteer.country_code("Indië") == "IN"  # the names of countries come with the code
    assert not elsewhere.exists()


def test_a_place_that_cannot_be_written_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOETSSTEEN_PLACES", str(tmp_path / "file" / "places.sqlite3"))
    with pytest.raises(gazetteer.Missing, match="TOETSSTEEN_PLACES"):
        gazetteer.find("bundi")


def test_a_damaged_file_is_a_sentence(elsewhere: Path) -> None:
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"no database" * 1000)
    with pytest.raises(gazetteer.Missing, match="damaged"):
        gazetteer.find("bundi")


def test_a_build_that_breaks_leaves_nothing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build._Builder, "run", broken)
    with pytest.raises(gazetteer.Missing, match="No space left"):
        gazetteer.find("bundi")
    assert list(elsewhere.parent.iterdir()) == []


@pytest.mark.slow
def test_two_processes_at_once_make_one_whole_file_in_little_memory(tmp_path: Path) -> None:
    target = tmp_path / "places.sqlite3"
    script = (
        "import re, pathlib; from toetssteen.places import gazetteer;"
        "found = gazetteer.resolve('Bundi', 'IN').id;"
        # the peak of the process itself: `ru_maxrss` would count the process that started it too
        "print(found, int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    environment = {**os.environ, "TOETSSTEEN_PLACES": str(target)}
    both = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
        for _n in range(2)
    ]
    for process in both:
        found, megabytes = process.communicate(timeout=300)[0].split()
        assert found == "IN.24.121"
        assert int(megabytes) < 400
    assert [path.name for path in tmp_path.iterdir()] == ["places.sqlite3"]
    database = sqlite3.connect(target)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_every_line_of_our_own_list_has_its_anchor_and_its_country() -> None:
    for own in own_places():
        anchor = gazetteer.get(own.anchor)
        assert anchor is not None, own
        assert anchor.country == own.country, own
        assert own.how in {"same", "in", "near"}, own
        assert (own.radius_km is not None) == (own.how == "near"), own
        if own.is_same:
            assert anchor.kind.value == own.kind, own
            assert anchor.name == own.name, own
        else:
            place = gazetteer.get(own.id)
            assert place is not None
            assert (place.lat, place.lon) == (anchor.lat, anchor.lon)


def test_countries_have_names_in_the_four_languages() -> None:
    rows = {code: main for code, main, _own in languages.names_of_countries()}
    assert len(rows) > 245
    assert {"Indien", "Inde", "India"} <= set(rows["IN"])
    assert languages.country_name("DE", "nl") == "Duitsland"


def test_the_file_belongs_to_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOETSSTEEN_PLACES", raising=False)
    assert store.path().name == f"places-{store.content_version()}.sqlite3"
    assert str(store.path()).startswith(sys.prefix)
