"""What a whole list tells about one pair: words of places, how rare a name is, which firms have several units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .cleaning import OTHER_TOWNS, Cleaned, cleaned
from .letters import folded, words_of
from .mentions import Mention
from .weights import UNTRAINED, Weights

OFTEN = 2
COMMON = 12


@dataclass(frozen=True, slots=True)
class Numbered:
    """One number that a firm is known with, and where."""

    firm: frozenset[str]
    legal: frozenset[str]
    place: str
    sort: str
    value: str


@dataclass(frozen=True, slots=True)
class Context:
    """The knowledge of a list; an empty one compares two mentions on their own."""

    place_words: frozenset[str] = frozenset()
    sites_of: Mapping[tuple[str, str], tuple[Numbered, ...]] = field(default_factory=dict)
    common_words: frozenset[str] = frozenset()
    weights: Weights = UNTRAINED

    def has_several(self, mention: Cleaned) -> bool:
        """Whether the list knows this firm with more than one unit, plot, pit or survey number, as far as it tells."""
        found: dict[str, set[str]] = defaultdict(set)
        for known in self.sites_of.get((mention.country, mention.name.joined), ()):
            if known.firm != mention.name.firm or (
                known.legal and mention.name.legal and not known.legal & mention.name.legal
            ):
                continue
            if mention.place and known.place and mention.place != known.place:
                continue
            found[known.sort].add(known.value)
        return any(len(values) > 1 for values in found.values()) or bool(found["unit"] - {"1"})


EMPTY = Context()


def place_words_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """Towns that a list names as places more than once, folded and without spaces, with their other names."""
    counts: Counter[str] = Counter()
    for (place, admin1), times in Counter((mention.place, mention.admin1) for mention in mentions).items():
        for town in _towns(place, admin1):
            counts[town] += times
    found = {word for word, count in counts.items() if count >= OFTEN and len(word) > 2}
    return frozenset(found | {other for other, town in OTHER_TOWNS.items() if town in found or other in found})


def _towns(place: str, admin1: str) -> set[str]:
    found: set[str] = set()
    for text in (place, admin1):
        words = [word for word in words_of(folded(text)) if word.isalpha()]
        found |= {"".join(words), *(word for word in words if len(word) >= 6)}
    return found


def context_of(
    ready: Iterable[Cleaned], place_words: frozenset[str] = frozenset(), weights: Weights = UNTRAINED
) -> Context:
    """The context of a list that was taken apart already."""
    sites: dict[tuple[str, str], set[Numbered]] = defaultdict(set)
    firms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention in ready:
        key = (mention.country, mention.name.joined)
        numbers, name = mention.numbers, mention.name
        sorts = (("unit", numbers.units), ("pit", numbers.pits), ("survey", numbers.surveys), ("plot", numbers.plots))
        for sort, values in sorts:
            for value in values:
                sites[key].add(Numbered(name.firm, name.legal, mention.place, sort, value))
        for word in mention.name.core:
            firms[word].add(key)
    several = {
        key: tuple(found) for key, found in sites.items() if len(found) > 1 or any(n.sort == "unit" for n in found)
    }
    common = frozenset(word for word, keys in firms.items() if len(keys) > COMMON)
    return Context(place_words, several, common, weights)


def prepared(mentions: list[Mention], weights: Weights = UNTRAINED) -> tuple[list[Cleaned], Context]:
    """A list taken apart, with its context."""
    words = place_words_of(mentions)
    ready = [cleaned(mention, words) for mention in mentions]
    return ready, context_of(ready, words, weights)
