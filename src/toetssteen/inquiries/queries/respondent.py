"""What the holder of a link sees: who asks, about which stone, the questions that fit, and what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from toetssteen.core.frameworks import AskedQuestion, Questionnaire
from toetssteen.covenant.queries import pack_by_id
from toetssteen.inquiries import policies
from toetssteen.inquiries.answering import Given, shown
from toetssteen.inquiries.choices import InquiryState
from toetssteen.inquiries.mails import stones_of
from toetssteen.inquiries.models import Attachment, Inquiry
from toetssteen.inquiries.permissions import reachable_by_token
from toetssteen.inquiries.queries.earlier import earlier_answer


@dataclass(frozen=True)
class SheetQuestion:
    """One question with what was answered, in the order of this respondent."""

    number: int
    question: AskedQuestion
    given: Given
    look_again: bool


@dataclass(frozen=True)
class Sheet:
    """The questionnaire of one respondent; everything of it follows from the link."""

    inquiry: Inquiry
    questionnaire: Questionnaire
    rows: Sequence[SheetQuestion]
    attachments: Sequence[Attachment]
    fillable: bool

    @cached_property
    def stones(self) -> list[str]:
        return stones_of(self.inquiry)

    @property
    def answered(self) -> int:
        return sum(row.given.is_answered and not row.look_again for row in self.rows)

    @property
    def first_open(self) -> SheetQuestion | None:
        return next((row for row in self.rows if not row.given.is_answered or row.look_again), None)

    def row(self, question_id: str) -> SheetQuestion | None:
        return next((row for row in self.rows if row.question.id == question_id), None)

    def after(self, row: SheetQuestion) -> SheetQuestion | None:
        return self.rows[row.number] if row.number < len(self.rows) else None

    def before(self, row: SheetQuestion) -> SheetQuestion | None:
        return self.rows[row.number - 2] if row.number > 1 else None

    @property
    def is_sent(self) -> bool:
        return self.inquiry.state in (InquiryState.ANSWERED, InquiryState.REFUSED)

    @cached_property
    def earlier_on(self) -> dt.date | None:
        """The day of an earlier answer that can be used again; nothing once something was filled in or decided."""
        if not self.fillable or self.inquiry.earlier_offered or any(row.given.is_answered for row in self.rows):
            return None
        found = earlier_answer(self.inquiry)
        return found.ended_on if found else None


def sheet_by_token(token: str, now: dt.datetime) -> Sheet | None:
    """The questionnaire behind a link; nothing for a link that does not work, whatever the reason."""
    inquiry = (
        reachable_by_token(token, now).select_related("organisation").prefetch_related("replies", "attachments").first()
    )
    questionnaire = pack_by_id(inquiry.pack_id).questionnaire if inquiry else None
    if inquiry is None or questionnaire is None:
        return None
    replies = {reply.question: reply for reply in inquiry.replies.all()}
    answers = {name: Given(reply.stance, reply.value) for name, reply in replies.items()}
    rows = [
        SheetQuestion(
            number, question, answers.get(question.id, Given()),
            replies[question.id].look_again if question.id in replies else False,
        )
        for number, question in enumerate(shown(questionnaire, inquiry.asked_kind, answers), 1)
    ]  # fmt: skip
    return Sheet(
        inquiry, questionnaire, rows, list(inquiry.attachments.all()), bool(policies.is_fillable(inquiry, now))
    )
