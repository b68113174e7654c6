"""Counting known links. Only own imports count, a refusal is not known, one known link makes a level known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from toetssteen.core.frameworks import Pack, Share, YearRule
from toetssteen.core.frameworks.values import Exact


@dataclass(frozen=True)
class Chain:
    """One chain: its purchase situation, per level the states of its links, and its share of the volume if known.

    The share may be in percent or in tonnes, as long as all chains of a company use the same unit.
    """

    situation: str
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)
    volume: Exact | None = None


@dataclass(frozen=True)
class LevelCoverage:
    """How many chains, and how much volume, is known at one level."""

    level: str
    known: int
    total: int
    known_volume: Fraction
    total_volume: Fraction

    @property
    def by_chain(self) -> Share:
        """Known chains of all chains."""
        return Share(self.known, self.total)

    @property
    def by_volume(self) -> Share:
        """Known volume of all volume; chains without a volume do not count here."""
        return Share(self.known_volume, self.total_volume)

    @property
    def missing(self) -> int:
        """Chains whose level is not known."""
        return self.total - self.known


@dataclass(frozen=True)
class ChainCoverage:
    """The coverage of one company: the chains that count, and each level of the pack."""

    chains: int
    outside_scope: int
    unit: str
    levels: Mapping[str, LevelCoverage]

    def share(self, level: str) -> Share:
        """The share that the demands are compared with, in the unit of the pack."""
        found = self.levels[level]
        return found.by_volume if self.unit == "volume" else found.by_chain

    @property
    def shares(self) -> dict[str, Share]:
        """The share per level, in the unit of the pack."""
        return {level: self.share(level) for level in self.levels}

    @property
    def gaps(self) -> int:
        """Number of chain levels still unknown."""
        return sum(level.missing for level in self.levels.values())


def level_known(states: Iterable[str], known_states: Collection[str]) -> bool:
    """A level of a chain is known when at least one of its links is."""
    return any(state in known_states for state in states)


def gaps(pack: Pack, chain: Chain) -> tuple[str, ...]:
    """The levels of one chain that are not known; none for a chain that does not count."""
    if chain.situation not in pack.own_situations:
        return ()
    return tuple(
        level.id for level in pack.coverage_levels if not level_known(chain.links.get(level.id, ()), pack.known_states)
    )


def cover(pack: Pack, chains: Iterable[Chain]) -> ChainCoverage:
    """The coverage of a company's active chains, by chain and by volume; without own chains every share is 0 of 0.

    LookupError when a chain names a situation the pack does not have.
    """
    everything = list(chains)
    for situation in {chain.situation for chain in everything}:
        pack.profile(situation)
    own = [chain for chain in everything if chain.situation in pack.own_situations]
    return ChainCoverage(
        chains=len(own),
        outside_scope=len(everything) - len(own),
        unit=pack.settings.coverage_unit.value,
        levels={level.id: _level(level.id, own, pack.known_states) for level in pack.coverage_levels},
    )


def _level(level: str, own: Sequence[Chain], known_states: Collection[str]) -> LevelCoverage:
    known = [chain for chain in own if level_known(chain.links.get(level, ()), known_states)]
    return LevelCoverage(level, len(known), len(own), _volume(known), _volume(own))


def _volume(chains: Iterable[Chain]) -> Fraction:
    return sum((Fraction(chain.volume) for chain in chains if chain.volume is not None), Fraction(0))


def meets(coverage: ChainCoverage | Mapping[str, Share], rule: YearRule) -> dict[str, bool]:
    """Per level that the year demands: reached or not, compared exactly."""
    shares = coverage.shares if isinstance(coverage, ChainCoverage) else coverage
    return {level: shares.get(level, Share(0, 0)).reaches(cell.value) for level, cell in rule.coverage.items()}


def missing_for(share: Share, minimum: Exact) -> int:
    """How many more chains must become known to reach this percentage; 0 when it is reached or nothing counts."""
    if not share.applies:
        return 0
    wanted = ceil(Fraction(minimum) * Fraction(share.whole) / 100)
    return max(0, ceil(wanted - Fraction(share.part)))
