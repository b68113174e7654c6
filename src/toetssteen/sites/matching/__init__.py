"""Recognising sites: one new mention against the registry at once, or a whole list in bulk.

`match_against(mentions, sites)` answers for a few mentions in Python alone; `match_all(mentions)` for up to a
million with Splink on DuckDB. Both give the answers of `core.sites.compare`. The modules that need the database
are loaded when used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .registry import Registry, match_against

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toetssteen.core.sites import Mention

    from .bulk import Result

__all__ = ["Registry", "match_against", "match_all"]


def match_all(mentions: Iterable[Mention], workers: int = 2) -> Result:
    """Clusters and questions of a list of any size; see `bulk`."""
    from . import bulk

    return bulk.match_all(mentions, workers)
