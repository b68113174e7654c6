"""Measures the three answers against pairs that people labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from toetssteen.core.sites import Answer, Mention, Verdict
from toetssteen.core.sites.context import prepared
from toetssteen.core.sites.matching import compare_cleaned

from .model import weights
from .records import Pair


def answers(mentions: list[Mention], pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Answer | None]]:
    """The answer about every pair, with all mentions as context; None where a mention is missing."""
    ready, context = prepared(mentions, weights())
    by_id = {mention.id: mention for mention in ready}
    for pair in pairs:
        one, other = by_id.get(pair.first), by_id.get(pair.second)
        yield pair, compare_cleaned(one, other, context) if one and other else None


def measure(mentions: list[Mention], pairs: list[Pair]) -> dict[str, Any]:
    """Precision, recall and questions; pairs labelled unsure count for `asked_share` only."""
    return figures((pair.label, answer.verdict if answer else None) for pair, answer in answers(mentions, pairs))


def figures(found: Iterable[tuple[str, Verdict | None]]) -> dict[str, Any]:
    """The figures of labels and verdicts; None among the verdicts is a pair whose mention is missing."""
    counts: Counter[tuple[str, str]] = Counter(
        (label, verdict.value if verdict else "missing") for label, verdict in found
    )
    labels = {
        label: sum(counts[label, verdict.value] for verdict in Verdict) for label in ("match", "distinct", "unsure")
    }
    judged, asked = sum(labels.values()), sum(counts[label, "ask"] for label in labels)
    same, asked_matches = counts["match", "same"], counts["match", "ask"]
    return {
        "automatic_precision": _share(same, same + counts["distinct", "same"]),
        "automatic_recall": _share(same, labels["match"]),
        "recall_with_questions": _share(same + asked_matches, labels["match"]),
        "asked_share": _share(asked, judged),
        "pairs": judged,
        "pairs_without_record": sum(counts[label, "missing"] for label in labels),
        "labels": labels,
        "answers": {label: {verdict.value: counts[label, verdict.value] for verdict in Verdict} for label in labels},
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
