# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""Files that are damaged, locked or made to hurt are refused with a reason, and cost little."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sheets.making import ods, text_file, xlsx
from toetssteen.sheets.reading import read
from toetssteen.sheets.reading.guarded import read_guarded

HEAD = ["Handelsnaam", "Leverancier", "Land", "Fabriek", "Groevegebied", "Ton"]
ROW = ["Absolute Black", "Verzonnen Exports", "India", "Verzonnen Exports", "Chittoor", 12]
LIMIT_MB = 300


def rewritten(source: Path, target: Path, changes: dict[str, bytes]) -> Path:
    """A copy of a zip file with other parts; a part that is not there yet is added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry, old.read(entry.filename))
        for name, content in changes.items():
            new.writestr(name, content)
    return target


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "good.xlsx", {"Ketens": [HEAD, ROW]})


def sheet_of(cells: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    ).encode()


def big_sheet(good: Path, target: Path, rows: int, columns: int) -> Path:
    """A workbook with a sheet of very many cells, made without holding it in memory."""
    letters = [chr(65 + c) for c in range(columns)]
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in old.infolist():
            if not entry.filename.endswith("sheet1.xml"):
                new.writestr(entry, old.read(entry.filename))
        with new.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(sheet_of("").split(b"</sheetData>")[0])
            for r in range(1, rows + 1):
                part.write(
                    f'<row r="{r}">{"".join(f"<c r={chr(34)}{x}{r}{chr(34)}><v>1</v></c>" for x in letters)}</row>'.encode()
                )
            part.write(b"</sheetData></worksheet>")
    return target


def memory_of(path: Path) -> tuple[str | None, float]:
    """Reject code and the most memory (MB) that reading took, in a process of its own.

    The kernel's peak of the process itself: `ru_maxrss` would count the process that started it too.
    """
    code = (
        "import re,sys\nfrom pathlib import Path\nfrom toetssteen.sheets.reading import read\nr=read(sys.argv[1])\n"
        "status=Path('/proc/self/status').read_text()\n"
        "print(r.reject_code, int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1])/1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    code_, memory = done.stdout.split()
    return (None if code_ == "None" else code_), float(memory)


def test_zip_bomb_is_refused_before_it_opens(good: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not entry.filename.endswith("sheet1.xml"):
                new.writestr(entry, old.read(entry.filename))
        with new.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(200):
                part.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 1_000_000
    code, memory = memory_of(bomb)
    assert code == "too_large_when_unpacked"
    assert memory < LIMIT_MB


def test_ten_million_cells_are_refused_with_little_memory(good: Path, tmp_path: Path) -> None:
    code, memory = memory_of(big_sheet(good, tmp_path / "big.xlsx", 100_000, 20))
    assert code == "too_large_when_unpacked"
    assert memory < LIMIT_MB


def test_repeated_ods_cells_are_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "r.ods", {"A": [HEAD, ROW]})
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    row = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="250" office:value-type="float" office:value="1"/></table:table-row>'
    bomb = rewritten(
        path, tmp_path / "bomb.ods", {"content.xml": content.replace(b"</table:table>", row + b"</table:table>")}
    )
    code, memory = memory_of(bomb)
    assert code == "too_large_when_unpacked"
    assert memory < LIMIT_MB


def test_entity_bomb_is_refused(good: Path, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}]><worksheet>&a11;</worksheet>'
    path = rewritten(good, tmp_path / "entities.xlsx", {"xl/worksheets/sheet1.xml": bomb.encode()})
    assert read(path).reject_code == "unreadable_file"


def test_outside_entity_is_not_fetched(good: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-on-disk")
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><sst><si><t>&e;</t></si></sst>'
    result = read(rewritten(good, tmp_path / "xxe.xlsx", {"xl/sharedStrings.xml": xml.encode()}))
    assert result.reject_code == "unreadable_file"
    assert "SECRET" not in repr(result)


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_damaged_workbook_is_refused(good: Path, tmp_path: Path, cut: float) -> None:
    content = good.read_bytes()
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(content[: int(len(content) * cut)])
    result = read(broken)
    assert result.reject_code == "unreadable_file"
    assert result.message


def test_flipped_bytes_never_raise(good: Path, tmp_path: Path) -> None:
    content = bytearray(good.read_bytes())
    for position in range(30, len(content), 97):
        changed = bytearray(content)
        changed[position] ^= 0xFF
        path = tmp_path / "flipped.xlsx"
        path.write_bytes(bytes(changed))
        assert read(path).result in ("parsed", "rejected")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.xlsx", b""),
        ("plaatje.xlsx", b"\x89PNG\r\n\x1a\n" + os.urandom(3000)),
        ("brief.xlsx", b"%PDF-1.7 " + b"x" * 500),
        ("ruis.csv", bytes(range(256)) * 40),
        ("pagina.xls", b"<html><body><table><tr><td>x</td></tr></table></body></html>"),
        ("half.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = read(tmp_path / name)
    assert result.reject_code == "unreadable_file"
    assert result.message.endswith(".")


def test_other_zip_files_are_refused(tmp_path: Path) -> None:
    for name, parts in {
        "a.xlsx": {"x.txt": "1"},
        "b.xlsx": {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"},
    }.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        assert read(tmp_path / name).reject_code == "unreadable_file"


def test_text_with_a_wrong_ending_is_read_as_what_it_is(good: Path, tmp_path: Path) -> None:
    path = text_file(tmp_path / "tekst.xlsx", [HEAD, ROW])
    assert read(path).chains[0].trade_name == "Absolute Black"
    other = tmp_path / "werkmap.csv"
    other.write_bytes(good.read_bytes())
    assert read(other).chains[0].trade_name == "Absolute Black"


def test_encrypted_ods_asks_for_a_copy_without_password(tmp_path: Path) -> None:
    path = ods(tmp_path / "o.ods", {"A": [HEAD, ROW]})
    manifest = b'<manifest:manifest xmlns:manifest="x"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    locked = rewritten(path, tmp_path / "slot.ods", {"META-INF/manifest.xml": manifest, "content.xml": os.urandom(500)})
    assert read(locked).reject_code == "password_protected"


def test_zip_with_password_asks_for_a_copy_without(good: Path, tmp_path: Path) -> None:
    content = bytearray(good.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(signature, start + 4)
    path = tmp_path / "slot.xlsx"
    path.write_bytes(bytes(content))
    assert read(path).reject_code == "password_protected"


def test_macros_are_told_and_not_run(good: Path, tmp_path: Path) -> None:
    result = read(rewritten(good, tmp_path / "m.xlsm", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))
    assert [p.code for p in result.problems] == ["macro_ignored"]
    assert result.chains[0].trade_name == "Absolute Black"


def test_links_to_other_files_are_told_and_not_followed(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "l.xlsx",
        {"Ketens": [HEAD, ROW, ["Tan Brown", "Verzonnen Exports", "India", "", "Karimnagar", 5]]},
        formulas={
            "Ketens": {
                "F3": ("='[1]Blad1'!A1", 5),
                "B3": ("='http://example.invalid/[a.xlsx]Blad1'!B1", "Verzonnen Exports"),
            }
        },
    )
    result = read(rewritten(path, tmp_path / "l2.xlsx", {"xl/externalLinks/externalLink1.xml": b"<x/>"}))
    told = [(p.row, p.column) for p in result.problems if p.code == "external_link_not_followed"]
    assert told == [(3, "Leverancier"), (3, "Ton")]
    assert result.chains[1].volume is not None
    assert result.chains[1].volume.tonnes == 5


def test_formula_without_value_is_not_computed(tmp_path: Path) -> None:
    rows = [HEAD, ROW, ["Tan Brown", "Verzonnen Exports", "India", "", "Karimnagar", None]]
    path = xlsx(
        tmp_path / "f.xlsx",
        {"Ketens": rows},
        formulas={"Ketens": {"F3": ("=1+1", ""), "B3": ('=WEBSERVICE("http://example.invalid")', "")}},
    )
    result = read(path)
    assert {(p.row, p.column, p.code) for p in result.problems} >= {
        (3, "Ton", "number_unreadable"),
        (3, "Leverancier", "formula_in_text_column"),
    }
    assert result.chains[1].volume is None


def test_guarded_reading_gives_the_same(good: Path) -> None:
    assert read_guarded(good) == read(good)


def test_guarded_reading_stops_in_time(good: Path, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slow = big_sheet(good, tmp_path / "slow.xlsx", 60_000, 16)
    assert read_guarded(slow, seconds=1).reject_code == "too_large_when_unpacked"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_csv_with_endless_cells_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    out = io.StringIO()
    out.write(";".join(HEAD) + "\n")
    out.write(";".join("x" for _ in range(200_000)) + "\n")
    out.write('"' + "y" * 2_000_000 + "\n")
    path.write_text(out.getvalue())
    code, memory = memory_of(path)
    assert code in (None, "unreadable_file")
    assert memory < LIMIT_MB


def test_a_busy_machine_is_not_the_fault_of_the_file(good: Path) -> None:
    """The clock runs while others work: only processor time tells that a file is too much."""
    result = read_guarded(good, patience=0.01)
    assert result.reject_code == "took_too_long"
    assert "Try again" in result.message
    stopped = read_guarded(good, seconds=3, patience=60)
    assert (stopped.result, len(stopped.chains)) == ("parsed", 1)


def test_a_binary_workbook_is_refused_with_what_to_do(good: Path, tmp_path: Path) -> None:
    binary = tmp_path / "ketens.xlsb"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(binary, "w") as new:
        new.writestr("[Content_Types].xml", old.read("[Content_Types].xml"))
        new.writestr("xl/workbook.bin", b"\x83\x01\x00")
    result = read(binary)
    assert (result.reject_code, result.problems[0].values) == ("unreadable_file", {"kind": "binary_workbook"})
    assert "XLSX" in result.message
