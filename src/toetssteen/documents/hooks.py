"""What the apps above know about evidence: where it is used, and which files the secretariat may open.

Filled in `AppConfig.ready` of those apps; with nothing filled in, nothing is used and nothing is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Usage:
    """One place where an evidence file is used; `handed_in` means that the file belongs to a report that is final."""

    evidence_id: int
    label: Any
    url: str = ""
    handed_in: bool = False


# Given ids of evidence: every place where they are used.
usage: list[Callable[[Sequence[int]], Iterable[Usage]]] = []

# The ids of the evidence that the secretariat may open, as a query that can stand inside another one.
open_to_secretariat: list[Callable[[], QuerySet[Any]]] = []


def usages(evidence_ids: Sequence[int]) -> dict[int, list[Usage]]:
    """Where each of these files is used."""
    found: dict[int, list[Usage]] = {pk: [] for pk in evidence_ids}
    for ask in usage:
        for one in ask(evidence_ids):
            found.setdefault(one.evidence_id, []).append(one)
    return found
