"""Moving mentions to a site, with all that is needed to move them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from toetssteen.core.access import Actor
from toetssteen.sites.choices import How, QuestionState
from toetssteen.sites.models import Mention, MentionLink, Question, SiteSearch
from toetssteen.sites.recognition import numbers, searching
from toetssteen.sites.recognition.mentions import BATCH, tie_links
from toetssteen.supplychain.models import ChainLink, Site

# The first kind of the pack that counts for a level, for a site that is known from a mention only.
KIND_OF_LEVEL = {"direct_suppliers": "direct_supplier", "factories": "factory", "quarries": "quarry"}


@dataclass
class Record:
    """What one act changed: mentions, loose links, questions and sites, as they were before."""

    mentions: list[list[Any]] = field(default_factory=list)  # id, site before, how before, site after
    links: list[list[int]] = field(default_factory=list)  # link id, site before
    questions: list[list[Any]] = field(default_factory=list)  # id, state before, answer before
    made: list[int] = field(default_factory=list)  # sites that this act made

    def plain(self) -> dict[str, Any]:
        return {"mentions": self.mentions, "links": self.links, "questions": self.questions, "made": self.made}

    @classmethod
    def read(cls, moved: dict[str, Any]) -> Record:
        return cls(**{key: list(moved.get(key, [])) for key in ("mentions", "links", "questions", "made")})

    @property
    def mention_ids(self) -> set[int]:
        return {row[0] for row in self.mentions}


def move(
    mentions: Iterable[Mention], site_id: int | None, how: str, actor: Actor | None, now: dt.datetime, record: Record
) -> None:
    """Tie mentions and their links to a site."""
    rows = [mention for mention in mentions if mention.site_id != site_id]
    touched = {mention.site_id for mention in rows} | {site_id}
    for mention in rows:
        record.mentions.append([mention.pk, mention.site_id, mention.how, site_id])
        mention.site_id, mention.how = site_id, how
        mention.decided_by_id, mention.decided_at = (actor.person_id if actor else None), now
    Mention.objects.bulk_update(rows, ["site", "how", "decided_by", "decided_at"], BATCH)
    tie_links(mention.pk for mention in rows)
    searching.refresh(pk for pk in touched if pk)


def move_loose_links(site: Site, to: Site, record: Record) -> None:
    """Links that hold a site without a mention, such as those of a closed chain that was loaded."""
    loose = ChainLink.objects.filter(site=site).exclude(pk__in=MentionLink.objects.values("link"))
    record.links += [[pk, site.pk] for pk in loose.values_list("pk", flat=True)]
    loose.update(site=to)


def settle(questions: Iterable[Question], state: str, answer: str, record: Record, **more: Any) -> None:
    """Close or reopen questions because of an act elsewhere."""
    for question in questions:
        record.questions.append([question.pk, question.state, question.answer])
        question.state, question.answer = state, answer
        for name, value in more.items():
            setattr(question, name, value)
        question.row_version += 1
        question.save()


def make_sites(groups: list[list[Mention]]) -> list[Site]:
    """A new site for each group of mentions, described by its fullest mention."""
    if not groups:
        return []
    codes = numbers.next_codes(len(groups))
    made = Site.objects.bulk_create((_site(code, group) for code, group in zip(codes, groups, strict=True)), BATCH)
    searching.refresh(site.pk for site in made)
    return made


def _site(code: str, group: list[Mention]) -> Site:
    best = max(group, key=lambda m: (bool(m.address), m.lat is not None, len(m.name), -m.pk))
    located = next((m for m in (best, *group) if m.lat is not None), best)
    kinds = {KIND_OF_LEVEL[m.level] for m in group if m.level in KIND_OF_LEVEL}
    return Site(
        code=code, kinds=sorted(kinds), name=best.name, address=best.address, place=best.place,
        country=searching.country_code(best.country), lat=_degrees(located.lat, 90), lon=_degrees(located.lon, 180),
    )  # fmt: skip


def _degrees(value: Any, most: int) -> Any:
    return value if value is not None and abs(value) <= most else None


def undo(record: Record, actor: Actor | None, now: dt.datetime) -> None:
    """Put everything back that this act moved and that stands where the act left it."""
    mentions = Mention.objects.in_bulk([row[0] for row in record.mentions])
    for pk, before, how, after in reversed(record.mentions):
        mention = mentions.get(pk)
        if mention is not None and mention.site_id == after:
            move([mention], before, how, actor, now, Record())
    for pk, before in record.links:
        ChainLink.objects.filter(pk=pk, site__isnull=False).update(site=before)
    questions = Question.objects.in_bulk([row[0] for row in record.questions])
    for pk, state, answer in reversed(record.questions):
        if pk in questions:
            settle([questions[pk]], state, answer, Record())


def tied_by_company(mention: Mention) -> list[Mention]:
    """The other mentions that their company said are the same place, also through a third one."""
    pairs = Question.objects.filter(
        asked_of="company", state=QuestionState.ANSWERED, answer="same",
        mention__organisation_id=mention.organisation_id,
    ).values_list("mention_id", "other_id")  # fmt: skip
    found, grew = {mention.pk}, True
    known = list(pairs)
    while grew:
        more = {pk for a, b in known for pk in (a, b) if a in found or b in found}
        grew = not more <= found
        found |= more
    return list(Mention.objects.filter(pk__in=found - {mention.pk}).order_by("pk"))


def drop_search(site_id: int) -> None:
    """A site that is gone is not found any more."""
    SiteSearch.objects.filter(site_id=site_id).delete()


AUTOMATIC = How.AUTOMATIC
