"""Counts of companies that overlap: a company may count in many cells, and every total counts it once.

Sums tell nothing here, but sizes do: a total is never larger than its cells together, and never smaller than one of
them. So nothing is reasoned about sums. Instead each hidden count gets a witness: other data, in which one or two
companies said something else, that would give exactly the same shown figures and another value of this count. Whoever
sees only the published figures cannot tell the two apart, however he reasons, and over however many tables of the same
data. Where no witness exists, more is hidden until one does.

As in the other tables the attacker may know of each hidden count whether it is small or was hidden to protect another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from .overlaps import difference_tells

Company = Any  # whatever tells one company from another
Fact = frozenset[tuple[str, str]]  # one thing that a company said: what it is about, as (attribute, value)
Group = tuple[tuple[str, str], ...]  # the companies with a fact that has these values; () is everybody with a fact
View = tuple[str, ...]  # the attributes by which companies are counted

LOWEST_THRESHOLD = 3
MARGIN_COST = 1_000
WHOLE_COST = 1_000_000
COMPANIES_KEPT = 2  # of several companies that could change in the same way, two are enough to make a pair
PARTNERS_TRIED = 60


def fact(**values: str) -> Fact:
    """One thing that a company said; attributes without a value are left out."""
    return frozenset((name, value) for name, value in values.items() if value)


def group(**values: str) -> Group:
    """The name of a count: the companies with a fact of these values."""
    return tuple(sorted(values.items()))


def groups_of(one: Fact, views: Iterable[View]) -> frozenset[Group]:
    """The counts that a fact takes part in: one per view of which it has all attributes."""
    values = dict(one)
    return frozenset(
        tuple(sorted((name, values[name]) for name in view)) for view in views if all(name in values for name in view)
    )


def companies_in(data: Mapping[Company, Collection[Fact]], views: Iterable[View]) -> dict[Group, frozenset[Company]]:
    """The companies behind every count; groups of nobody are left out."""
    views = tuple(views)
    found: dict[Group, set[Company]] = defaultdict(set)
    for company, facts in data.items():
        for one in facts:
            for name in groups_of(one, views):
                found[name].add(company)
    return {name: frozenset(who) for name, who in found.items()}


def told_by_change(
    before: Mapping[Group, AbstractSet[Company]],
    now: Mapping[Group, AbstractSet[Company]],
    shown_before: Collection[Group],
    threshold: int,
) -> frozenset[Group]:
    """The counts that may not be shown now, because what was shown before minus this is about too few companies.

    That is so when the companies of one year are all among those of the other, with some but too few more: then the
    difference of the two figures is the number of exactly those companies.
    """
    nobody: frozenset[Company] = frozenset()
    return frozenset(
        name
        for name in shown_before
        if name in now and difference_tells(before.get(name, nobody), now[name], threshold)
    )


def hidden_groups(
    data: Mapping[Company, Collection[Fact]],
    views: Iterable[View],
    threshold: int,
    also_hide: Collection[Group] = (),
    parts: Mapping[View, View | None] | None = None,
    open_to_all: Collection[Group] = (),
    of_nobody: Collection[Group] = (),
) -> frozenset[Group]:
    """The counts to hide: the small ones, those asked for, and what keeps every one of them from being worked out.

    A count of nobody is shown: it is about nobody. `parts` names views that are read as a part of a larger one (None:
    of all companies in the data); where few companies are in the whole but not in the part, the part is hidden too.
    `open_to_all` names counts that the parties agreed to show however small; everybody knows them then. When nothing
    less protects, everything is hidden, and so are the counts `of_nobody` that the tables show beside them. ValueError
    for a threshold below three, with which a hidden count could only be one.
    """
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"A threshold of {threshold} hides nothing: a hidden count could only be one.")
    views = tuple(views)
    counts = {name: len(who) for name, who in companies_in(data, views).items()}
    search = _Search(counts, threshold, _changes(data, views), _wholes(counts, parts or {}), len(data))
    search.open_to_all = frozenset(open_to_all)
    search.hide(name for name in counts if search.is_small(name) or search.rest_is_small(name) or name in also_hide)
    wanted = [(name, False) for name in sorted(search.hidden)]
    wanted += [(name, True) for name in sorted(counts) if search.rest_is_small(name)]
    safe: set[tuple[Group, bool]] = set()
    for aim in wanted:
        if aim in safe:
            continue
        witness = search.witness(*aim) or search.cheapest(*aim)
        if witness is None:
            return frozenset({*counts, *of_nobody}) - search.open_to_all
        search.hide(key for key, step in witness.items() if step)
        safe |= {other for other in wanted if search.changed(*other, witness)}
    return frozenset(search.hidden)


def _wholes(counts: Iterable[Group], parts: Mapping[View, View | None]) -> dict[Group, Group | None]:
    """Per count that is read as a part: the count that is its whole."""
    by_names = {tuple(sorted(part)): whole for part, whole in parts.items()}
    found: dict[Group, Group | None] = {}
    for name in counts:
        view = tuple(attribute for attribute, _value in name)
        if view in by_names:
            whole = by_names[view]
            found[name] = None if whole is None else tuple(pair for pair in name if pair[0] in whole)
    return found


Steps = Mapping[Group, int]  # how much each count would change
Effect = tuple[tuple[Group, int], ...]  # the same, as a key


@dataclass(frozen=True)
class _Change:
    """One company saying something else: what that would change, and which companies could do so."""

    steps: Effect
    companies: tuple[Company, ...]


def _changes(data: Mapping[Company, Collection[Fact]], views: Sequence[View]) -> list[_Change]:
    """Every way in which one company could have left out, added or replaced one fact, once per effect."""
    every = frozenset(one for facts in data.values() for one in facts)
    near = _Neighbours(every)
    names = {one: groups_of(one, views) for one in near.everything}
    found: dict[Effect, list[Company]] = {}
    for company, facts in data.items():
        own = frozenset(facts)
        times = Counter(name for one in own for name in names[one])
        for left, added in near.moves(own):
            steps = _steps(times, names[left] if left else frozenset(), names[added] if added else frozenset())
            if steps:
                who = found.setdefault(steps, [])
                if len(who) < COMPANIES_KEPT and company not in who:
                    who.append(company)
    return [_Change(steps, tuple(who)) for steps, who in found.items()]


def _steps(times: Mapping[Group, int], less: AbstractSet[Group], more: AbstractSet[Group]) -> Effect:
    gone = [(name, -1) for name in less - more if times[name] == 1]
    new = [(name, 1) for name in more - less if not times.get(name)]
    return tuple(sorted(gone + new))


class _Neighbours:
    """The facts that differ in one attribute from one that somebody said, within the values that occur."""

    def __init__(self, said: AbstractSet[Fact]) -> None:
        values: dict[str, set[str]] = defaultdict(set)
        lacking: set[str] = set()
        for one in said:
            for name, value in one:
                values[name].add(value)
        for one in said:
            lacking |= values.keys() - {name for name, _value in one}
        self.said = said
        self.beside = {one: self._beside(one, values, lacking) for one in said}
        self.everything = said | {other for others in self.beside.values() for other in others}

    @staticmethod
    def _beside(one: Fact, values: Mapping[str, set[str]], lacking: set[str]) -> frozenset[Fact]:
        has = dict(one)
        found = set()
        for name, known in values.items():
            rest = one - {(name, has[name])} if name in has else one
            found |= {rest | {(name, value)} for value in known}
            if name in has and name in lacking:
                found.add(rest)
        return frozenset(found - {one})

    def moves(self, own: AbstractSet[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
        """What a company with these facts could leave out and add; what nobody said is near to what it said."""
        for one in own:
            yield one, None
            for other in self.beside[one] - own:
                yield one, other
                yield None, other
        for other in self.said - own:
            yield None, other


@dataclass
class _Search:
    """Looks for witnesses among the changes of one company and of two."""

    counts: Mapping[Group, int]
    threshold: int
    changes: Sequence[_Change]
    wholes: Mapping[Group, Group | None]
    companies: int
    open_to_all: frozenset[Group] = frozenset()
    hidden: set[Group] = field(default_factory=set)
    touching: dict[Group, list[_Change]] = field(default_factory=dict)
    by_shown: dict[Effect, list[_Change]] = field(default_factory=dict)
    by_margins: dict[Effect, list[_Change]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        touching: dict[Group, list[_Change]] = defaultdict(list)
        for change in self.changes:
            for name, _step in change.steps:
                touching[name].append(change)
        self.touching = dict(touching)

    def is_small(self, name: Group) -> bool:
        """The count is about somebody, but about too few."""
        return 0 < self.counts.get(name, 0) < self.threshold and name not in self.open_to_all

    def rest(self, name: Group) -> int:
        """How many companies are in the whole, but not in this part of it; 0 where it is no part."""
        if name not in self.wholes:
            return 0
        whole = self.wholes[name]
        return (self.companies if whole is None else self.counts[whole]) - self.counts[name]

    def rest_is_small(self, name: Group) -> bool:
        """Those outside this part of the whole are somebody, but too few."""
        return 0 < self.rest(name) < self.threshold and name not in self.open_to_all

    def hide(self, names: Iterable[Group]) -> None:
        """Hide these counts as well, and sort the changes anew by what they would show."""
        new = set(names) - self.hidden - self.open_to_all
        if not new and self.by_shown:
            return
        self.hidden |= new
        by_shown: dict[Effect, list[_Change]] = defaultdict(list)
        by_margins: dict[Effect, list[_Change]] = defaultdict(list)
        for change in self.changes:
            shown = tuple(pair for pair in change.steps if pair[0] not in self.hidden)
            by_shown[shown].append(change)
            by_margins[tuple(pair for pair in shown if len(pair[0]) < 2)].append(change)
        self.by_shown, self.by_margins = dict(by_shown), dict(by_margins)

    def changed(self, name: Group, rest: bool, steps: Steps) -> int:
        """How much a count changes, or the rest of its whole."""
        step = steps.get(name, 0)
        if not rest:
            return step
        whole = self.wholes[name]
        return (0 if whole is None else steps.get(whole, 0)) - step

    def _candidates(self, name: Group, rest: bool) -> Iterator[_Change]:
        yield from self.touching.get(name, ())
        whole = self.wholes[name] if rest else None
        if whole is not None:
            yield from self.touching.get(whole, ())

    def witness(self, name: Group, rest: bool) -> Steps | None:
        """Other data with the same shown counts and another value here; None when there is none among these."""
        for change in self._candidates(name, rest):
            shown = tuple((key, -step) for key, step in change.steps if key not in self.hidden)
            if not shown:
                if self.changed(name, rest, steps := dict(change.steps)) and self._holds(steps):
                    return steps
                continue
            for other in self.by_shown.get(shown, ())[:PARTNERS_TRIED]:
                steps = _together(change, other)
                if self.changed(name, rest, steps) and self._holds(steps):
                    return steps
        return None

    def cheapest(self, name: Group, rest: bool) -> Steps | None:
        """The change that costs the least to make possible by hiding more; None when none is possible."""
        best: tuple[int, Steps] | None = None
        for steps in self._possible(name, rest):
            shown = [key for key, step in steps.items() if step and key not in self.hidden]
            cost = sum(self._cost(key) for key in shown)
            if (best is None or cost < best[0]) and self._holds(steps):
                best = cost, steps
        return best[1] if best else None

    def _possible(self, name: Group, rest: bool) -> Iterator[Steps]:
        for change in self._candidates(name, rest):
            if self.changed(name, rest, alone := dict(change.steps)):
                yield alone
            margins = tuple((key, -s) for key, s in change.steps if key not in self.hidden and len(key) < 2)
            for other in self.by_margins.get(margins, ())[:PARTNERS_TRIED]:
                steps = _together(change, other)
                if self.changed(name, rest, steps):
                    yield steps

    def _cost(self, name: Group) -> int:
        extra = WHOLE_COST if not name else MARGIN_COST if len(name) == 1 else 1
        return extra + self.counts.get(name, 0)

    def _holds(self, steps: Steps) -> bool:
        """Every count that would change stays small or large as it is."""
        return all(self._stays(name, step) for name, step in steps.items() if step)

    def _stays(self, name: Group, step: int) -> bool:
        if name in self.open_to_all:
            return False
        value = self.counts.get(name, 0) + step
        if self.is_small(name):
            return 0 < value < self.threshold
        return name in self.counts and value >= self.threshold


def _together(first: _Change, second: _Change) -> dict[Group, int]:
    """What both change together; nothing when only one and the same company could do both."""
    if len({*first.companies, *second.companies}) < 2:
        return {}
    steps: Counter[Group] = Counter(dict(first.steps))
    for name, step in second.steps:
        steps[name] += step
    return dict(steps)
