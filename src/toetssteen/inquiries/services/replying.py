"""What the holder of a link does: answer, add files, take over an earlier answer, send, refuse, change consent.

The link is the only right here: each function finds its row by the token and touches nothing else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Questionnaire
from toetssteen.covenant.queries import pack_by_id
from toetssteen.foundation import audit
from toetssteen.foundation.files import FileRefused, clean_name, type_of
from toetssteen.foundation.pages import Refused, demand
from toetssteen.inquiries import lines, mails, policies
from toetssteen.inquiries.answering import Given, shown
from toetssteen.inquiries.choices import InquiryState
from toetssteen.inquiries.models import Attachment, Inquiry, Line, Reply
from toetssteen.inquiries.permissions import reachable_by_token
from toetssteen.inquiries.queries.earlier import earlier_answer
from toetssteen.inquiries.services.asking import end, questionnaire_of

ATTACHMENT_BYTES = 10 * 1024 * 1024


def _by_token(token: str, now: dt.datetime, *, fillable: bool = True) -> tuple[Inquiry, Questionnaire]:
    inquiry = reachable_by_token(token, now).select_for_update().first()
    if inquiry is None:
        raise Refused(no(_("This link does not work.")))
    if fillable:
        demand(policies.is_fillable(inquiry, now))
    return inquiry, questionnaire_of(pack_by_id(inquiry.pack_id))


def answers_of(inquiry: Inquiry) -> dict[str, Given]:
    """What was answered so far."""
    return {reply.question: Given(reply.stance, reply.value) for reply in inquiry.replies.all()}


def _busy(inquiry: Inquiry) -> None:
    if inquiry.state != InquiryState.BUSY:
        inquiry.state = InquiryState.BUSY
        inquiry.save(update_fields=["state"])


@transaction.atomic
def begin(*, actor: Actor, token: str, now: dt.datetime) -> Inquiry:
    """Note that somebody opened the link and goes on; looking alone notes nothing, because mail programs look too."""
    inquiry, _questionnaire = _by_token(token, now)
    if inquiry.state == InquiryState.SENT:
        inquiry.state, inquiry.opened_at = InquiryState.OPENED, now
        inquiry.save(update_fields=["state", "opened_at"])
        audit.record(actor=actor, verb="inquiries.open", subject=inquiry, at=now)
    return inquiry


@transaction.atomic
def choose_language(*, actor: Actor, token: str, language: str, now: dt.datetime) -> None:
    """Go on in another language; it leaves no trail."""
    inquiry, questionnaire = _by_token(token, now, fillable=False)
    if language not in questionnaire.languages:
        raise ValidationError(_("Choose one of the languages."))
    inquiry.language = language
    inquiry.save(update_fields=["language"])


@transaction.atomic
def save_reply(*, actor: Actor, token: str, question_id: str, given: Given, now: dt.datetime) -> None:
    """Keep the answer to one question; only what is sent is read by the company."""
    inquiry, questionnaire = _by_token(token, now)
    asked = {question.id for question in shown(questionnaire, inquiry.asked_kind, answers_of(inquiry))}
    if question_id not in asked:
        raise ValidationError(_("This question does not exist."))
    if given.stance and given.stance not in questionnaire.stances:
        raise ValidationError(_("Choose one of the answers."))
    value = None if given.stance else given.value
    Reply.objects.update_or_create(
        inquiry=inquiry, question=question_id,
        defaults={"stance": given.stance, "value": value, "look_again": False, "saved_at": now},
    )  # fmt: skip
    _busy(inquiry)


@transaction.atomic
def add_attachment(*, actor: Actor, token: str, upload: UploadedFile[Any], now: dt.datetime) -> Attachment:
    """Keep a photo or document with the answer, after a look at what is in it."""
    inquiry, _questionnaire = _by_token(token, now)
    if inquiry.attachments.count() >= policies.MOST_ATTACHMENTS:
        raise ValidationError({"upload": _("You can add %(n)s files.") % {"n": policies.MOST_ATTACHMENTS}})
    try:
        kind = type_of(upload, upload.size or 0, ATTACHMENT_BYTES)  # type: ignore[arg-type]
    except FileRefused as refused:
        raise ValidationError({"upload": refused.sentence}) from refused
    if kind.content_type not in policies.ATTACHMENT_TYPES:
        raise ValidationError({"upload": _("Use a photo or a PDF.")})
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    there = inquiry.attachments.filter(sha256=digest.hexdigest()).first()
    if there is not None:
        return there
    attachment = Attachment(
        inquiry=inquiry, file_name=clean_name(upload.name or "", kind), content_type=kind.content_type,
        size=upload.size or 0, sha256=digest.hexdigest(), added_at=now,
    )  # fmt: skip
    upload.seek(0)
    attachment.file.save("new", upload, save=False)
    attachment.save()
    _busy(inquiry)
    return attachment


@transaction.atomic
def remove_attachment(*, actor: Actor, token: str, attachment_id: int, now: dt.datetime) -> None:
    """Take a file off the answer before it is sent."""
    inquiry, _questionnaire = _by_token(token, now)
    attachment = inquiry.attachments.filter(pk=attachment_id).first()
    if attachment is not None:
        name, storage = attachment.file.name, attachment.file.storage
        attachment.delete()
        if name and not Attachment.objects.filter(file=name).exists():
            transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def take_over_earlier(*, actor: Actor, token: str, take: bool, now: dt.datetime) -> None:
    """Start from what the same respondent answered before and agreed to share; or start empty.

    What is about one customer is looked at again, or left out; nothing is sent by this.
    """
    inquiry, questionnaire = _by_token(token, now)
    earlier = earlier_answer(inquiry)
    inquiry.earlier_offered = True
    inquiry.save(update_fields=["earlier_offered"])
    if not take or earlier is None or inquiry.replies.exists():
        return
    rule = {question.id: question.about_customer for question in questionnaire.questions}
    Reply.objects.bulk_create(
        Reply(
            inquiry=inquiry, question=reply.question, stance=reply.stance, value=reply.value,
            look_again=rule[reply.question] == "confirm", saved_at=now,
        )
        for reply in earlier.replies.all()
        if rule.get(reply.question, "never") != "never"
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(
            inquiry=inquiry, file_name=kept.file_name, file=kept.file.name, content_type=kept.content_type,
            size=kept.size, sha256=kept.sha256, added_at=now,
        )
        for kept in earlier.attachments.all()
    )  # fmt: skip
    _busy(inquiry)


@transaction.atomic
def send_replies(*, actor: Actor, token: str, may_share: bool, now: dt.datetime) -> Inquiry:
    """Send the answer to the company that asked; from now on it can be read, not changed."""
    inquiry, questionnaire = _by_token(token, now)
    answers = answers_of(inquiry)
    if not any(given.is_answered for given in answers.values()):
        raise ValidationError(_("Answer at least one question, or say that you do not want to answer."))
    if inquiry.replies.filter(look_again=True).exists():
        raise ValidationError(_("Look again at the questions that are marked; they are about this customer."))
    fitting = {question.id for question in shown(questionnaire, inquiry.asked_kind, answers)}
    inquiry.replies.exclude(question__in=fitting).delete()
    inquiry.may_share = may_share
    inquiry.expires_at = now + dt.timedelta(days=questionnaire.read_days)
    end(inquiry, refused=False, on=timezone.localdate(now), reason="", now=now)
    _propose(inquiry, questionnaire, answers)
    audit.record(actor=actor, verb="inquiries.answer", subject=inquiry, at=now, questions=sorted(answers))
    mails.tell_company(inquiry)
    return inquiry


def _propose(inquiry: Inquiry, questionnaire: Questionnaire, answers: dict[str, Given]) -> None:
    chains = [lines.About(asked.chain_id, asked.levels) for asked in inquiry.chains.all()]
    own = next((kind.levels[-1] for kind in questionnaire.kinds if kind.id == inquiry.asked_kind and kind.levels), "")
    Line.objects.bulk_create(
        Line(
            inquiry=inquiry, chain_id=found.chain_id, kind=found.kind, question=found.question, level=found.level,
            theme=found.theme, content=dict(found.content),
        )
        for found in lines.proposed_lines(questionnaire, inquiry.asked_kind, answers, chains, own)
    )  # fmt: skip


@transaction.atomic
def refuse(*, actor: Actor, token: str, reason: str, now: dt.datetime) -> Inquiry:
    """Say that one does not want to answer, with a reason or without; nothing that was filled in is sent."""
    inquiry, questionnaire = _by_token(token, now)
    inquiry.replies.all().delete()
    inquiry.attachments.all().delete()
    inquiry.expires_at = now + dt.timedelta(days=questionnaire.read_days)
    end(inquiry, refused=True, on=timezone.localdate(now), reason=reason[:1000], now=now)
    audit.record(actor=actor, verb="inquiries.refuse", subject=inquiry, at=now, has_reason=bool(reason.strip()))
    mails.tell_company(inquiry)
    return inquiry


@transaction.atomic
def change_sharing(*, actor: Actor, token: str, may_share: bool, now: dt.datetime) -> None:
    """Change whether this answer may be offered again when another member asks; what was sent before stays sent."""
    inquiry, _questionnaire = _by_token(token, now, fillable=False)
    if inquiry.state != InquiryState.ANSWERED:
        raise Refused(no(_("There is no answer yet.")))
    inquiry.may_share = may_share
    inquiry.save(update_fields=["may_share"])
    audit.record(actor=actor, verb="inquiries.change_sharing", subject=inquiry, at=now, may_share=may_share)
