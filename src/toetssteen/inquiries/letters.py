"""The letter to an importer as a Word document, filled from data; its template is made by `make_template`."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from django.utils import translation

from toetssteen.core.frameworks import Questionnaire
from toetssteen.foundation.look.figures import day
from toetssteen.inquiries.mails import letter_of, stones_of
from toetssteen.inquiries.models import Inquiry

TEMPLATE = Path(__file__).resolve().parent / "letter_template.docx"


def letter_document(inquiry: Inquiry, questionnaire: Questionnaire, today: dt.date) -> bytes:
    """The letter as a file; what people typed is escaped, so that it stays text."""
    from docxtpl import DocxTemplate

    with translation.override(inquiry.language):
        words = letter_of(inquiry, questionnaire)
        context: dict[str, Any] = {
            "company": inquiry.organisation.name,
            "supplier": inquiry.supplier_name,
            "contact": inquiry.contact_name,
            "day": day(today),
            "subject": words["subject"],
            "greeting": translation.gettext("Dear Sir or Madam,"),
            "word": [part.strip() for part in inquiry.word.splitlines() if part.strip()],
            "paragraphs": words["paragraphs"],
            "stones_head": translation.gettext("It is about this stone:"),
            "stones": stones_of(inquiry),
            "closing": translation.gettext("With kind regards,"),
        }
        if inquiry.contact_name:
            context["greeting"] = translation.gettext("Dear %(name)s,") % {"name": inquiry.contact_name}
    document = DocxTemplate(TEMPLATE)
    document.render(context, autoescape=True)
    document.docx.core_properties.title = words["subject"]
    document.docx.core_properties.author = inquiry.organisation.name
    document.docx.core_properties.language = inquiry.language
    _set_language(document.docx, inquiry.language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_language(document: Any, language: str) -> None:
    """Say in the document which language it is in, so that a screen reader speaks it rightly."""
    from docx.oxml.ns import qn

    code = {"nl": "nl-NL", "en": "en-GB"}.get(language, language)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), code)


def make_template(path: Path = TEMPLATE) -> None:
    """Make the template again: a heading, real paragraphs and a real list, so that it can be read aloud."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    for line in ("{{ supplier }}", "{{ contact }}", "", "{{ company }}, {{ day }}"):
        document.add_paragraph(line)
    document.add_heading("{{ subject }}", level=1)
    document.add_paragraph("{{ greeting }}")
    for name in ("word", "paragraphs"):
        document.add_paragraph(f"{{%p for part in {name} %}}")
        document.add_paragraph("{{ part }}")
        document.add_paragraph("{%p endfor %}")
    document.add_heading("{{ stones_head }}", level=2)
    document.add_paragraph("{%p for stone in stones %}")
    document.add_paragraph("{{ stone }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("")
    document.add_paragraph("{{ closing }}")
    document.add_paragraph("{{ company }}")
    document.core_properties.author, document.core_properties.comments = "Toetssteen", ""
    document.save(str(path))
