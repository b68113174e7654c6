"""The three answers to "is this the same site?", each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What follows from two mentions: one site, a question to a person, or two sites."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code that a page can put in words, with the values it is about (of the first and second mention)."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with the probability behind it (0 to 1, from the trained weights) and its reasons, weightiest first."""

    verdict: Verdict
    probability: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A mention and a site of the registry that may be the same, with the answer."""

    mention_id: str
    site_id: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Question:
    """Two mentions that a person must judge."""

    first_id: str
    second_id: str
    answer: Answer
