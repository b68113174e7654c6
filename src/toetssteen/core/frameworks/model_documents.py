"""Model texts of the pack that a company fills from its own data: a policy, a code of conduct, a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .shapes_base import TextIn
from .shapes_model_documents import ModelDocumentIn, ModelDocumentsIn, ModelPartIn
from .values import Text


@dataclass(frozen=True)
class ModelPart:
    """A heading with what stands under it; `each` repeats for every theme or stone that was chosen."""

    id: str
    is_optional: bool
    heading: Text | None
    paragraphs: tuple[Text, ...]
    points: tuple[Text, ...]
    each: str  # "", theme or stone


@dataclass(frozen=True)
class ModelDocument:
    """One model text; `not_imported` says that it is about stone that a company does not import itself."""

    id: str
    kind: str
    library: str
    title: Text
    summary: Text
    heading: Text
    steps: tuple[int, ...]
    themes: tuple[str, ...]
    audience: tuple[str, ...]
    not_imported: bool
    parts: tuple[ModelPart, ...]


@dataclass(frozen=True)
class ModelDocuments:
    """All model texts, with the remark above them, what is not filled in, and the norm for each theme."""

    note: Text
    blanks: Mapping[str, Text]
    basis: Text
    demands: Mapping[str, Text]
    documents: tuple[ModelDocument, ...]

    def document(self, document_id: str) -> ModelDocument:
        """One model text; LookupError when the pack does not have it."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise LookupError(f"The pack has no model text '{document_id}'.")


NO_MODEL_DOCUMENTS = ModelDocuments(Text("", ""), {}, Text("", ""), {}, ())


def load_model_documents(source: ModelDocumentsIn, questionnaire: Any) -> ModelDocuments:
    """The model texts from their checked shape; the letter is the one of the questionnaire."""
    letter = questionnaire.letter.paragraphs if questionnaire and questionnaire.letter else ()
    return ModelDocuments(
        note=_text(source.note),
        blanks={name: _text(words) for name, words in source.blanks.items()},
        basis=_text(source.basis),
        demands={theme: _text(words) for theme, words in source.demands.items()},
        documents=tuple(_document(document, letter) for document in source.documents),
    )


def _text(value: TextIn) -> Text:
    return Text(value.nl, value.en)


def _document(source: ModelDocumentIn, letter: tuple[Any, ...]) -> ModelDocument:
    return ModelDocument(
        id=source.id,
        kind=source.kind,
        library=source.library,
        title=_text(source.title),
        summary=_text(source.summary),
        heading=_text(source.heading),
        steps=tuple(source.steps),
        themes=tuple(source.themes),
        audience=tuple(source.audience),
        not_imported=source.not_imported,
        parts=tuple(_part(part, letter) for part in source.parts),
    )


def _part(source: ModelPartIn, letter: tuple[Any, ...]) -> ModelPart:
    own = tuple(_text(words) for words in source.paragraphs)
    return ModelPart(
        id=source.id,
        is_optional=source.optional,
        heading=_text(source.heading) if source.heading else None,
        paragraphs=own + tuple(letter if source.from_ == "letter" else ()),
        points=tuple(_text(words) for words in source.points),
        each=source.each,
    )
