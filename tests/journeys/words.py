"""Which words on a page are in the wrong language, told by our own translations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polib

from tests.browser import ROOT

PARTS = re.compile(r"<[^>]+>|%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Everything a reader sees or hears, outside parts that say they are in another language or are not words.
TEXTS = """() => {
  const found = [], root = document.documentElement.lang;
  const skipped = el => el.closest('script,style,code,[hidden],[translate=no]')
    || (el.closest('[lang]') || {}).lang !== root;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text && !skipped(walker.currentNode.parentElement)) found.push(text);
  }
  document.querySelectorAll('[aria-label],[title],[placeholder],[alt],[data-label]').forEach(el => {
    if (skipped(el)) return;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label'])
      if (el.getAttribute(name)) found.push(el.getAttribute(name).replace(/\\s+/g, ' ').trim());
  });
  found.push(document.title);
  return found;
}"""


@dataclass(frozen=True)
class Words:
    """Words that belong to the other language only: whole labels, and pieces of sentences."""

    labels: frozenset[str]
    pieces: tuple[str, ...]


def _pieces(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in PARTS.split(text) if piece]


@cache
def foreign_to(language: str) -> Words:
    """What a page in this language may not show."""
    pairs = [
        (entry.msgid, entry.msgstr) if language == "nl" else (entry.msgstr, entry.msgid)
        for path in sorted((ROOT / "src").glob("toetssteen/*/locale/nl/LC_MESSAGES/django.po"))
        for entry in polib.pofile(str(path))
        if entry.msgstr
    ]
    own = {piece for _foreign, mine in pairs for piece in _pieces(mine)}
    own_text = "\n".join(own)
    foreign = {piece for theirs, _mine in pairs for piece in _pieces(theirs)} - own
    return Words(
        frozenset(word for word in foreign if len(word) > 3),
        tuple(sorted(word for word in foreign if word.count(" ") >= 2 and word not in own_text)),
    )


def foreign_words(page) -> list[str]:
    """The words on a page that are in the wrong language."""
    language = page.get_attribute("html", "lang")
    words = foreign_to(language)
    texts = page.evaluate(TEXTS)
    found = [f"“{text}” is not {language}" for text in dict.fromkeys(texts) if text in words.labels]
    whole = "\n".join(texts)
    found += [f"“{piece}” is not {language}" for piece in words.pieces if piece in whole and len(piece) > 12]
    return list(dict.fromkeys(found))
