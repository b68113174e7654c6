"""The three answers for new mentions: tied to a site, a question to a person, or a new site.

What a company is asked follows from its own mentions only. Nothing that another company wrote, and nothing in the
registry, changes which questions a company gets or when they go away.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from toetssteen.sites.choices import Answer, AskedOf, How, QuestionState
from toetssteen.sites.models import Mention, Question
from toetssteen.sites.recognition import engine
from toetssteen.sites.recognition.engine import Likeness
from toetssteen.sites.recognition.mentions import BATCH
from toetssteen.sites.recognition.moving import Record, make_sites, move
from toetssteen.supplychain.models import Site

MOST_CANDIDATES = 2  # so many sites a person is asked about for one mention


@dataclass
class Found:
    """What one recognition came to."""

    looked_at: int = 0
    tied: int = 0
    made: int = 0
    asked: int = 0


@dataclass
class Doubt:
    """Questions on their way to the database, each pair once."""

    rows: dict[tuple[int, int | None, int | None], Question] = field(default_factory=dict)

    def add(self, question: Question) -> None:
        self.rows.setdefault((question.mention_id, question.other_id, question.site_id), question)


def fresh(organisation_ids: Iterable[int]) -> QuerySet[Mention]:
    """The mentions that were not looked for yet."""
    return Mention.objects.filter(organisation_id__in=list(organisation_ids), compared_at__isnull=True)


def recognise(mentions: Sequence[Mention], now: dt.datetime) -> Found:
    """Give every new mention its answer; call within the lock of the registry."""
    found = Found(looked_at=len(mentions))
    if not mentions:
        return found
    questions = Doubt()
    own = _own_pairs(mentions)
    _ask_companies(own, questions, now)
    loose = [m for m in mentions if m.site_id is None and m.how == How.OPEN]
    groups = _groups(loose, [row for row in own if row.says == engine.SAME])
    sites = list(Site.objects.filter(merged_into__isnull=True))
    near = _without_refused(engine.against(loose, engine.registry(sites)))
    rest = _tie_known(groups, near, questions, found, now)
    _make_new(rest, own, questions, found, now)
    _write(questions, found)
    _mark(mentions, now)
    return found


def _mark(mentions: Sequence[Mention], now: dt.datetime) -> None:
    for start in range(0, len(mentions), BATCH):
        Mention.objects.filter(pk__in=[m.pk for m in mentions[start : start + BATCH]]).update(compared_at=now)


def _own_pairs(mentions: Sequence[Mention]) -> list[Likeness]:
    """Pairs within each company, from its own words alone."""
    new: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        new[mention.organisation_id].append(mention)
    every: dict[int, list[Mention]] = defaultdict(list)
    for mention in Mention.objects.filter(organisation_id__in=list(new)).order_by("pk"):
        every[mention.organisation_id].append(mention)
    found: list[Likeness] = []
    for organisation_id, own in new.items():
        found += engine.among(own, every[organisation_id])
    return found


def _ask_companies(own: Iterable[Likeness], questions: Doubt, now: dt.datetime) -> None:
    for row in own:
        if row.says == engine.ASK:
            a, b = sorted((row.left, row.right))
            questions.add(_question(AskedOf.COMPANY, b, now, row, other_id=a))


def _question(
    asked_of: str, mention_id: int, now: dt.datetime, row: Likeness, *, other_id: int | None = None,
    site_id: int | None = None, state: str = QuestionState.OPEN,
) -> Question:  # fmt: skip
    return Question(
        asked_of=asked_of, state=state, mention_id=mention_id, other_id=other_id, site_id=site_id,
        probability=row.probability, reasons=row.plain_reasons(), asked_at=now,
    )  # fmt: skip


def _groups(loose: Sequence[Mention], same: Iterable[Likeness]) -> list[list[Mention]]:
    """Mentions of one company that are the same by themselves stand together."""
    by_id = {m.pk: m for m in loose}
    root = {pk: pk for pk in by_id}

    def find(pk: int) -> int:
        while root[pk] != pk:
            root[pk] = root[root[pk]]
            pk = root[pk]
        return pk

    for row in same:
        if row.left in by_id and row.right in by_id:
            a, b = sorted((find(row.left), find(row.right)))
            root[b] = a
    found: dict[int, list[Mention]] = defaultdict(list)
    for pk, mention in by_id.items():
        found[find(pk)].append(mention)
    return list(found.values())


def _without_refused(near: Iterable[Likeness]) -> list[Likeness]:
    """Leave out pairs about which somebody said that they are different."""
    rows = list(near)
    refused = set(
        Question.objects.filter(site__isnull=False, state=QuestionState.ANSWERED, answer=Answer.DIFFERENT).values_list(
            "mention_id", "site_id"
        )
    )
    return [row for row in rows if (row.left, row.right) not in refused]


def _tie_known(
    groups: list[list[Mention]], near: list[Likeness], questions: Doubt, found: Found, now: dt.datetime
) -> list[list[Mention]]:
    """Tie groups that are one site for certain, ask where it is in doubt; the rest is returned."""
    of: dict[int, list[Likeness]] = defaultdict(list)
    for row in near:
        of[row.left].append(row)
    tied: dict[int, list[Mention]] = defaultdict(list)
    rest = []
    for group in groups:
        rows = sorted((row for m in group for row in of[m.pk]), key=lambda r: (-r.probability, r.right))
        certain = {row.right for row in rows if row.says == engine.SAME}
        if len(certain) == 1:
            tied[certain.pop()] += group
        elif rows:
            for mention in group:
                own = [row for row in rows if row.left == mention.pk] or rows
                for row in _best(own):
                    questions.add(_question(AskedOf.SECRETARIAT, mention.pk, now, row, site_id=row.right))
        else:
            rest.append(group)
    for site_id, mentions in tied.items():
        move(mentions, site_id, How.AUTOMATIC, None, now, Record())
        found.tied += len(mentions)
    return rest


def _best(rows: Iterable[Likeness]) -> list[Likeness]:
    """The likeliest sites, each once."""
    found: dict[int, Likeness] = {}
    for row in rows:
        found.setdefault(row.right, row)
    return list(found.values())[:MOST_CANDIDATES]


def _make_new(rest: list[list[Mention]], own: list[Likeness], questions: Doubt, found: Found, now: dt.datetime) -> None:
    """What resembles nothing becomes a site; groups of several companies that are one place become one site."""
    mentions = [m for group in rest for m in group]
    pairs = engine.among(mentions, mentions)
    bound = [row for row in pairs if row.says == engine.SAME]
    bound += [row for row in own if row.says == engine.SAME]
    groups = sorted(_groups(mentions, bound), key=lambda group: group[0].pk)
    place = {m.pk: number for number, group in enumerate(groups) for m in group}
    doubt: dict[int, list[tuple[int, Likeness]]] = defaultdict(list)
    for row in pairs:
        a, b = sorted((place[row.left], place[row.right]))
        if row.says == engine.ASK and a != b:
            doubt[b].append((a, row))
    waiting = {number for number, asks in doubt.items() if any(_within_one(groups[n], groups[number]) for n, _ in asks)}
    new = [number for number in range(len(groups)) if number not in waiting]
    made = dict(zip(new, make_sites([groups[n] for n in new]), strict=True))
    for number, site in made.items():
        move(groups[number], site.pk, How.NEW, None, now, Record())
        found.made += 1
    for number, asks in doubt.items():
        for earlier, row in asks[:MOST_CANDIDATES]:
            if earlier in made:
                questions.add(_question(AskedOf.SECRETARIAT, groups[number][0].pk, now, row, site_id=made[earlier].pk))
    lost = [groups[n] for n in sorted(waiting) if not any(e in made for e, _ in doubt[n])]
    for group, site in zip(lost, make_sites(lost), strict=True):
        move(group, site.pk, How.NEW, None, now, Record())
        found.made += 1


def _within_one(a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    """Both groups hold a mention of the same company, which is asked itself."""
    return bool({m.organisation_id for m in a} & {m.organisation_id for m in b})


def _write(questions: Doubt, found: Found) -> None:
    """Store the questions that were never asked before, and let those that the company can answer wait for it."""
    rows = list(questions.rows.values())
    mentions = {row.mention_id for row in rows}
    asked = set(Question.objects.filter(mention_id__in=list(mentions)).values_list("mention_id", "other_id", "site_id"))
    new = [row for key, row in questions.rows.items() if key not in asked]
    _measure(new)
    Question.objects.bulk_create(new, BATCH)
    found.asked += len(new)
    hold_for_companies([row.mention_id for row in new])


def _measure(rows: Sequence[Question]) -> None:
    """How far apart the two sides lie."""
    mentions = Mention.objects.in_bulk({pk for row in rows for pk in (row.mention_id, row.other_id) if pk})
    sites = Site.objects.in_bulk({row.site_id for row in rows if row.site_id})
    for row in rows:
        other = mentions[row.other_id] if row.other_id else sites[row.site_id]
        row.distance_km = engine.distance_km(mentions[row.mention_id], other)


def hold_for_companies(mention_ids: Iterable[int]) -> None:
    """A question of the secretariat waits as long as the company is asked about a mention that stands at that site."""
    ids = set(mention_ids)
    open_ones = Question.objects.filter(asked_of=AskedOf.COMPANY, state=QuestionState.OPEN)
    partners: dict[int, set[int]] = defaultdict(set)
    for mention, other, at_mention, at_other in open_ones.values_list(
        "mention_id", "other_id", "mention__site_id", "other__site_id"
    ):
        if at_other:
            partners[mention].add(at_other)
        if at_mention:
            partners[other].add(at_mention)
    waits = [
        pk
        for pk, mention, site in Question.objects.filter(
            asked_of=AskedOf.SECRETARIAT, state=QuestionState.OPEN, mention_id__in=list(ids)
        ).values_list("pk", "mention_id", "site_id")
        if site in partners.get(mention, ())
    ]
    Question.objects.filter(pk__in=waits).update(state=QuestionState.WAITING)
