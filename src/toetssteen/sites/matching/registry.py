"""One new mention against the registry at once, in Python, with the weights that are shipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from toetssteen.core.sites import Match, Mention, Verdict
from toetssteen.core.sites.cleaning import Cleaned, cleaned
from toetssteen.core.sites.context import Context, context_of, place_words_of
from toetssteen.core.sites.matching import compare_cleaned

from .blocking import block_keys
from .model import weights

_ORDER = {Verdict.SAME: 0, Verdict.ASK: 1, Verdict.DIFFERENT: 2}


class Registry:
    """The sites of the registry, taken apart once and kept by the blocks they fall in.

    Make it once per task or request and use it for many mentions. A site may be given more than once, in several
    spellings under one id: the best answer counts.
    """

    def __init__(self, sites: Iterable[Mention]) -> None:
        listed = list(sites)
        self.place_words = place_words_of(listed)
        self.sites = [cleaned(site, self.place_words) for site in listed]
        self.context: Context = context_of(self.sites, self.place_words, weights())
        self._blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for position, site in enumerate(self.sites):
            for key in block_keys(site):
                self._blocks[key].append(position)

    def matches(self, mention: Mention) -> list[Match]:
        """Sites that are the same or worth a question, the likeliest first; empty for a new site."""
        new = cleaned(mention, self.place_words)
        best: dict[str, Match] = {}
        for site in self.candidates(new):
            answer = compare_cleaned(new, site, self.context)
            if answer.verdict == Verdict.DIFFERENT:
                continue
            known = best.get(site.id)
            found = Match(mention.id, site.id, answer)
            if known is None or _rank(found) < _rank(known):
                best[site.id] = found
        return sorted(best.values(), key=_rank)

    def candidates(self, mention: Cleaned) -> list[Cleaned]:
        """Sites that share a block with a mention."""
        found = {position for key in block_keys(mention) for position in self._blocks.get(key, ())}
        return [self.sites[position] for position in sorted(found)]


def _rank(match: Match) -> tuple[int, float, str]:
    return _ORDER[match.answer.verdict], -match.answer.probability, match.site_id


def match_against(mentions: Iterable[Mention], sites: Registry | Sequence[Mention]) -> list[Match]:
    """Every site that is the same as a mention or worth a question, per mention the likeliest first.

    More than one "same" for a mention is not an answer: then all of them are questions.
    """
    registry = sites if isinstance(sites, Registry) else Registry(sites)
    return [match for mention in mentions for match in one_answer(registry.matches(mention))]


def one_answer(matches: list[Match]) -> list[Match]:
    """Matches of one mention, in which two sites that are both "same" become questions."""
    from dataclasses import replace

    if sum(match.answer.verdict == Verdict.SAME for match in matches) < 2:
        return matches
    return [replace(match, answer=replace(match.answer, verdict=Verdict.ASK)) for match in matches]
