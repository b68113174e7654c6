"""What one import needs to turn rows into chains: the pack, the areas, and what its user chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.organisations.queries import situation_on
from toetssteen.sheets import comparing, lines, own
from toetssteen.sheets.choices import Change, Grade
from toetssteen.sheets.converting import Frame, areas_by_name, areas_by_place, chain_data, levels_of
from toetssteen.sheets.models import SheetImport, SheetRow
from toetssteen.sheets.understanding import told_by
from toetssteen.supplychain.data import ChainData
from toetssteen.supplychain.models import QuarryArea
from toetssteen.supplychain.queries import report_day


def frame_of(sheet_import: SheetImport, year: CovenantYear, today: dt.date) -> Frame:
    """The frame of an import; two queries."""
    pack = pack_of(year)
    on = report_day(year, today)
    areas = list(QuarryArea.objects.all())
    own_ones = [profile.id for profile in pack.framework.profiles if profile.id in pack.own_situations]
    return Frame(
        pack=pack,
        opened_on=sheet_import.opened_on or on,
        asked_on=sheet_import.asked_on,
        situation=sheet_import.situation,
        otherwise=situation_on(sheet_import.organisation_id, today) or (own_ones[0] if own_ones else ""),
        areas=areas_by_name(areas),
        areas_by_place=areas_by_place(areas),
    )


class Matcher:
    """Tells for each row of an import which chain of the company it is about and what differs."""

    def __init__(
        self, sheet_import: SheetImport, frame: Frame, chains: Sequence[Any], *, totals: Mapping[str, Any] | None = None
    ) -> None:
        self.frame, self.totals = frame, totals or {}
        self.levels = levels_of(frame.pack)
        self.register = comparing.Register.of(chains, list(self.levels.values()))
        self.told: dict[str, list[str]] = {}
        self.language: dict[str, str] = {}
        for sheet in sheet_import.layout:
            told = told_by(sheet)
            self.told[sheet["name"]] = [self.levels.get(part, part) for part in sorted(told)]
            self.language[sheet["name"]] = own.language_of(column["header"] for column in sheet["columns"])

    def data_of(self, row: SheetRow) -> ChainData:
        """The chain that a row comes to."""
        data = chain_data(lines.understood_of(row), self.frame, self.totals.get(row.group))
        language = self.language.get(row.sheet, "")
        return own.corrected(data, row.cells, self.frame.pack, language) if language else data

    def number_of(self, row: SheetRow) -> int | None:
        """The number of a chain that a row of our own table names."""
        language = self.language.get(row.sheet, "")
        if not language:
            return None
        head = own.NUMBER.in_(language).casefold()
        said = next((str(v) for h, v in row.cells.items() if h.casefold().strip() == head), "")
        said = said.strip().removesuffix(".0")
        return int(said) if said.isdigit() and len(said) < 19 else None

    def match(self, rows: Sequence[SheetRow]) -> None:
        """Set change, chain and differences of rows; of a group the first row is looked up."""
        if not self.register.known:
            for row in rows:
                row.change, row.chain_id, row.differences = Change.NEW, None, []
            return
        leaders: dict[str, SheetRow] = {}
        for row in rows:
            if row.grade < Grade.BLOCKED:
                leaders.setdefault(row.group, row)
        waiting: list[tuple[SheetRow, comparing.Canonical]] = []
        for row in leaders.values():
            number = self.number_of(row)
            found = self.register.take(number) if number is not None else None
            if found is not None:
                parts = own.changed_parts(found.chain, row.cells, self.frame.pack, self.language[row.sheet])
                self._found(row, found, [self.levels.get(part, part) for part in parts])
                continue
            waiting.append((row, comparing.canonical(self.data_of(row))))
        left = []
        for row, content in waiting:
            found = self.register.same(content)
            if found is not None:
                self._found(row, found, [])
            else:
                left.append((row, content))
        for row, content in left:
            found = self.register.like(content)
            if found is None:
                row.change, row.chain_id, row.differences = Change.NEW, None, []
            else:
                self._found(row, found, comparing.differences(found.parts, content, self._told(row)))
        for row in rows:
            leader = leaders.get(row.group)
            if leader is None:
                row.change, row.chain_id, row.differences = Change.NEW, None, []
            elif leader is not row:
                row.change, row.chain_id, row.differences = leader.change, leader.chain_id, leader.differences

    def _told(self, row: SheetRow) -> list[str]:
        """The parts that a row tells: what its sheet has columns for, and every level that it knows."""
        told = list(self.told.get(row.sheet, ()))
        known = [
            name for name, level in lines.understood_of(row).get("levels", {}).items() if level["status"] != "unknown"
        ]
        return list(dict.fromkeys(told + [self.levels[name] for name in known if name in self.levels]))

    def _found(self, row: SheetRow, found: comparing.Known, parts: list[str]) -> None:
        row.change = Change.CHANGED if parts else Change.SAME
        row.chain_id, row.differences = found.chain.pk, parts

    def merged(self, row: SheetRow, chain: Any) -> ChainData:
        """The stored chain with what the row tells otherwise."""
        days_told = bool(self.language.get(row.sheet))
        return comparing.merged(comparing.as_data(chain), self.data_of(row), row.differences, days_told=days_told)


def with_share(data: ChainData, share: Any) -> ChainData:
    """The chain with a share of the volume worked out from the tonnes."""
    return replace(data, share_of_volume=share)
