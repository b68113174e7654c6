"""A model text filled with the data of one company, as blocks that a page and a Word document both show."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import ModelDocument, ModelPart, Pack, Text, Theme
from toetssteen.foundation import hooks
from toetssteen.foundation.look.figures import country_name, day
from toetssteen.foundation.word import WordText
from toetssteen.library.words import listed

_NAME = re.compile(r"\{(\w+)\}")
_BLANK = re.compile(r"(\[[^\[\]]+\])")
_ILO = re.compile(r"\bC(\d+)\b")


@dataclass(frozen=True)
class Stone:
    """One stone that a company buys; the app about chains says which."""

    material: str
    name: str
    countries: tuple[str, ...]
    is_imported: bool  # by the company itself


@dataclass(frozen=True)
class Chosen:
    """What the company wants to see filled in; what is left out becomes a blank."""

    language: str
    company: str = ""
    year: int | None = None
    contact: str = ""
    parts: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    materials: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    stones: tuple[Stone, ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of the text: title, remark, heading, theme (a heading below it), line or point."""

    kind: str
    text: str

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces; those between [brackets] are still to be filled in."""
        return [(part, bool(_BLANK.fullmatch(part))) for part in _BLANK.split(self.text) if part]


def stones_of(actor: Actor, on: dt.date) -> list[Stone]:
    """The stones that the company of the actor buys on a day, each once; none for who acts for no company."""
    if actor.company_id is None:
        return []
    told = [stone for answer in hooks.said("stones_bought", actor=actor, on=on) for stone in answer]
    return list(dict.fromkeys(told))


def stones_for(document: ModelDocument, stones: list[Stone]) -> list[Stone]:
    """Those that a model text is about: a letter to an importer is about what the company does not import itself."""
    return [stone for stone in stones if not (document.not_imported and stone.is_imported)]


@dataclass(frozen=True)
class _Filling:
    """A pack, a choice and the language in which it is written."""

    pack: Pack
    chosen: Chosen
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self, text: Text) -> str:
        """A text with its blanks filled; what people typed is never read as a blank itself."""
        blanks = self.pack.model_documents.blanks

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            found = self.values.get(name, "")
            return found or (blanks[name].in_(self.chosen.language) if name in blanks else "")

        return _NAME.sub(value, text.in_(self.chosen.language))

    def stone(self, stone: Stone) -> str:
        """A stone in words: Absolute Black (graniet), India."""
        names = {one.id: one.text for one in self.pack.materials}
        material = names[stone.material].in_(self.chosen.language) if stone.material in names else stone.material
        name = f"{stone.name} ({material})" if stone.name else material
        return ", ".join([name, *(country_name(code) for code in stone.countries)])


def filled(document: ModelDocument, pack: Pack, chosen: Chosen, today: dt.date) -> list[Block]:
    """The text in the chosen language, from top to bottom."""
    with translation.override(chosen.language):
        names = {one.id: one.text for one in pack.materials}
        materials = [names[one].in_(chosen.language).lower() for one in chosen.materials if one in names]
        values = {
            "company": chosen.company,
            "covenant": settings.COVENANT_NAME,
            "year": str(chosen.year or ""),
            "day": day(today),
            "materials": listed(materials) if materials else "",
            "countries": listed(country_name(code) for code in chosen.countries) if chosen.countries else "",
            "contact": chosen.contact.strip(),
        }
        filling = _Filling(pack, chosen, values)
        blocks = [
            Block("title", filling.words(document.heading)),
            Block("remark", pack.model_documents.note.in_(chosen.language)),
        ]
        for part in document.parts:
            if not part.is_optional or part.id in chosen.parts:
                blocks += _part(part, filling)
    return blocks


def _part(part: ModelPart, filling: _Filling) -> Iterator[Block]:
    if part.heading is not None:
        yield Block("heading", filling.words(part.heading))
    yield from (Block("line", filling.words(words)) for words in part.paragraphs)
    yield from (Block("point", filling.words(words)) for words in part.points)
    if part.each == "theme":
        for theme in chosen_themes(filling.pack, filling.chosen.themes):
            yield from _theme(theme, filling)
    elif part.each == "stone":
        stones = [filling.stone(stone) for stone in filling.chosen.stones]
        blank = filling.pack.model_documents.blanks.get("materials", Text("", ""))
        yield from (Block("point", words) for words in stones or [blank.in_(filling.chosen.language)])


def _theme(theme: Theme, filling: _Filling) -> Iterator[Block]:
    """A norm, with the numbers of the ILO Conventions that the pack names for the theme."""
    texts = filling.pack.model_documents
    yield Block("theme", theme.name.in_(filling.chosen.language))
    yield Block("line", filling.words(texts.demands[theme.id]))
    codes = [code for standard in theme.standards if standard.startswith("ILO") for code in _ILO.findall(standard)]
    if codes:
        basis = texts.basis.in_(filling.chosen.language)
        yield Block("line", basis.replace("{codes}", listed(f"C{code}" for code in codes)))


def chosen_themes(pack: Pack, ids: frozenset[str]) -> list[Theme]:
    """The themes for which the pack has a norm, in its order."""
    return [theme for theme in pack.themes if theme.id in pack.model_documents.demands and theme.id in ids]


def as_word(blocks: list[Block], chosen: Chosen, today: dt.date) -> bytes:
    """The text as a Word document, in its language and with nobody's name in its properties."""
    title = next(block.text for block in blocks if block.kind == "title")
    with translation.override(chosen.language):
        owner = chosen.company or _("Model text")
    document = WordText(title, language=chosen.language, owner=owner, on=today)
    write = {
        "title": document.title,
        "remark": document.remark,
        "heading": document.heading,
        "theme": lambda text: document.heading(text, level=2),
        "line": document.line,
        "point": lambda text: document.points([text]),
    }
    for block in blocks:
        write[block.kind](block.text)
    return document.content()
