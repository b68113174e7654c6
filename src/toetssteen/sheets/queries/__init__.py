"""Reading imports for the pages: what waits for a choice, what will happen, and what builds on what was done."""

from toetssteen.sheets.queries.building import built_on, trade_names
from toetssteen.sheets.queries.rows import (
    CellView,
    Counts,
    GoneChain,
    RowFilter,
    RowView,
    counts_of,
    gone_chains,
    gone_ids,
    open_choices,
    refused_without_day,
    row,
    rows_page,
    sheet_import,
    sheet_imports,
)

__all__ = [
    "CellView",
    "Counts",
    "GoneChain",
    "RowFilter",
    "RowView",
    "built_on",
    "counts_of",
    "gone_chains",
    "gone_ids",
    "open_choices",
    "refused_without_day",
    "row",
    "rows_page",
    "sheet_import",
    "sheet_imports",
    "trade_names",
]
