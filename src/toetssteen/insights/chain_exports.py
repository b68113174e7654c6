"""All chains as a file for the secretariat: the same rows as its table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.workbooks import csv_cell, table_as_xlsx
from toetssteen.supplychain.choices import LevelState
from toetssteen.supplychain.queries import ChainRow

PART = 60_000  # characters that are sent together


class Named(Protocol):
    """A company as a file names it."""

    @property
    def name(self) -> str: ...
    @property
    def reference(self) -> str: ...


def heads(pack: Pack) -> list[str]:
    """The first row."""
    levels = [in_language(level.text) for level in pack.coverage_levels]
    return [
        _("Company"), _("Number"), _("Material"), _("Name you use for it"), _("Product"), _("Situation"),
        _("Quarried in"), _("Processed in"), _("Share, %"), _("Checked on"),
        *(head for level in levels for head in (level, f"{level}: {_('place')}")),
    ]  # fmt: skip


def table(rows: Iterable[tuple[Named, ChainRow]]) -> Iterable[list[Any]]:
    """One row per chain; what is not known says how it is not known."""
    for company, row in rows:
        cells: list[Any] = []
        for cell in row.cells:
            name = cell.name if cell.state == LevelState.KNOWN else str(LevelState(cell.state).label)
            cells += [f"{name} (+{cell.more})" if cell.more else name, cell.where]
        yield [
            company.name, company.reference, row.material, row.trade_name, row.product, row.situation,
            country_name(row.extraction_country) if row.extraction_country else "",
            country_name(row.processing_country) if row.processing_country else "",
            row.share, row.confirmed_on, *cells,
        ]  # fmt: skip


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Separated by semicolons, as Dutch spreadsheets open it; in parts, so that sending begins at once."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(head)
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
        if out.tell() > PART:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """One sheet with a head that stays in sight; text stays text."""
    yield table_as_xlsx(_("chains"), head, rows)
