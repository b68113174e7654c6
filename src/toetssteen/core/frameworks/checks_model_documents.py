"""Checks on the model texts of a pack: what they refer to is there, and every blank has words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Finding
from .shapes_model_documents import ModelDocumentIn, ModelDocumentsIn

FILE = "model_documents"
FILLED = frozenset({"covenant", "day"})  # always known, so that they need no blank
_NAME = re.compile(r"\{(\w*)\}")


def check(source: ModelDocumentsIn, *, themes: set[str], steps: set[int], library: set[str]) -> Iterator[Finding]:
    """All faults in the model texts."""
    for theme in source.demands:
        if theme not in themes:
            yield Finding(FILE, theme, f"It refers to theme '{theme}', which does not exist.")
    known = FILLED | set(source.blanks)
    seen: set[str] = set()
    for document in source.documents:
        if document.id in seen:
            yield Finding(FILE, document.id, "This model text stands here twice.")
        seen.add(document.id)
        unknown = [f"theme '{theme}'" for theme in document.themes if theme not in themes]
        unknown += [f"step {step}" for step in document.steps if step not in steps]
        unknown += [f"library item '{item}'" for item in [document.library] if item and item not in library]
        for what in unknown:
            yield Finding(FILE, document.id, f"It refers to {what}, which does not exist.")
        yield from _parts(document, known)


def _parts(document: ModelDocumentIn, known: frozenset[str] | set[str]) -> Iterator[Finding]:
    for part in document.parts:
        if part.optional and not (part.id and part.heading):
            yield Finding(FILE, document.id, "A part that may be left out needs an id and a heading.")
        heading = [part.heading] if part.heading else []
        for words in [document.heading, *heading, *part.paragraphs, *part.points]:
            for name in sorted({*_NAME.findall(words.nl), *_NAME.findall(words.en)} - known):
                yield Finding(FILE, document.id, f"The blank '{name}' has no words for when it is not filled in.")
