"""Mail to those who are asked, in the language of the invitation, and to the colleague who asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from toetssteen.core.frameworks import Questionnaire, Text
from toetssteen.covenant.queries import pack_by_id
from toetssteen.foundation.look.figures import in_language
from toetssteen.inquiries.choices import InquiryKind
from toetssteen.inquiries.models import Inquiry


def stones_of(inquiry: Inquiry) -> list[str]:
    """The stones that the question is about, by the names under which they are bought; nothing else of the chains."""
    words = {material.id: material.text for material in pack_by_id(inquiry.pack_id).materials}
    found = []
    for asked in inquiry.chains.select_related("chain"):
        material = in_language(words.get(asked.chain.material, Text(asked.chain.material, asked.chain.material)))
        name = asked.chain.trade_name
        found.append(f"{name} ({material})" if name else material)
    return list(dict.fromkeys(found))


def letter_of(inquiry: Inquiry, questionnaire: Questionnaire) -> dict[str, Any]:
    """The words of the model letter, filled; in the language that is active."""
    letter = questionnaire.letter
    if letter is None:
        return {"subject": "", "paragraphs": []}
    paragraphs = [in_language(words).replace("{covenant}", settings.COVENANT_NAME) for words in letter.paragraphs]
    return {"subject": in_language(letter.subject), "paragraphs": paragraphs}


def question_mail(
    inquiry: Inquiry, link: str, questionnaire: Questionnaire, *, reminder: bool = False
) -> tuple[str, str]:
    """Subject and text of the mail, in the language of the invitation."""
    with translation.override(inquiry.language or settings.LANGUAGE_CODE):
        context = {
            "inquiry": inquiry,
            "company": inquiry.organisation.name,
            "covenant": settings.COVENANT_NAME,
            "intro": in_language(questionnaire.intro),
            "minutes": questionnaire.minutes,
            "stones": stones_of(inquiry),
            "link": link,
            "until": inquiry.expires_at,
            "is_letter": inquiry.kind == InquiryKind.LETTER,
            "letter": letter_of(inquiry, questionnaire),
            "reminder": reminder,
        }
        subject = " ".join(render_to_string("inquiries/mail/question_subject.txt", context).split())
        text = render_to_string("inquiries/mail/question.txt", context).strip() + "\n"
    return subject, text


def link_of(token: str) -> str:
    """The address that a mail holds."""
    return settings.SITE_URL.rstrip("/") + reverse("reply_start", args=[token])


def send_question(inquiry: Inquiry, token: str, questionnaire: Questionnaire, *, reminder: bool = False) -> None:
    """Send the link, once the question is really stored."""
    subject, text = question_mail(inquiry, link_of(token), questionnaire, reminder=reminder)
    to = inquiry.email
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to]))


def tell_company(inquiry: Inquiry) -> None:
    """Tell the colleague who asked that an answer is there; what it says stands behind the sign-in."""
    person = inquiry.made_by
    if person is None or not person.is_active or not person.email:
        return
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "name": person.name,
            "supplier": inquiry.supplier_name,
            "refused": inquiry.state == "refused",
            "link": settings.SITE_URL.rstrip("/") + reverse("inquiry_detail", args=[inquiry.pk]),
        }
        subject = " ".join(render_to_string("inquiries/mail/answered_subject.txt", context).split())
        text = render_to_string("inquiries/mail/answered.txt", context).strip() + "\n"
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email]))
