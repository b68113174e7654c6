"""What a company does: prepare a question, send it, send it again, withdraw it, or record an answer on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack, Questionnaire
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_by_id, pack_of
from toetssteen.documents.permissions import visible_evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.inquiries import mails, permissions, policies
from toetssteen.inquiries.choices import InquiryKind, InquiryState, LineKind
from toetssteen.inquiries.models import AskedChain, Inquiry, Line
from toetssteen.supplychain import asking
from toetssteen.supplychain.models import Chain
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.services import ANSWERED, REFUSED


@dataclass(frozen=True)
class InquiryData:
    """Whom a company asks about which chains, as it was entered."""

    kind: str
    asked_kind: str
    supplier_name: str
    email: str
    language: str
    chains: tuple[int, ...]
    contact_name: str = ""
    word: str = ""


def questionnaire_of(pack: Pack) -> Questionnaire:
    """The questionnaire of a pack; a pack without one asks nobody."""
    if pack.questionnaire is None:
        raise Refused(no(_("This covenant has no questionnaire for suppliers.")))
    return pack.questionnaire


@transaction.atomic
def prepare_inquiry(
    *, actor: Actor, organisation_id: int, data: InquiryData, year: CovenantYear, now: dt.datetime
) -> Inquiry:
    """Keep a draft of a question; nothing is sent and no chain changes."""
    demand(permissions.can_ask(actor, organisation_id))
    pack = pack_of(year)
    inquiry = Inquiry(organisation_id=organisation_id, pack_id=year.pack_id, made_by_id=actor.person_id, made_at=now)
    _fill(inquiry, data, questionnaire_of(pack))
    inquiry.save()
    _choose_chains(inquiry, actor, data, pack)
    audit.record(actor=actor, verb="inquiries.prepare", subject=inquiry, at=now, kind=inquiry.kind)
    return inquiry


@transaction.atomic
def edit_inquiry(*, actor: Actor, inquiry_id: int, row_version: int, data: InquiryData, now: dt.datetime) -> Inquiry:
    """Change a draft."""
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_edit_inquiry(actor, inquiry))
    if inquiry.row_version != row_version:
        raise StaleRow(inquiry)
    pack = pack_by_id(inquiry.pack_id)
    _fill(inquiry, data, questionnaire_of(pack))
    inquiry.row_version += 1
    inquiry.save()
    inquiry.chains.all().delete()
    _choose_chains(inquiry, actor, data, pack)
    audit.record(actor=actor, verb="inquiries.edit", subject=inquiry, at=now)
    return inquiry


@transaction.atomic
def discard_inquiry(*, actor: Actor, inquiry_id: int, now: dt.datetime) -> None:
    """Throw a draft away."""
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_edit_inquiry(actor, inquiry))
    audit.record(actor=actor, verb="inquiries.discard", subject=inquiry, at=now)
    inquiry.delete()


@transaction.atomic
def send_inquiry(
    *, actor: Actor, inquiry_id: int, year: CovenantYear, now: dt.datetime, by_hand_on: dt.date | None = None
) -> str:
    """Send a question, or note on which day the company sent it itself; the levels it is about become asked.

    The answer is the token of the link, which stands in the mail only and is stored as a hash. What a company sends
    itself has no link: whoever opens a link must be who reads that mail.
    """
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_edit_inquiry(actor, inquiry))
    if by_hand_on is None:
        demand(permissions.can_send_inquiry(actor, inquiry))
    today = timezone.localdate(now)
    on = by_hand_on or today
    if on > today:
        raise ValidationError({"on": _("This day is still to come.")})
    token = _give_link(inquiry, now)
    if by_hand_on is not None:
        token, inquiry.token_digest = "", None
    inquiry.state, inquiry.sent_at = InquiryState.SENT, _moment(on, now)
    inquiry.row_version += 1
    inquiry.save()
    for asked in inquiry.chains.select_related("chain"):
        asking.mark_asked(actor=actor, chain_id=asked.chain_id, levels=asked.levels, on=on, year=year, now=now)
        if inquiry.kind == InquiryKind.LETTER:
            asked.letter = asking.note_letter(
                actor=actor, chain_id=asked.chain_id, supplier_name=inquiry.supplier_name, sent_on=on, now=now
            )
            asked.save(update_fields=["letter"])
    audit.record(
        actor=actor, verb="inquiries.send", subject=inquiry, at=now, on=on, by_hand=by_hand_on is not None,
        chains=[asked.chain_id for asked in inquiry.chains.all()],
    )  # fmt: skip
    if by_hand_on is None:
        mails.send_question(inquiry, token, questionnaire_of(pack_by_id(inquiry.pack_id)))
    return token


@transaction.atomic
def resend_inquiry(*, actor: Actor, inquiry_id: int, now: dt.datetime) -> str:
    """Send a question again with a new link and a new last day; the old link stops working."""
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_resend_inquiry(actor, inquiry))
    token = _give_link(inquiry, now)
    inquiry.row_version += 1
    inquiry.save()
    audit.record(actor=actor, verb="inquiries.resend", subject=inquiry, at=now)
    mails.send_question(inquiry, token, questionnaire_of(pack_by_id(inquiry.pack_id)))
    return token


@transaction.atomic
def withdraw_inquiry(*, actor: Actor, inquiry_id: int, now: dt.datetime) -> Inquiry:
    """Withdraw a question that waits; its link stops working, and that it was asked stays on record."""
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_withdraw_inquiry(actor, inquiry))
    inquiry.state, inquiry.token_digest = InquiryState.WITHDRAWN, None
    inquiry.withdrawn_at, inquiry.withdrawn_by_id = now, actor.person_id
    inquiry.row_version += 1
    inquiry.save()
    inquiry.replies.all().delete()  # what was not sent was not meant to be read
    for attachment in inquiry.attachments.all():
        attachment.delete()
    audit.record(actor=actor, verb="inquiries.withdraw", subject=inquiry, at=now)
    return inquiry


@transaction.atomic
def record_answer(
    *, actor: Actor, inquiry_id: int, refused: bool, on: dt.date, reason: str, evidence_id: int | None, now: dt.datetime
) -> Inquiry:
    """Record an answer or a refusal that came by mail, by phone or on paper, with its day and evidence."""
    inquiry = locked(actor, inquiry_id)
    demand(permissions.can_record_answer(actor, inquiry))
    if on > timezone.localdate(now):
        raise ValidationError({"on": _("This day is still to come.")})
    if inquiry.sent_at and on < timezone.localdate(inquiry.sent_at):
        raise ValidationError({"on": _("The answer cannot come before the question.")})
    if evidence_id is not None and not visible_evidence(actor).filter(pk=evidence_id).exists():
        raise ValidationError({"evidence": _("This file does not exist.")})
    inquiry.by_hand, inquiry.evidence_id = True, evidence_id
    inquiry.token_digest = None
    inquiry.replies.all().delete()
    end(inquiry, refused=refused, on=on, reason=reason, now=now)
    audit.record(actor=actor, verb="inquiries.record_answer", subject=inquiry, at=now, refused=refused, on=on)
    for asked in inquiry.chains.exclude(letter=None):
        asking.answer_letter(
            actor=actor, letter_id=asked.letter_id or 0, now=now,
            answer=REFUSED if refused else ANSWERED,
        )  # fmt: skip
    return inquiry


def end(inquiry: Inquiry, *, refused: bool, on: dt.date, reason: str, now: dt.datetime) -> None:
    """The question is answered or refused; a refusal becomes lines that the company confirms."""
    inquiry.state = InquiryState.REFUSED if refused else InquiryState.ANSWERED
    inquiry.ended_at, inquiry.ended_on, inquiry.refusal_reason = now, on, reason.strip() if refused else ""
    inquiry.row_version += 1
    inquiry.save()
    if refused:
        Line.objects.bulk_create(
            Line(inquiry=inquiry, chain_id=asked.chain_id, kind=LineKind.REFUSAL, level=level)
            for asked in inquiry.chains.all()
            for level in asked.levels
        )


def locked(actor: Actor, inquiry_id: int) -> Inquiry:
    """The question, locked; for whom may not see it, it does not exist."""
    inquiry = permissions.visible_inquiries(actor).select_for_update().filter(pk=inquiry_id).first()
    if inquiry is None:
        raise Refused(no(_("This question does not exist.")))
    return inquiry


def _give_link(inquiry: Inquiry, now: dt.datetime) -> str:
    token = policies.new_token()
    inquiry.token_digest = policies.digest_of_token(token)
    inquiry.expires_at = policies.expires(now, questionnaire_of(pack_by_id(inquiry.pack_id)))
    return token


def _moment(on: dt.date, now: dt.datetime) -> dt.datetime:
    """The moment of sending: now, or noon of a day that the company names."""
    if on == timezone.localdate(now):
        return now
    return timezone.make_aware(dt.datetime.combine(on, dt.time(12)))


def _fill(inquiry: Inquiry, data: InquiryData, questionnaire: Questionnaire) -> None:
    if data.asked_kind not in {kind.id for kind in questionnaire.kinds}:
        raise ValidationError({"asked_kind": _("Choose what they do.")})
    if data.language not in questionnaire.languages:
        raise ValidationError({"language": _("Choose one of the languages.")})
    if data.kind not in InquiryKind.values:
        raise ValidationError({"kind": _("Choose a questionnaire or a letter.")})
    if not data.supplier_name.strip():
        raise ValidationError({"supplier_name": _("Enter the name.")})
    inquiry.kind, inquiry.asked_kind, inquiry.language = data.kind, data.asked_kind, data.language
    inquiry.supplier_name, inquiry.contact_name = data.supplier_name.strip(), data.contact_name.strip()
    inquiry.email, inquiry.word = data.email.strip().lower(), data.word.strip()


def _choose_chains(inquiry: Inquiry, actor: Actor, data: InquiryData, pack: Pack) -> None:
    rows = visible_chains(actor).filter(
        organisation_id=inquiry.organisation_id, pk__in=data.chains, closed_on__isnull=True
    )
    chains = list(rows.prefetch_related("links"))
    if not chains or len(chains) != len(set(data.chains)):
        raise ValidationError({"chains": _("Choose at least one of your chains.")})
    AskedChain.objects.bulk_create(
        AskedChain(inquiry=inquiry, chain=chain, levels=unknown_levels(chain, pack)) for chain in chains
    )


def unknown_levels(chain: Chain, pack: Pack) -> list[str]:
    """The levels of a chain of which nothing is known yet, in the order of the pack."""
    known = {link.level for link in chain.links.all() if link.state in pack.known_states}
    return [level.id for level in pack.coverage_levels if level.id not in known]
