"""The shape of the model texts of a pack."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .shapes_base import Closed, Int, Open, Str, TextIn


class ModelPartIn(Closed):
    id: str = ""
    optional: bool = False
    heading: TextIn | None = None
    paragraphs: list[TextIn] = []
    points: list[TextIn] = []
    each: Literal["", "theme", "stone"] = ""
    from_: Annotated[Literal["", "letter"], Field(alias="from")] = ""


class ModelDocumentIn(Closed):
    id: Str
    kind: Str
    library: str = ""
    title: TextIn
    summary: TextIn
    heading: TextIn
    steps: list[Int] = []
    themes: list[Str] = []
    audience: Annotated[list[Str], Field(min_length=1)]
    not_imported: bool = False
    parts: Annotated[list[ModelPartIn], Field(min_length=1)]


class ModelDocumentsIn(Open):
    note: TextIn
    blanks: dict[str, TextIn] = {}
    basis: TextIn
    demands: dict[str, TextIn] = {}
    documents: Annotated[list[ModelDocumentIn], Field(min_length=1)]
