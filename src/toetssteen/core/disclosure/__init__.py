"""Small groups stay unrecognisable: what may be shown of counts, averages and volumes, and what is hidden with it."""

from .amounts import dominated, protect_average, protect_volume, protect_volumes, sensitive
from .attack import Sum, derivable
from .cells import DOMINANCE, SMALL_GROUP, Bins, Cell, Shown, Suppressed, Table, plain
from .counts import hidden_cells, protect, protect_overlapping, protect_table
from .groups import (
    LOWEST_THRESHOLD,
    Fact,
    Group,
    companies_in,
    fact,
    group,
    groups_of,
    hidden_groups,
    told_by_change,
)
from .overlaps import changed_by_few, difference_tells, protect_part
from .rules import may_show_small, threshold_for

__all__ = [
    "DOMINANCE",
    "LOWEST_THRESHOLD",
    "SMALL_GROUP",
    "Bins",
    "Cell",
    "Fact",
    "Group",
    "Shown",
    "Sum",
    "Suppressed",
    "Table",
    "changed_by_few",
    "companies_in",
    "derivable",
    "difference_tells",
    "dominated",
    "fact",
    "group",
    "groups_of",
    "hidden_cells",
    "hidden_groups",
    "may_show_small",
    "plain",
    "protect",
    "protect_average",
    "protect_overlapping",
    "protect_part",
    "protect_table",
    "protect_volume",
    "protect_volumes",
    "sensitive",
    "threshold_for",
    "told_by_change",
]
