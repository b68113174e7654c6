"""The pack's own rules on publishing: which threshold, and which figures may be small."""

from __future__ import annotations

from toetssteen.core.frameworks import Pack

SAFEST_DEFAULT = 10


def threshold_for(pack: Pack, *, areas: bool = False) -> int:
    """The fewest companies a published figure may be about; a pack without rules gets a careful one."""
    if pack.disclosure is None:
        return SAFEST_DEFAULT
    rule = pack.disclosure.min_companies_area if areas else pack.disclosure.min_companies_default
    return rule.value


def may_show_small(pack: Pack, figure: str) -> bool:
    """The parties agreed that this figure may be shown however small it is."""
    return pack.disclosure is not None and figure in pack.disclosure.allow_small_counts_for
