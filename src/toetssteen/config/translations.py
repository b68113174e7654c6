"""Finds every text of the screens and sees whether it has a Dutch translation; needs no system package."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGE = "nl"
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%[sd]|\{(\w*)\}")
Key = tuple[str, str]  # context, singular


@dataclass
class Used:
    """One text of the screens and where it is used."""

    places: list[str] = field(default_factory=list)
    plural: str = ""


def texts(package: Path = PACKAGE) -> dict[Key, Used]:
    """Every text in Python files and templates."""
    from django.utils.translation.template import templatize

    found: dict[Key, Used] = defaultdict(Used)
    for path in sorted(
        [*package.glob("**/*.py"), *package.glob("**/templates/**/*.html"), *package.glob("**/templates/**/*.txt")]
    ):
        if "migrations" in path.parts or "/demo/" in path.as_posix():
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is left of the template must not look like indented Python.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=path.name).splitlines())
        for line, messages, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            parts = messages if isinstance(messages, tuple) else (messages,)
            if not parts or not isinstance(parts[0], str) or not parts[0]:
                continue
            used = found[(context or "", parts[0])]
            used.places.append(f"{path.relative_to(package)}:{line}")
            used.plural = used.plural or (str(parts[1]) if len(parts) > 1 else "")
    return dict(found)


def catalogs(package: Path = PACKAGE) -> Iterator[tuple[str, Catalog]]:
    """The Dutch catalogue of each app."""
    for path in sorted(package.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            yield path.relative_to(package).parts[0], read_po(file, locale=LANGUAGE)


def library_texts() -> set[Key]:
    """What Django and the sign-in library translate themselves."""
    import allauth
    import django

    found: set[Key] = set()
    for library in (django, allauth):
        folder = Path(str(library.__file__)).parent
        for path in folder.glob(f"**/locale/{LANGUAGE}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                catalog = read_po(file, locale=LANGUAGE)
            found |= {
                _key(message) for message in catalog if message.id and not _is_empty(message) and not message.fuzzy
            }
    return found


def _key(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, list | tuple) else message.id
    return (message.context or "", str(singular))


def _is_empty(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return not all(strings)


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def _message_faults(app: str, message: Message) -> Iterator[str]:
    place, (_, singular) = f"{app}/locale", _key(message)
    if message.fuzzy:
        yield f"{place}: fuzzy: {singular!r}"
    if _is_empty(message):
        yield f"{place}: empty: {singular!r}"
        return
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    wanted = set[str]().union(*(_placeholders(str(text)) for text in ids))
    for string in strings:
        if strange := _placeholders(str(string)) - wanted:
            yield f"{place}: {sorted(strange)} is not in the English text: {singular!r}"
        if len(strings) == 1 and (lost := wanted - _placeholders(str(string))):
            yield f"{place}: {sorted(lost)} is lost in the translation: {singular!r}"


def check(package: Path = PACKAGE) -> tuple[list[str], list[str]]:
    """Faults (missing, empty, fuzzy, lost placeholders) and warnings (unused, translated in two ways)."""
    used = texts(package)
    faults: list[str] = []
    warnings: list[str] = []
    translated: dict[Key, tuple[str, Any]] = {}
    for app, catalog in catalogs(package):
        for message in catalog:
            if not message.id:
                continue
            key = _key(message)
            faults += _message_faults(app, message)
            if key not in used:
                warnings.append(f"{app}/locale: not used: {key[1]!r}")
            earlier = translated.setdefault(key, (app, message.string))
            if earlier[1] != message.string:
                warnings.append(f"{app}/locale: {earlier[0]} translates {key[1]!r} in another way")
    libraries = library_texts()
    for key, use in sorted(used.items(), key=lambda item: item[1].places):
        if key not in translated and key not in libraries:
            faults.append(f"{use.places[0]}: no Dutch translation: {key[1]!r}")
    return faults, warnings
