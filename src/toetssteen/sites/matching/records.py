"""Reads mentions and labelled pairs from CSV files as they come: any encoding, separator and order of columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from toetssteen.core.sites import Mention

LABELS = {
    **dict.fromkeys(("match", "same", "1", "true", "yes", "y", "duplicate", "positive", "ja", "linked", "1.0", "t",
                    "matched", "matches", "link", "duplicates", "equal", "identical", "gelijk", "zelfde"), "match"),
    **dict.fromkeys(("distinct", "different", "0", "false", "no", "n", "non match", "no match", "nee", "0.0", "f",
                    "nonmatch", "nomatch", "not match", "unmatched", "mismatch", "negative", "unique", "non duplicate",
                    "not duplicate", "not a match", "no duplicate", "not the same", "nonlink", "non link", "unlinked",
                    "unequal", "verschillend", "anders"), "distinct"),
    **dict.fromkeys(("unsure", "ask", "unknown", "maybe", "uncertain", "?", "", "possible", "onzeker",
                    "ambiguous", "unclear", "twijfel", "undecided", "review", "possible match", "null", "none", "na",
                    "n a"), "unsure"),
}  # fmt: skip
COLUMNS = {
    "id": "mention_id id record_id rec_id row_id unique_id uid",
    "name": "name raw_name site_name facility_name company_name supplier_name title",
    "local_name": "local_name name_local name_local_script native_name",
    "address": "address raw_address street site_address facility_address full_address",
    "place": "place raw_place city town village municipality locality",
    "admin1": "admin1 province state region admin_1",
    "country": "country raw_country country_code country_name land iso2",
    "lat": "lat latitude y",
    "lon": "lon lng long longitude x",
    "kind": "kind type site_type kinds facility_type role",
    "registry_numbers": "registry_numbers registry_number registration_number reg_no company_number os_id tax_id vat",
    "source": "reporting_org_id org_id source reporting_company contributor company",
}
FIRST = (
    "mention_a id_a record_a a left_id id_1 mention_1 mention_id_a id_l unique_id_l "
    "record_id_a rec_a a_id left id_left mention_l first"
)
SECOND = (
    "mention_b id_b record_b b right_id id_2 mention_2 mention_id_b id_r unique_id_r "
    "record_id_b rec_b b_id right id_right mention_r second"
)
LABEL = "label truth verdict match is_match outcome class gold expected answer is_same is_duplicate same target"


class RecordsError(Exception):
    """A file that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions and what people say about them: match, distinct or unsure."""

    id: str
    first: str
    second: str
    label: str
    reason: str = ""


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with plain column names; missing cells are empty."""
    text = _text(path)
    head = text[:20_000].splitlines()
    if not head:
        raise RecordsError(f"{path} is empty.")
    separator = max(",;\t|", key=lambda mark: (head[0].count(mark), mark == ","))
    csv.field_size_limit(10_000_000)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header = [re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_") for name in next(reader)]
        return [dict(zip(header, [cell.strip() for cell in row], strict=False)) for row in reader if any(row)]
    except csv.Error as error:
        raise RecordsError(f"{path} is not a table: {error}.") from error


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise RecordsError(f"there is no file {path}.") from error
    except OSError as error:
        raise RecordsError(f"{path} cannot be read: {error.strerror}.") from error
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        return (str(best) if best else raw.decode("cp1252", errors="replace")).replace("\0", "")


def _cell(row: dict[str, str], names: str, suffix: str = "") -> str:
    for name in names.split():
        for key in (name + suffix, f"{name}{suffix.replace('_a', '_1').replace('_b', '_2')}") if suffix else (name,):
            if row.get(key):
                return row[key]
    return ""


def number(text: str) -> float | None:
    """A coordinate in degrees, with a decimal point or comma; None for anything else."""
    try:
        found = float(text.replace(",", ".").replace("°", "").strip())
    except ValueError:
        return None
    return found if -180 <= found <= 180 else None


def _mention(row: dict[str, str], key: str, suffix: str = "") -> Mention:
    cells = {name: _cell(row, names, suffix) for name, names in COLUMNS.items()}
    lat, lon = number(cells["lat"]), number(cells["lon"])
    return Mention(
        id=key,
        name=cells["name"],
        local_name=cells["local_name"],
        address=cells["address"],
        place=cells["place"],
        admin1=cells["admin1"],
        country=cells["country"],
        lat=lat if lon is not None else None,
        lon=lon if lat is not None else None,
        kind=cells["kind"],
        registry_numbers=tuple(part.strip() for part in re.split(r"[;|]", cells["registry_numbers"]) if part.strip()),
        source=cells["source"],
    )


def read_mentions(path: Path) -> list[Mention]:
    """The mentions of a file in the form of `site_mentions.csv`; columns may be missing, an id may not."""
    rows = rows_of(path)
    found: dict[str, Mention] = {}
    if rows and not any(_cell(rows[0], COLUMNS["name"]) or name in rows[0] for name in COLUMNS["name"].split()):
        raise RecordsError(f"{path} has no column 'name'. Its columns are: {', '.join(rows[0])}.")
    if rows and not any(name in rows[0] for name in COLUMNS["id"].split()):
        raise RecordsError(f"{path} has no column 'mention_id'. Its columns are: {', '.join(rows[0])}.")
    for row in rows:
        key = _cell(row, COLUMNS["id"])
        if key:
            found.setdefault(key, _mention(row, key))
    return list(found.values())


def _sided(row: dict[str, str]) -> dict[str, str]:
    """A row whose columns end in _a and _b, also where they were called name_l, right_name or name_2."""
    found = dict(row)
    for column, cell in row.items():
        for ends, side in ((("_l", "_1", "_left"), "_a"), (("_r", "_2", "_right"), "_b")):
            for end in ends:
                bare = column.removesuffix(end) if column.endswith(end) else column.removeprefix(end[1:] + "_")
                if bare != column and bare:
                    found.setdefault(bare + side, cell)
    return found


def read_pairs(path: Path) -> tuple[list[Pair], list[Mention]]:
    """The labelled pairs of a file, and the mentions that stand in it (columns `name_a`, `address_a`, ...)."""
    rows = [_sided(row) for row in rows_of(path)]
    if rows and not any(name in rows[0] for name in LABEL.split()):
        raise RecordsError(f"{path} has no column 'label'. Its columns are: {', '.join(rows[0])}.")
    inline = bool(rows) and {"name_a", "name_b"} <= set(rows[0])
    named = bool(rows) and any(name in rows[0] for name in FIRST.split())
    if rows and not inline and not named:
        raise RecordsError(f"{path} names no mentions: give columns mention_a and mention_b, or name_a and name_b.")
    pairs, mentions = [], []
    for position, row in enumerate(rows, 1):
        key = row.get("pair_id") or f"row {position}"
        label = LABELS.get(re.sub(r"[_\s-]+", " ", _cell(row, LABEL).lower()).strip())
        if label is None:
            raise RecordsError(f"{path}, {key}: the label '{_cell(row, LABEL)}' is not match, distinct or unsure.")
        first, second = (_cell(row, FIRST), _cell(row, SECOND)) if named else (f"{key} a", f"{key} b")
        pairs.append(Pair(key, first, second, label, row.get("reason", "")))
        if inline:
            mentions += [_mention(row, first, "_a"), _mention(row, second, "_b")]
    return pairs, mentions
