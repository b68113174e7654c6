"""The letter to an importer as a Word document, filled from data."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from toetssteen.core.frameworks import Questionnaire
from toetssteen.foundation.look.figures import day
from toetssteen.foundation.word import WordText
from toetssteen.inquiries.mails import letter_of, stones_of
from toetssteen.inquiries.models import Inquiry


def letter_document(inquiry: Inquiry, questionnaire: Questionnaire, today: dt.date) -> bytes:
    """The letter as a file; what people typed stays text."""
    with translation.override(inquiry.language):
        words, company = letter_of(inquiry, questionnaire), inquiry.organisation.name
        greeting = translation.gettext("Dear Sir or Madam,")
        if inquiry.contact_name:
            greeting = translation.gettext("Dear %(name)s,") % {"name": inquiry.contact_name}
        letter = WordText(words["subject"], language=inquiry.language, owner=company, on=today)
        for line in (inquiry.supplier_name, inquiry.contact_name, "", f"{company}, {day(today)}"):
            letter.line(line)
        letter.heading(words["subject"])
        letter.line(greeting)
        for part in [*filter(str.strip, inquiry.word.splitlines()), *words["paragraphs"]]:
            letter.line(part.strip())
        letter.heading(translation.gettext("It is about this stone:"), level=2)
        letter.points(stones_of(inquiry))
        letter.line("")
        letter.line(translation.gettext("With kind regards,"))
        letter.line(company)
    return letter.content()
