"""What the pack says about complaining: the mechanism, how to reach it, what may be promised, and when one works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .values import Marked, Text

ADOPTED = frozenset({"fact", "agreed"})  # what the parties stand for; anything else is a proposal or not known
# The words that a poster and the page behind its code are made of, in every language that is offered.
POSTER_WORDS = (
    "heading", "lead", "who", "committee", "scan", "type", "somebody", "page_lead", "steps", "step_check",
    "step_talk", "step_ruling", "reach", "promises", "not_adopted", "unknown", "choose_language", "contact", "by",
)  # fmt: skip


@dataclass(frozen=True)
class Criterion:
    """One of the criteria by which a complaints mechanism is judged, with a plain question and an example."""

    id: str
    text: Text
    check: Text
    question: Text
    example: Text


@dataclass(frozen=True)
class Counted:
    """A mechanism, an audience or a way of making known; `counts` says whether it counts in the yearly figure."""

    id: str
    text: Text
    counts: bool


@dataclass(frozen=True)
class Reach:
    """One way to reach the committee; without a value the sources do not say where."""

    id: str
    value: str
    status: str

    @property
    def known(self) -> bool:
        """Whether somebody can really use it."""
        return bool(self.value) and self.status in ADOPTED


@dataclass(frozen=True)
class Promise:
    """Something that people who complain are told; only what was adopted may stand on a poster."""

    id: str
    status: str

    @property
    def adopted(self) -> bool:
        """Whether the parties stand for it."""
        return self.status in ADOPTED


@dataclass(frozen=True)
class PosterText:
    """The words of a poster and of the page behind its code, in one language."""

    code: str
    name: str
    right_to_left: bool
    words: Mapping[str, str]
    promises: Mapping[str, str]
    reach: Mapping[str, str]


@dataclass(frozen=True)
class WantedLanguage:
    """A language in which posters are wanted, and the areas where it is read."""

    code: str
    text: Text
    areas: tuple[str, ...]


@dataclass(frozen=True)
class WorksRule:
    """When a local mechanism counts as working, and at which levels of the chain that is looked at."""

    levels: tuple[str, ...]
    criteria: tuple[str, ...]
    part_is_enough: bool
    stale_after_months: int


@dataclass(frozen=True)
class Grievance:
    """Complaints as the pack describes them."""

    name: Text
    composition: Text
    principles: Text
    protection: tuple[Text, ...] = ()
    protection_status: str = ""
    criteria: tuple[Criterion, ...] = ()
    mechanisms: tuple[Counted, ...] = ()
    audiences: tuple[Counted, ...] = ()
    ways: tuple[Counted, ...] = ()
    site_levels: tuple[str, ...] = ()
    counting: Marked[Text] | None = None
    works: Marked[WorksRule] | None = None
    reach: tuple[Reach, ...] = ()
    promises: tuple[Promise, ...] = ()
    texts: tuple[PosterText, ...] = ()
    wanted: tuple[WantedLanguage, ...] = ()

    def text_in(self, language: str) -> PosterText | None:
        """The words in a language, if the pack has them."""
        return next((text for text in self.texts if text.code == language), None)

    @property
    def missing(self) -> tuple[WantedLanguage, ...]:
        """The languages that are wanted and for which there are no words yet."""
        have = {text.code for text in self.texts}
        return tuple(language for language in self.wanted if language.code not in have)
