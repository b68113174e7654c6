"""What a whole list tells about one pair: words of places, how rare a name is, which firms have several units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .cleaning import OTHER_TOWNS, Cleaned, cleaned
from .letters import folded, words_of
from .mentions import Mention

OFTEN = 2


@dataclass(frozen=True, slots=True)
class Context:
    """The knowledge of a list; an empty one compares two mentions on their own."""

    place_words: frozenset[str] = frozenset()
    sites_of: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    firms_with: Mapping[str, int] = field(default_factory=dict)

    def has_several(self, mention: Cleaned) -> bool:
        """Whether the firm of this mention has more than one unit, plot, pit or survey number in the list."""
        return len(self.sites_of.get((mention.country, mention.name.joined), ())) > 1


EMPTY = Context()


def place_words_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """Words that a list names as places more than once, with the other names of those towns."""
    counts: Counter[str] = Counter()
    for place, admin1 in Counter((mention.place, mention.admin1) for mention in mentions).items():
        counts.update(dict.fromkeys(_words(*place), admin1))
    found = {word for word, count in counts.items() if count >= OFTEN}
    return frozenset(found | {other for other, town in OTHER_TOWNS.items() if town in found or other in found})


def _words(place: str, admin1: str) -> set[str]:
    words = words_of(folded(place)) + words_of(folded(admin1))
    return {word for word in words if len(word) > 2 and word.isalpha()} | {"".join(words_of(folded(place)))}


def context_of(ready: Iterable[Cleaned], place_words: frozenset[str]) -> Context:
    """The context of a list that was taken apart already."""
    sites: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    firms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention in ready:
        key = (mention.country, mention.name.joined)
        numbers = mention.numbers
        for sort, values in (
            ("unit", numbers.units),
            ("pit", numbers.pits),
            ("survey", numbers.surveys),
            ("plot", numbers.plots),
        ):
            for value in values:
                sites[key].add((sort, value))
        for word in mention.name.core:
            firms[word].add(key)
    several = {key: frozenset(found) for key, found in sites.items() if _several(found)}
    return Context(place_words, several, {word: len(keys) for word, keys in firms.items() if len(keys) > 1})


def _several(found: set[tuple[str, str]]) -> bool:
    """Two numbers of one sort; a second unit alone says that there is a first."""
    sorts = Counter(sort for sort, _value in found)
    return any(count > 1 for count in sorts.values()) or any(sort == "unit" and value != "1" for sort, value in found)


def prepared(mentions: list[Mention]) -> tuple[list[Cleaned], Context]:
    """A list taken apart, with its context."""
    words = place_words_of(mentions)
    ready = [cleaned(mention, words) for mention in mentions]
    return ready, context_of(ready, words)
