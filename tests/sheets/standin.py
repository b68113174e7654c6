"""A very plain reader, until the real one is there."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from toetssteen.sheets import own
from toetssteen.sheets.reading.results import *
from toetssteen.sheets.reading.results import Field, Role, Severity, Status

MATERIALS = {"graniet": "granite", "granite": "granite", "zandsteen": "sandstone", "porfier": "porphyry"}
COUNTRIES = {"india": "IN", "china": "CN", "italië": "IT", "nederland": "NL"}
LEVEL = {"supplier": "direct_supplier", "factory": "factory", "quarry_area": "quarry_area", "quarry": "quarry"}


def _heads():
    known = {}
    for head in own.HEADS:
        for language in ("nl", "en"):
            known[head.in_(language).casefold()] = head.field
    return known


def read(path, *, filename="", mapping=None, trade_names=None, corrections=None, home_country=None):
    data = Path(path).read_bytes()
    sheets = {}
    if data[:2] == b"PK":
        import openpyxl

        book = openpyxl.load_workbook(path, data_only=True)
        for ws in book.worksheets:
            sheets[ws.title] = [["" if v is None else str(v) for v in row] for row in ws.iter_rows(values_only=True)]
    else:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            return ReadResult(result="rejected", reject_code="unreadable_file")
        sheets["sheet"] = [row for row in csv.reader(io.StringIO(text), delimiter=";")]
    out_sheets, chains, problems = [], [], []
    for name, rows in sheets.items():
        if name in ("Lists", "Lijsten") or not rows:
            out_sheets.append(Sheet(name, Role.LOOKUP))
            continue
        columns = []
        for index, header in enumerate(rows[0]):
            field = _heads().get(header.casefold())
            if mapping and (name, header) in mapping:
                field = mapping[(name, header)]
            columns.append(Column(index, header, field, 0.9 if field else 0.0, tuple(r[index] for r in rows[1:4])))
        role = Role.PURCHASE_LINES if "Datum" in rows[0] else Role.CHAINS
        sheet = Sheet(name, role, 1, tuple(columns))
        out_sheets.append(sheet)
        for number, row in enumerate(rows[1:], 2):
            cells = {c.header: row[c.index] if c.index < len(row) else "" for c in columns}
            for head in cells:
                if corrections and (name, number, head) in corrections:
                    cells[head] = corrections[(name, number, head)]
            if not any(cells.values()):
                continue
            chain, found = understand_row(sheet, number, cells, trade_names=trade_names)
            chains.append(chain)
            problems += found
    return ReadResult("parsed", sheets=tuple(out_sheets), chains=tuple(chains), problems=tuple(problems), rows_read=len(chains))


def understand_row(sheet, row, cells, *, trade_names=None, home_country=None):
    by = {str(c.field): cells.get(c.header, "").strip() for c in sheet.columns if c.field}
    heads = {str(c.field): c.header for c in sheet.columns if c.field}
    problems = []
    said = by.get("material", "")
    material = MATERIALS.get(said.casefold()) or (trade_names or {}).get(by.get("trade_name", ""))
    if not material:
        problems.append(Problem(sheet.name, row, heads.get("material"), "material_unrecognised", Severity.ERROR, {"written": said}))
    volume = None
    if by.get("volume"):
        try:
            value = Decimal(by["volume"].replace(",", "."))
            volume = Volume(value, "t", value)
        except Exception:
            problems.append(Problem(sheet.name, row, heads["volume"], "number_unreadable", Severity.ERROR, {"written": by["volume"]}))
    levels = {}
    for prefix, level in LEVEL.items():
        name = by.get(prefix, "")
        if not name or name.casefold() in ("onbekend", "?", "unknown"):
            levels[level] = Level()
        elif "geweigerd" in name.casefold():
            levels[level] = Level(Status.ASKED_REFUSED)
        else:
            country = COUNTRIES.get(by.get(f"{prefix}_country", "").casefold())
            if by.get(f"{prefix}_country") and not country:
                problems.append(Problem(sheet.name, row, heads[f"{prefix}_country"], "country_unrecognised", Severity.WARNING, {"written": by[f"{prefix}_country"]}))
            place = by.get(f"{prefix}_place") or None
            if level == "quarry_area":
                site = Site(None, name, by.get("quarry_area_admin1") or None, country, as_written=name)
            else:
                site = Site(name, place, None, country, as_written=name)
            levels[level] = Level(Status.KNOWN, (site,))
    chain = ReadChain(sheet.name, row, material, by.get("trade_name") or None, by.get("product_group") or None, volume, levels, dict(cells))
    return chain, tuple(problems)
