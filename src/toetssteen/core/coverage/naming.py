"""The fewest links to name before a company knows as much of its chains as a year asks."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from toetssteen.core.coverage.count import Chain, LevelCoverage, cover, gaps
from toetssteen.core.frameworks import Pack, Share
from toetssteen.core.frameworks.values import Exact


@dataclass(frozen=True)
class ToName:
    """What naming can do for the coverage of a year: which levels of which chains, and what stays out of reach.

    Says nothing of points, key questions or a plan: who names all this meets the coverage of the year, not the year.
    """

    links: tuple[tuple[Hashable, str], ...]  # chain, level
    out_of_reach: tuple[str, ...]  # levels that stay below the demand even when everything is named
    hard: int  # how many of these links were asked and refused

    @property
    def is_enough(self) -> bool:
        """Naming these links is enough; also true when nothing has to be named."""
        return not self.out_of_reach

    def of_level(self, level: str) -> tuple[Hashable, ...]:
        """The chains of which this level is to be named."""
        return tuple(chain for chain, at in self.links if at == level)


def links_to_name(
    pack: Pack,
    chains: Mapping[Hashable, Chain],
    demands: Mapping[str, Exact],
    hard_states: Collection[str] = (),
) -> ToName:
    """The smallest set of chain levels which, once known, bring every level to its demand (percent), in pack order.

    Counted in the unit of the pack: by chain any unknown link counts the same, by volume the largest chains come first,
    which no smaller set can beat. Among equals the links come first that nobody refused, then the largest volume, then
    the order given. LookupError when a chain has a situation that the pack does not know.
    """
    coverage = cover(pack, chains.values())
    open_levels = {key: gaps(pack, chain) for key, chain in chains.items()}
    links: list[tuple[Hashable, str]] = []
    short: list[str] = []
    hard = 0
    for level in pack.coverage_levels:
        if level.id not in demands:
            continue
        wanted = [key for key, missing in open_levels.items() if level.id in missing]
        refused = {key for key in wanted if any(s in hard_states for s in chains[key].links.get(level.id, ()))}
        picks = _picks(
            coverage.levels[level.id],
            [(key, _volume(chains[key]), key in refused) for key in wanted],
            demands[level.id],
            by_volume=coverage.unit == "volume",
        )
        if picks is None:
            short.append(level.id)
            continue
        links += [(key, level.id) for key in picks]
        hard += sum(key in refused for key in picks)
    return ToName(tuple(links), tuple(short), hard)


def _volume(chain: Chain) -> Fraction:
    return Fraction(chain.volume) if chain.volume is not None else Fraction(0)


def _picks(
    level: LevelCoverage, candidates: list[tuple[Hashable, Fraction, bool]], demand: Exact, *, by_volume: bool
) -> list[Hashable] | None:
    """The fewest candidates (chain, volume, refused) that bring a level to its demand; None when all do not."""
    if (level.by_volume if by_volume else level.by_chain).reaches(demand):
        return []
    ranked = sorted(candidates, key=lambda c: (-c[1], c[2]) if by_volume else (c[2], -c[1]))
    part: Fraction = level.known_volume if by_volume else Fraction(level.known)
    whole: Fraction | int = level.total_volume if by_volume else level.total
    for count, candidate in enumerate(ranked, 1):
        part += candidate[1] if by_volume else 1
        if Share(part, whole).reaches(demand):
            return _kinder(ranked, count, part, whole, demand) if by_volume else [c[0] for c in ranked[:count]]
    return None


def _kinder(
    ranked: list[tuple[Hashable, Fraction, bool]], count: int, part: Fraction, whole: Fraction | int, demand: Exact
) -> list[Hashable]:
    """The same number of links, with one that nobody refused in the place of one that was, as long as it suffices."""
    chosen, spare = ranked[:count], [c for c in ranked[count:] if not c[2]]
    for place, candidate in reversed(list(enumerate(chosen))):
        if candidate[2] and spare and Share(part - candidate[1] + spare[0][1], whole).reaches(demand):
            part += spare[0][1] - candidate[1]
            chosen[place] = spare.pop(0)
    return [candidate[0] for candidate in chosen]
