"""What the services share: the locked import, and its way from state to state."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Sum
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.sheets import permissions, policies
from toetssteen.sheets.choices import Decision
from toetssteen.sheets.models import SheetImport, SheetRow, TradeName
from toetssteen.sheets.reading.results import Role
from toetssteen.supplychain.models import Chain, ChainLink

BATCH = 1000


@contextmanager
def without_collecting() -> Iterator[None]:
    """While many thousands of rows are made, not to look again and again whether some of them are garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def locked(actor: Actor, import_id: int, row_version: int | None = None) -> SheetImport:
    """The import, locked; for whom may not see it, it does not exist."""
    found = permissions.visible_sheet_imports(actor).select_for_update().filter(pk=import_id).first()
    if found is None:
        raise Refused(no(_("This spreadsheet does not exist.")))
    if row_version is not None and found.row_version != row_version:
        raise StaleRow(found)
    return found


def move(sheet_import: SheetImport, state: str) -> None:
    """The next state of an import."""
    if not policies.allows_move(sheet_import.state, state):
        raise Refused(no(_("This spreadsheet is further on already. Load the page again.")))
    sheet_import.state = state
    sheet_import.row_version += 1
    sheet_import.progress = 0


def trade_names() -> dict[str, str]:
    """The names that the secretariat added, with their materials."""
    return dict(TradeName.objects.values_list("name", "material"))


def is_lines(sheet_import: SheetImport) -> bool:
    """Some sheet of this file holds purchase lines, of which several come to one chain."""
    return any(sheet["role"] == Role.PURCHASE_LINES for sheet in sheet_import.layout)


def totals_of(sheet_import: SheetImport, groups: Sequence[str] | None = None) -> dict[str, Decimal | None]:
    """The tonnes of groups of several rows; rows that are left out do not count."""
    if not is_lines(sheet_import):
        return {}
    rows = SheetRow.objects.filter(sheet_import=sheet_import).exclude(decision=Decision.OUT)
    if groups is not None:
        rows = rows.filter(group__in=list(groups))
    found = rows.order_by().values_list("group").annotate(lines=Count("pk"), tonnes=Sum("tonnes"))
    return {group: tonnes for group, _lines, tonnes in found}


def open_chains(organisation_id: int, **only: Any) -> list[Chain]:
    """The open chains of a company with their links; two queries."""
    rows = Chain.objects.filter(organisation_id=organisation_id, closed_on__isnull=True, **only).order_by("pk")
    links = ChainLink.objects.select_related("quarry_area").order_by("position", "pk")
    return list(rows.prefetch_related(Prefetch("links", queryset=links)))


def ask_again(rows: Iterable[SheetRow]) -> Counter[int]:
    """How many rows there are of each grade."""
    return Counter(row.grade for row in rows)
