"""A published report as a Word file, written from its frozen content alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from toetssteen.foundation.look.figures import day
from toetssteen.foundation.word import Words, WordText


def as_docx(content: dict[str, Any], address: str) -> bytes:
    """The file: real headings, head rows that repeat, its language, and the company as its only author."""
    published = dt.date.fromisoformat(content["published_on"])
    with translation.override(content["language"]):
        text = WordText(content["title"], language=content["language"], owner=content["company"], on=published)
        text.title(content["title"])
        text.line(content["company"])
        text.line(content["lead"])
        text.line(_("Published on %(day)s, version %(number)s.") % {"day": day(published), "number": content["number"]})
        text.line(content["disclaimer"])
        for section in content["sections"]:
            text.heading(section["title"])
            for block in section["blocks"]:
                _write(text, block)
        text.heading(_("About this report"))
        text.line(_("The newest version is always at %(address)s") % {"address": address})
    return text.content()


def _said(cell: Any) -> Words:
    """Words with their own language, where the frozen content names it."""
    return (cell["text"], cell["lang"]) if isinstance(cell, dict) else str(cell)


def _write(text: WordText, block: dict[str, Any]) -> None:
    kind, value = next(iter(block.items()))
    if kind == "h":
        text.heading(value, 2)
    elif kind == "p":
        text.line(_said(value))
    elif kind == "ul":
        text.points(_said(line) for line in value)
    elif kind == "dl":
        text.facts([(head, _said(said)) for head, said in value])
    elif kind == "link":
        text.line(f"{value['text']}: {value['url']}")
    elif kind == "table":
        text.table(value["caption"], value["head"], [[_said(cell) for cell in row] for row in value["rows"]])
