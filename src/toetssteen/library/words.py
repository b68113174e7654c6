"""Words as people look for them and read them: without accents, in a list, the name of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii
from babel import Locale
from babel.lists import format_list
from django.utils.translation import get_language


def folded(text: object) -> str:
    """A text to search in, the same on every database: small letters and digits, no accents, single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(str(text)).lower()))


def holds(hay: str, words: str) -> bool:
    """All of these words stand in a folded text, whole or as a part of a word."""
    return all(word in hay for word in folded(words).split())


# Small words that the other language does not have.
DUTCH = frozenset({"de", "het", "een", "wij", "van", "niet", "ook", "voor", "dat"})
ENGLISH = frozenset({"the", "we", "of", "not", "also", "for", "that", "a"})


def seems_english(text: str) -> bool:
    """A text is in English rather than in Dutch, by its small words."""
    words = folded(text).split()
    return sum(word in ENGLISH for word in words) > sum(word in DUTCH for word in words)


LONGEST_CODE = 3  # what is longer is a name that somebody typed


def _language() -> str:
    return (get_language() or "nl").split("-")[0]


def language_name(code: str) -> str:
    """The name of a language in the language of the page."""
    return str(Locale.parse(_language()).languages.get(code, code.upper() if len(code) <= LONGEST_CODE else code))


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: graniet, marmer en hardsteen."""
    return format_list(list(words), locale=_language())
