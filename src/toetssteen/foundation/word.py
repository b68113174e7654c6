"""A text as a Word document: real headings and lists, its language, and no names of people in its properties."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODES = {"nl": "nl-NL", "en": "en-GB"}
INK = "17424F"
Words = str | tuple[str, str]  # text, or text with its language where that is another than the document's
_BLANK = re.compile(r"(\[[^\[\]]+\])")


class WordText:
    """A document that is written from top to bottom; what stands between [brackets] is marked, to be filled in."""

    def __init__(self, title: str, *, language: str, owner: str, on: dt.date) -> None:
        """`owner` is the organisation that the document is of; the properties never name a person."""
        from docx import Document
        from docx.shared import Cm, Pt, RGBColor

        self._document = document = Document()
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
        styles: Any = document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
        for name in ("Title", "Heading 1", "Heading 2"):
            styles[name].font.color.rgb = RGBColor.from_string(INK)
        styles["Title"].font.size = Pt(22)
        self._describe(_clean(title), language, _clean(owner), on)

    def _describe(self, title: str, language: str, owner: str, on: dt.date) -> None:
        """Properties, and the language in which a screen reader speaks the text."""
        from docx.oxml.ns import qn

        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = title[:255], owner[:255], ""
        about.comments, about.revision, about.language = "", 1, CODES.get(language, language)
        about.created = about.modified = dt.datetime.combine(on, dt.time(12))
        for element in self._document.styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), CODES.get(language, language))

    def title(self, text: str) -> None:
        """The name of the document, once on top."""
        self._document.add_paragraph(_clean(text), style="Title")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading that shows in the outline."""
        self._document.add_heading(_clean(text), level=level)

    def line(self, words: Words, style: str | None = None) -> None:
        """One paragraph."""
        from docx.enum.text import WD_COLOR_INDEX

        paragraph = self._document.add_paragraph(style=style)
        text, language = _parted(words)
        for part in filter(None, _BLANK.split(_clean(text))):
            run = paragraph.add_run(part)
            if _BLANK.fullmatch(part):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            _speak(run, language)

    def facts(self, rows: Iterable[tuple[str, Words]]) -> None:
        """Names with their values, one paragraph each."""
        for name, value in rows:
            paragraph = self._document.add_paragraph()
            paragraph.add_run(f"{_clean(name)}: ").bold = True
            _say(paragraph, value)

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[Words]]) -> None:
        """A table with a caption above it and a head row that is marked as such and comes back on every page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.line(caption, "Caption")
        table = self._document.add_table(rows=1, cols=len(head), style="Table Grid")
        described = OxmlElement("w:tblCaption")
        described.set(qn("w:val"), _clean(caption))
        table._tbl.tblPr.append(described)
        first = table.rows[0]
        first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, name in zip(first.cells, head, strict=True):
            cell.paragraphs[0].add_run(_clean(name)).bold = True
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                _say(cell.paragraphs[0], value)
        self._document.add_paragraph()

    def points(self, texts: Iterable[Words]) -> None:
        """A list."""
        for text in texts:
            self.line(text, "List Bullet")

    def remark(self, text: str) -> None:
        """A remark to whoever works on the document, apart from its text."""
        self.line(text, "Intense Quote")

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def _parted(words: Words) -> tuple[str, str]:
    """The text, and its language where it has one of its own."""
    return (words, "") if isinstance(words, str) else words


def _say(paragraph: Any, words: Words) -> None:
    text, language = _parted(words)
    _speak(paragraph.add_run(_clean(text)), language)


def _speak(run: Any, language: str) -> None:
    """The language in which a screen reader speaks these words; none is that of the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not language:
        return
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), CODES.get(language, language))
    run._r.get_or_add_rPr().append(spoken)


def _clean(text: object) -> str:
    """What people typed stays text: characters that a document cannot hold are left out."""
    kept = (c for c in str(text) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept)
