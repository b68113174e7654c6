"""Coverage per level beside what a year asks: the rows of the meters on every page that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.coverage import ChainCoverage, missing_for
from toetssteen.core.frameworks import Pack, Share, YearRule
from toetssteen.foundation.look.figures import in_language, percent


def meter_rows(pack: Pack, rule: YearRule | None, known: ChainCoverage | Mapping[str, Share]) -> list[dict[str, Any]]:
    """One row per level of the pack: its share, what the year asks, whether it is met, whether it is a placeholder.

    From a whole coverage the rows also say how many chains are still to name, and the share by volume.
    """
    shares = known.shares if isinstance(known, ChainCoverage) else known
    rows = []
    for level in pack.coverage_levels:
        share, cell, label = shares[level.id], rule.coverage.get(level.id) if rule else None, in_language(level.text)
        row = {
            "label": label[:1].upper() + label[1:],
            "share": share,
            "need": cell.value if cell else None,
            "met": share.reaches(cell.value) if cell else True,
            "mark": bool(cell and cell.placeholder),
        }
        if isinstance(known, ChainCoverage):
            found = known.levels[level.id]
            missing = missing_for(found.by_chain, cell.value) if cell else 0
            row["note"] = _("%(n)s still to name") % {"n": missing} if missing else ""
            row["volume"] = percent(found.by_volume) if found.total_volume else ""
        rows.append(row)
    return rows
