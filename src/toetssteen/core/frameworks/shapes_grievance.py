"""The shape of what the pack says about complaining; a pack of an older form has only the first part."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .shapes_base import Cell, Closed, Int, Named, Open, Str, TextIn


class MechanismIn(Open):
    name: TextIn
    composition: TextIn
    principles: TextIn


class ProtectionIn(Cell):
    rules: list[TextIn] = []


class CriterionIn(Named):
    check: TextIn
    question: TextIn | None = None
    example: TextIn | None = None


class CriteriaIn(Open):
    criteria: list[CriterionIn] = []


class WantedIn(Named):
    id: str = ""  # known by its code
    code: Str
    areas: list[Str] = []


class ToOfferIn(Open):
    values: list[WantedIn] = []


class LanguagesIn(Open):
    to_offer: ToOfferIn = ToOfferIn()


class CountedIn(Named):
    counts: bool = True


class CountingIn(Cell):
    rule: TextIn


class MadeKnownIn(Open):
    mechanisms: Annotated[list[CountedIn], Field(min_length=1)]
    audiences: Annotated[list[CountedIn], Field(min_length=1)]
    ways: Annotated[list[CountedIn], Field(min_length=1)]
    site_levels: Annotated[list[Str], Field(min_length=1)]
    counting: CountingIn


class WorksIn(Cell):
    levels: Annotated[list[Str], Field(min_length=1)]
    criteria: list[Str] = []
    part_is_enough: bool = True
    stale_after_months: Int = 24


class ReachIn(Closed):
    id: Str
    value: str | None
    status: Str
    source: str = ""


class PromiseIn(Closed):
    id: Str
    status: Str
    source: str = ""


class PosterTextIn(Closed):
    code: Str
    name: Str
    direction: Literal["ltr", "rtl"] = "ltr"
    words: dict[str, Str]
    promises: dict[str, Str]
    reach: dict[str, Str]


class PostersIn(Open):
    reach: list[ReachIn] = []
    promises: list[PromiseIn] = []
    texts: Annotated[list[PosterTextIn], Field(min_length=1)]


class GrievanceIn(Open):
    mechanism: MechanismIn
    protection: ProtectionIn | None = None
    ungp_31: CriteriaIn = CriteriaIn()
    languages: LanguagesIn = LanguagesIn()
    made_known: MadeKnownIn | None = None
    own_mechanisms: WorksIn | None = None
    posters: PostersIn | None = None
