# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""All rows of one sheet: which are chains, what is said above them, and the problems in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from rapidfuzz import fuzz

from .answers import Answer, read_answer
from .columns import _COMPANY
from .folding import fold, key
from .names import Note
from .numbers import read_amount
from .results import Column, Field, Problem, ReadChain, Role, Severity, Site
from .rows import RowReader
from .severities import SEVERITIES
from .sheets import Understood
from .tables import is_note, is_repeated_header, is_total

F = Field
_NOT_NAMES = frozenset({F.VOLUME, F.SHARE, F.UNIT, F.ROW_NUMBER, F.DATE})
_TEXT_COLUMNS = frozenset(f for f in F if f not in _NOT_NAMES and not f.value.endswith(("coordinates", "lat", "lon")))
_DITTO_FIELDS = frozenset(f for f in F if f not in (F.ROW_NUMBER, F.REMARK, F.SHARE))
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xls[xmb]?\]|'?file:|https?://[^\"]*\.xls|\\\\", re.IGNORECASE)
_LOOKUP = re.compile(r"LOOKUP|INDEX\(|XLOOKUP|VERT\.ZOEKEN|RECHERCHEV|SVERWEIS", re.IGNORECASE)


class SheetCollector:
    """Goes through the rows of one sheet and gathers chains and problems."""

    def __init__(
        self, understood: Understood, reader: RowReader, corrections: Mapping[tuple[str, int, str], str]
    ) -> None:
        assert understood.table is not None
        self.understood, self.reader = understood, reader
        self.table, self.raw, self.sheet = understood.table, understood.raw, understood.sheet
        self.corrections = {
            (row, header): text for (name, row, header), text in corrections.items() if name == self.sheet.name
        }
        self.chains: list[ReadChain] = []
        self.problems: list[Problem] = []
        self.mapped = {c.index: c for c in self.sheet.columns if c.field is not None}
        self.headers = {c.index: c.header for c in self.sheet.columns}
        self.text_columns = {i for i, c in self.mapped.items() if c.field in _TEXT_COLUMNS and c.field != F.REMARK}
        self.formula_share = self._formula_share()
        self.lines = self.sheet.role == Role.PURCHASE_LINES
        self._add_looked_up()
        self.above: dict[int, str] = {}
        self.written: dict[str, str] = {}
        self.seen: dict[tuple[str, ...], int] = {}

    def _add_looked_up(self) -> None:
        """What a list of codes tells and the sheet has no column for becomes a column of its own, outside the sheet."""
        for coded, entries in self.understood.lookups.items():
            header = self.reader.by_field[coded].header
            for meaning in sorted({meaning for entry in entries.values() for meaning in entry}):
                if meaning not in self.reader.by_field:
                    column = Column(-1 - len(self.reader.by_field), header, meaning, 1.0)
                    self.reader.by_field[meaning] = column
                    self.reader.columns.append(column)
                    self.reader.level_columns.append(column)

    def problem(self, row: int | None, column: str | None, code: str, **values: str) -> None:
        """Note a problem with the weight its code has."""
        severity = SEVERITIES.get(code, Severity.INFO)
        self.problems.append(Problem(self.sheet.name, row, column, code, severity, values))

    def collect(self) -> None:
        """All rows."""
        self._about_columns()
        short = self._short_rows()
        for number, texts in self.table.rows.items():
            texts = self._corrected(number, texts)
            if number in self.raw.hidden_rows:
                if texts:
                    self.problem(number, None, "hidden_row_not_read")
                continue
            errors = {c: e for (n, c), e in self._errors_of(number)}
            if not texts and not errors:
                continue
            if is_total(texts, self.text_columns) or self._is_bare_sum(texts, errors):
                self.problem(number, None, "totals_row_skipped")
                continue
            if is_repeated_header(texts, self.table.headers):
                continue
            if is_note(texts, set(self.mapped) - self._row_numbers(), len(self.headers)) and not errors:
                if self._only_row_number(texts):
                    continue
                self.problem(number, None, "note_row_skipped")
                continue
            self._row(number, texts, errors, number in short)
        if self.table.cut is not None:
            self.problem(self.table.cut, None, "second_table_not_read")
        self._shares()

    def _errors_of(self, number: int) -> list[tuple[tuple[int, int], str]]:
        return (
            [((number, c), self.table.errors[number, c]) for c in self.headers if (number, c) in self.table.errors]
            if self.table.errors
            else []
        )

    def _row_numbers(self) -> set[int]:
        return {i for i, c in self.mapped.items() if c.field in (F.ROW_NUMBER, F.DATE)}

    def _only_row_number(self, texts: Mapping[int, str]) -> bool:
        return bool(texts) and set(texts) <= self._row_numbers()

    def _is_bare_sum(self, texts: Mapping[int, str], errors: Mapping[int, str]) -> bool:
        """A row with an amount and nothing else."""
        amounts = {i for i, c in self.mapped.items() if c.field in (F.VOLUME, F.SHARE, F.UNIT)}
        filled = {i for i, text in texts.items() if text}
        return bool(filled) and filled <= amounts and not errors

    def _corrected(self, number: int, texts: dict[int, str]) -> dict[int, str]:
        if not self.corrections:
            return texts
        changed = {
            i: self.corrections[number, header]
            for i, header in self.headers.items()
            if (number, header) in self.corrections
        }
        for index in changed:
            self.table.errors.pop((number, index), None)
            self.raw.formulas.pop((number, index), None)
        return {**texts, **changed} if changed else texts

    def _about_columns(self) -> None:
        for index, column in self.mapped.items():
            if index in self.raw.hidden_columns and column.samples:
                self.problem(None, column.header, "hidden_column_read")
            if column.field == F.SHARE and column.scale != 1:
                self.problem(None, column.header, "percentage_scale_guessed", written=", ".join(column.samples))
        amounts = [c for c in self.mapped.values() if c.field == F.VOLUME]
        if amounts and F.UNIT not in self.reader.by_field and all(c.unit is None for c in amounts):
            column = amounts[0]
            units = [
                read_amount(text, column.decimal).unit
                for row in self.table.rows.values()
                if (text := row.get(column.index))
            ]
            if units and not any(units):
                self.problem(None, column.header, "unit_missing")

    def _short_rows(self) -> set[int]:
        """Records with too few cells, when most have enough."""
        widths = self.raw.widths
        if not widths or not self.mapped:
            return set()
        needed = max(self.mapped) + 1
        rows = [n for n in self.table.rows if n > self.table.header_row]
        short = {n for n in rows if widths.get(n, needed) < needed}
        return short if len(short) <= max(1, len(rows) * 0.3) else set()

    def _row(self, number: int, raw_texts: dict[int, str], errors: dict[int, str], short: bool) -> None:
        if short:
            self.problem(number, None, "row_too_short")
        broken = frozenset(index for index in errors if index in self.mapped)
        for index in sorted(broken):
            self.problem(number, self.headers[index], "excel_error_in_cell", written=errors[index])
        broken |= self._formulas(number, raw_texts)
        texts = self._dittos(number, raw_texts)
        self._lookups(number, texts, broken)
        if not self._duplicate(number, texts):
            self._like_formula(number, raw_texts)
        self._doubles_before = len(self.problems)
        cells = {
            header: raw_texts.get(index) or errors.get(index, "") for index, header in self.headers.items() if header
        }

        def tell(column: Column | None, note: Note) -> None:
            values = {name: text for name, text in (("written", note.written), ("read_as", note.read_as)) if text}
            self.problem(number, column.header if column else None, note.code, **values)

        chain = self.reader.read(number, texts, broken, cells, tell)
        self.chains.append(chain)
        if not self.lines:
            self._possible_doubles(number, chain)
        self.above = texts

    def _dittos(self, number: int, texts: dict[int, str]) -> dict[int, str]:
        """Cells that say "the same" get what stands above them."""
        resolved = dict(texts)
        for index, text in texts.items():
            column = self.mapped.get(index)
            if (
                column is None
                or column.field not in _DITTO_FIELDS
                or len(text) > 40
                or read_answer(text) != Answer.DITTO
            ):
                continue
            above = self.above.get(index, "")
            if column.field == F.FACTORY and any(c.isalpha() for c in text) and self._other_supplier(texts):
                continue  # "idem" beside another supplier than above: the same as that supplier
            if above:
                resolved[index] = above
                self.problem(number, column.header, "ditto_resolved", written=text, read_as=above)
            elif column.field in (F.VOLUME, F.UNIT) or column.field not in (F.FACTORY, F.QUARRY, F.SUPPLIER):
                resolved[index] = ""
        return resolved

    def _other_supplier(self, texts: Mapping[int, str]) -> bool:
        supplier = self.reader.by_field.get(F.SUPPLIER)
        if supplier is None or not texts.get(supplier.index) or not self.above.get(supplier.index):
            return False
        here, above = texts[supplier.index], self.above[supplier.index]
        return read_answer(here) is None and fuzz.ratio(key(here), key(above)) < 75

    def _lookups(self, number: int, texts: dict[int, str], broken: frozenset[int]) -> None:
        for coded, entries in self.understood.lookups.items():
            column = self.reader.by_field[coded]
            code = texts.get(column.index, "")
            if not code or read_answer(code) is not None:
                continue
            entry = entries.get(key(code))
            if entry is None:
                self.problem(number, column.header, "lookup_failed", written=code)
                continue
            for meaning, text in entry.items():
                target = self.reader.by_field[meaning]
                if not texts.get(target.index) and target.index not in broken:
                    texts[target.index] = text

    def _formula_share(self) -> dict[int, float]:
        filled: dict[int, int] = {}
        formulas: dict[int, int] = {}
        if not self.raw.formulas:
            return {}
        for number, row in self.table.rows.items():
            for index in self.text_columns:
                if row.get(index) or (number, index) in self.table.errors:
                    filled[index] = filled.get(index, 0) + 1
                    formulas[index] = formulas.get(index, 0) + ((number, index) in self.raw.formulas)
        return {index: formulas.get(index, 0) / count for index, count in filled.items()}

    def _formulas(self, number: int, texts: Mapping[int, str]) -> frozenset[int]:
        """Tell about formulas; gives the amounts that a formula left without a value."""
        empty: set[int] = set()
        if not self.raw.formulas:
            return frozenset()
        for index, column in self.mapped.items():
            formula = self.raw.formulas.get((number, index))
            if formula is None:
                continue
            if _EXTERNAL.search(formula) and not formula.upper().startswith("HYPERLINK"):
                self.problem(
                    number, column.header, "external_link_not_followed", written=f"={formula.lstrip('=')}"[:120]
                )
            elif (
                index in self.text_columns
                and not _LOOKUP.search(formula)
                and (self.formula_share.get(index, 0) < 0.5 or not texts.get(index))
            ):
                self.problem(number, column.header, "formula_in_text_column", written=f"={formula.lstrip('=')}"[:120])
            elif (
                column.field in (F.VOLUME, F.SHARE)
                and not texts.get(index)
                and (number, index) not in self.table.errors
            ):
                self.problem(number, column.header, "number_unreadable", written=f"={formula.lstrip('=')}"[:120])
                empty.add(index)
        return frozenset(empty)

    def _like_formula(self, number: int, texts: Mapping[int, str]) -> None:
        for index, text in texts.items():
            if (
                text[0:1] not in ("=", "+", "-", "@", "\t")
                or (number, index) in self.raw.formulas
                or (number, index) in self.table.numbers
            ):
                continue
            column = self.mapped.get(index)
            if column is None or column.field not in _TEXT_COLUMNS or (number, index) in self.table.merged_down:
                continue
            if read_answer(text) is not None or read_amount(text).value is not None or re.match(r"[-+=]\s", text):
                continue
            self.problem(number, column.header, "formula_like_text", written=text[:120])

    def _duplicate(self, number: int, texts: Mapping[int, str]) -> bool:
        if self.lines:
            return False
        row = tuple(texts.get(i, "") for i, c in self.mapped.items() if c.field != F.ROW_NUMBER)
        earlier = self.seen.setdefault(row, number)
        if earlier != number:
            self.problem(number, None, "duplicate_row", read_as=str(earlier))
            return True
        return False

    def _possible_doubles(self, number: int, chain: ReadChain) -> None:
        """Names that differ only in capitals, marks or spaces from one above or beside them."""
        for level, name in (("direct_supplier", F.SUPPLIER), ("factory", F.FACTORY), ("quarry", F.QUARRY)):
            column = self.reader.by_field.get(name)
            for site in chain.levels[level].sites:
                if column is None or not site.name or not _tells(site):
                    continue
                earlier = self.written.setdefault(f"{level}:{key(site.name)}", site.name)
                beside = next(
                    (
                        s.name
                        for s in chain.levels["direct_supplier"].sites
                        if level == "factory" and s.name and key(s.name) == key(site.name)
                    ),
                    None,
                )
                if _bare(earlier) == _bare(site.name):
                    earlier = site.name
                other = earlier if earlier != site.name else beside if beside and beside != site.name else None
                if other and _bare(other) != _bare(site.name):
                    self.problem(number, column.header, "possible_duplicate_site", written=site.name, read_as=other)
                    self.written[f"{level}:{key(site.name)}"] = site.name

    def _shares(self) -> None:
        column = self.reader.by_field.get(F.SHARE)
        if column is None or len(self.chains) < 2:
            return
        values = []
        for chain in self.chains:
            amount = read_amount(chain.cells.get(column.header, ""), column.decimal)
            if amount.value is not None:
                values.append(amount.value if amount.unit == "%" else amount.value * column.scale)
        if len(values) >= 2 and abs(sum(values) - Decimal(100)) > Decimal("1.01"):
            self.problem(None, column.header, "shares_do_not_add_up", read_as=format(sum(values), "f"))


def _bare(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name).strip()


def _tells(site: Site) -> bool:
    folded = fold(site.name or "")
    return len(folded) >= 6 and (" " in folded or bool(_COMPANY.search(folded)))
