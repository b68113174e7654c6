"""Reading the questions of a company: the list, one question with its answer and lines, and its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from toetssteen.core.access import Actor
from toetssteen.inquiries import policies
from toetssteen.inquiries.choices import ENDED, WAITING, LineState
from toetssteen.inquiries.models import Attachment, Inquiry
from toetssteen.inquiries.permissions import reachable_by_token, visible_inquiries


@dataclass(frozen=True)
class Filters:
    """What somebody looks for in the list; empty means everything."""

    search: str = ""
    state: str = ""
    kind: str = ""


@dataclass(frozen=True)
class InquiryRow:
    """One question in the list."""

    id: int
    name: str
    kind: str
    state: str
    made_at: dt.datetime
    sent_at: dt.datetime | None
    expires_at: dt.datetime | None
    ended_on: dt.date | None
    reminders: int
    chains: int
    open_lines: int


@dataclass(frozen=True)
class InquiryList:
    """The questions that pass the filters, with how many there are in each state."""

    everything: Sequence[InquiryRow]
    rows: Sequence[InquiryRow]

    @cached_property
    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.everything:
            found[row.state] = found.get(row.state, 0) + 1
        return found

    @property
    def waiting(self) -> int:
        return sum(self.counts.get(str(state), 0) for state in WAITING)

    @property
    def to_decide(self) -> int:
        return sum(bool(row.open_lines) for row in self.everything)

    @property
    def sent(self) -> int:
        return sum(row.sent_at is not None for row in self.everything)

    @property
    def ended(self) -> int:
        return sum(row.state in ENDED for row in self.everything)


def inquiry_list(actor: Actor, *, now: dt.datetime, filters: Filters) -> InquiryList:
    """The questions of the own company, newest first; three queries."""
    rows = []
    for found in visible_inquiries(actor).prefetch_related("chains", "lines"):
        rows.append(
            InquiryRow(
                id=found.pk, name=found.supplier_name, kind=found.kind, state=policies.state_on(found, now),
                made_at=found.made_at, sent_at=found.sent_at, expires_at=found.expires_at, ended_on=found.ended_on,
                reminders=found.reminders, chains=len(found.chains.all()),
                open_lines=sum(line.state == LineState.OPEN for line in found.lines.all()),
            )
        )  # fmt: skip
    return InquiryList(everything=rows, rows=[row for row in rows if _passes(row, filters)])


def _passes(row: InquiryRow, wanted: Filters) -> bool:
    if wanted.kind and row.kind != wanted.kind:
        return False
    if wanted.state == "waiting" and row.state not in WAITING:
        return False
    if wanted.state == "decide" and not row.open_lines:
        return False
    if wanted.state not in ("", "waiting", "decide") and row.state != wanted.state:
        return False
    return wanted.search.casefold() in row.name.casefold()


def inquiry(actor: Actor, pk: int) -> Inquiry | None:
    """One question that the actor may see, with everything its page shows."""
    return (
        visible_inquiries(actor)
        .filter(pk=pk)
        .select_related("organisation", "made_by", "evidence")
        .prefetch_related("chains__chain__links", "replies", "attachments", "lines__chain")
        .first()
    )


def attachment(actor: Actor, inquiry_id: int, pk: int) -> Attachment | None:
    """A file that a respondent sent to the own company; before it is sent nobody here sees it."""
    return Attachment.objects.filter(
        pk=pk, inquiry_id=inquiry_id, inquiry__in=visible_inquiries(actor).filter(state__in=ENDED)
    ).first()


def attachment_for_respondent(token: str, pk: int, now: dt.datetime) -> Attachment | None:
    """A file of one's own answer."""
    return Attachment.objects.filter(pk=pk, inquiry__in=reachable_by_token(token, now)).first()


def waiting_reminders(now: dt.datetime) -> list[int]:
    """The questions for which it may be time for a reminder; the task looks again at each."""
    return list(
        Inquiry.objects.filter(state__in=WAITING, expires_at__gt=now, token_digest__isnull=False)
        .exclude(email="")
        .values_list("pk", flat=True)
    )
