"""Questions that a lower app may ask of the apps above it without knowing them; wired when the apps start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_answers: dict[str, list[Callable[..., Any]]] = {}


def answers(question: str, answer: Callable[..., Any]) -> None:
    """Let a higher app answer a question; called from `AppConfig.ready`, so once per process."""
    known = _answers.setdefault(question, [])
    if answer not in known:
        known.append(answer)


def any_says_yes(question: str, **about: Any) -> bool:
    """True if one of the apps above answers yes."""
    return any(bool(answer(**about)) for answer in _answers.get(question, ()))


def tell(event: str, **about: Any) -> None:
    """Let the apps above know that something happened, within the same transaction."""
    for answer in _answers.get(event, ()):
        answer(**about)


def said(question: str, **about: Any) -> list[Any]:
    """What the apps above answer, one answer each; empty when nobody does."""
    return [answer(**about) for answer in _answers.get(question, ())]
