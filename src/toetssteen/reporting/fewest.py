"""The fewest things to do for the points that are short, and among those the ones that take the least time; pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from toetssteen.core.frameworks import Pack, Question
from toetssteen.core.scoring import Option, applicable, asked, rounded, smallest_set
from toetssteen.reporting.todo import Step, Way
from toetssteen.reporting.trial import Move, Trial, change_of, is_telling, move_of

MOST = 30


@dataclass(frozen=True)
class _Found:
    """A set of moves that reaches the minimum, in the order in which they are done."""

    way: Way
    minutes: int
    is_exact: bool = True  # doing it really brings what the quick sum says

    @property
    def steps(self) -> int:
        return len(self.way.steps)

    @property
    def size(self) -> tuple[int, int]:
        return self.steps, self.minutes


def with_points(way: Way, needed: Fraction) -> Way:
    """Add the fewest things with which the minimum is reached, among those the ones that take the least time.

    What is asked in a later year counts already, so it is looked at too; it is proposed only where that saves a step.
    When nothing suffices, everything that yields is shown.
    """
    if way.trial.estimate.sheet.total >= needed:
        return way
    standing, pack = way.trial.standing, way.trial.pack
    about = (standing.facts, standing.variant)
    now = asked(pack, standing.profile, standing.report_year, *about)
    every = applicable(pack, standing.profile, *about)
    found = _fewest(way, needed, now)
    found = _fewest(way, needed, every, found) or found
    return found.way if found is not None else _taken(way, _everything(way, every))


def _fewest(way: Way, needed: Fraction, pool: Sequence[Question], best: _Found | None = None) -> _Found | None:
    """The best set among these questions; None where it has no fewer steps than the one that is known.

    Naming a layer of the chain also closes gaps, which may move other questions. That is left out of the quick search,
    so what it finds is done once to see; where it falls short, every way to name the layers is tried. Naming all of
    them is tried apart, because a question falls away when no gap is left.
    """
    layers = [question for question in pool if _is_layer(way.trial.pack, question)]
    rest = [question for question in pool if question not in layers]
    below = best.steps if best else None
    found = _search(way, needed, pool, (), below)
    if found is not None and not found.is_exact:
        for named in _ways_to_name(way, layers):
            other = _search(way, needed, rest, named, below if found is None or not found.is_exact else found.steps + 1)
            if other is not None and other.is_exact and not (found.is_exact and found.size <= other.size):
                found = other
    elif to_name := [question for question in layers if _above(way.trial, question)]:
        whole = [(question, way.trial.pack.framework.highest_level) for question in to_name]
        other = _search(way, needed, rest, whole, found.steps if found else below)
        found = other if other is not None and other.is_exact else found
    return found if found is not None and found.is_exact else None


def _ways_to_name(way: Way, layers: Sequence[Question]) -> Iterator[list[tuple[Question, str]]]:
    """Every way to name more of the chain: per layer nothing, or up to each level."""
    levels = [[None, *_above(way.trial, question)] for question in layers]
    for chosen in product(*levels):
        yield [(question, level) for question, level in zip(layers, chosen, strict=True) if level is not None]


def _search(
    way: Way, needed: Fraction, pool: Sequence[Question], named: Iterable[tuple[Question, str]], below: int | None
) -> _Found | None:
    """The fewest things after these layers were named to these levels; None where that are not fewer than `below`."""
    moves = [move for question, level in named if (move := _move(way, question, level)) is not None]
    base = _taken(way, moves)
    sheet = base.trial.estimate.sheet
    known = {(option.thing, option.level): (option, move) for option, move in _options(base, pool)}
    options = [option for option, _move in known.values()]

    def enough(gain: Fraction) -> bool:
        return rounded(sheet.exact_total + gain, sheet.decimals) >= needed

    if below is not None and len(base.steps) + _at_least(options, enough) >= below:
        return None
    found = smallest_set(options, enough)
    if found is None:
        return None
    end = _taken(base, [known[option.thing, option.level][1] for option in found])
    return _Found(end, sum(step.minutes for step in end.steps), end.trial.estimate.sheet.total >= needed)


def _at_least(options: Iterable[Option], enough: Callable[[Fraction], bool]) -> int:
    """How many things are needed at least: what is on the list is done better first, then the largest gains."""
    best: dict[Hashable, Option] = {}
    for option in options:
        if option.thing not in best or option.gain > best[option.thing].gain:
            best[option.thing] = option
    gains = sorted((o.gain for o in best.values() if o.counts and o.gain > 0), reverse=True)
    gain = sum((max(o.gain, Fraction(0)) for o in best.values() if not o.counts), Fraction(0))
    for count in range(len(gains) + 1):
        if enough(gain):
            return count
        gain += gains[count] if count < len(gains) else 0
    return MOST * MOST


def _everything(way: Way, pool: Sequence[Question]) -> list[Move]:
    """What yields the most of each question, as far as a list can be read."""
    best: dict[str, tuple[Fraction, Move]] = {}
    for option, move in _options(way, pool):
        if option.gain > 0 and (move.question.id not in best or option.gain > best[move.question.id][0]):
            best[move.question.id] = option.gain, move
    return [move for _gain, move in list(best.values())[:MOST]]


def _options(way: Way, pool: Sequence[Question]) -> Iterator[tuple[Option, Move]]:
    """What can still rise, how far, and how long that takes; what is on the list already is no step more."""
    trial = way.trial
    sheet, profile = trial.estimate.sheet, trial.standing.profile
    for question in pool:
        if question.id not in sheet.levels:
            continue
        counts = 0 if way.place_of(question) is not None else 1
        for wanted in _above(trial, question):
            move = _move(way, question, wanted)
            if move is not None:
                gain = change_of(trial.pack, profile, sheet, question, move.level)
                yield Option(question.id, move.level, gain, move.minutes, counts), move


def _above(trial: Trial, question: Question) -> list[str]:
    """The levels to aim at: those of the facts, or most of it and all of it where a person chooses."""
    framework, now = trial.pack.framework, trial.level_of(question.id)
    aims = (framework.key_min_level, framework.highest_level)
    levels = [level.id for level in framework.levels if trial.follows(question) or level.id in aims]
    return [level for level in levels if not framework.at_least(now, level)]


def _move(way: Way, question: Question, wanted: str) -> Move | None:
    """A move as seen from the list: doing better what is on it takes only the time that comes on top."""
    move = move_of(way.trial, question, wanted, way.told)
    place = way.place_of(question)
    if move is None or move.fact or place is None:
        return move
    return replace(move, minutes=max(0, move.minutes - way.steps[place].minutes))


def _taken(way: Way, moves: Sequence[Move]) -> Way:
    """Do these: first name what is in the chains, then what yields most for its time; each on the standing by then."""
    if not moves:
        return way
    sheet, profile = way.trial.estimate.sheet, way.trial.standing.profile
    gains = {m.question.id: change_of(way.trial.pack, profile, sheet, m.question, m.level) for m in moves}
    layers = [move for move in moves if _is_layer(way.trial.pack, move.question)]
    rest = [move for move in moves if move not in layers]
    for move in [*layers, *sorted(rest, key=lambda m: gains[m.question.id] / max(m.minutes, 1), reverse=True)]:
        again = _move(way, move.question, move.level)
        if again is not None:
            way = _take(way, again)
    return way


def _take(way: Way, move: Move) -> Way:
    """Do one thing: better what is on the list already, or add it."""
    place, question = way.place_of(move.question), move.question
    after = move.done(way.trial)
    if place is None:
        kind = "publication" if is_telling(way.trial.pack, move.fact) else "fact" if move.fact else "question"
        step = Step(
            kind, "" if kind == "publication" else question.id, Decimal(0), move.minutes, move.count, question,
            way.trial.level_of(question.id), move.level, way.until(move.fact),
            question.from_year if question.from_year > way.trial.standing.report_year else 0,
        )  # fmt: skip
        return way.plus(step, after)
    step = way.steps[place]
    wanted = move.level if step.question else step.level_wanted
    minutes, count = step.minutes + move.minutes, step.count + move.count
    return way.better(place, replace(step, level_wanted=wanted, minutes=minutes, count=count), after)


def _is_layer(pack: Pack, question: Question) -> bool:
    fact = question.derived_from
    return fact is not None and any(layer.fact == fact for layer in pack.coverage_levels)
