"""What rooms above tell this one: which years are in use, and which purchase situations the framework knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from toetssteen.core.frameworks import Pack


@dataclass(frozen=True)
class UsedYear:
    """A covenant year of which somebody already works with a company's report number."""

    label: str
    ends_on: dt.date
    pack: Pack


UsedYears = Callable[[Collection[int]], dict[int, Sequence[UsedYear]]]
Situations = Callable[[], Sequence[tuple[str, str]]]

_used_years: list[UsedYears] = []
_situations: list[Situations] = []


def tell_used_years(provider: UsedYears) -> None:
    """Let a room above say which covenant years of an organisation may not change any more."""
    if provider not in _used_years:
        _used_years.append(provider)


def tell_situations(provider: Situations) -> None:
    """Let a room above say which purchase situations exist: (id, words in the language of the screen)."""
    if provider not in _situations:
        _situations.append(provider)


def used_years(organisation_ids: Collection[int]) -> dict[int, list[UsedYear]]:
    """The covenant years in use, per organisation."""
    found: dict[int, list[UsedYear]] = {}
    for provider in _used_years:
        for organisation_id, years in provider(organisation_ids).items():
            found.setdefault(organisation_id, []).extend(years)
    return found


def situation_choices() -> list[tuple[str, str]]:
    """The purchase situations of the framework in force; empty if no framework has been stored."""
    choices: Iterable[tuple[str, str]] = (choice for provider in _situations for choice in provider())
    return list(dict(choices).items())
