"""The lighter profile in the words of the reader; no queries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack, Text, Variant
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.look.figures import number
from toetssteen.reporting.models import VariantCase
from toetssteen.reporting.variants import Check


def titles(pack: Pack, language: str) -> list[str]:
    """The lighter variants of a pack by their names."""
    return [variant.title.in_(language) for variant in pack.variants.values()]


def explanation(pack: Pack, variant: Variant, language: str) -> dict[str, Any]:
    """What the variant asks, merges and leaves out, what stays, and how points are counted."""
    merged = [pack.variant_questions[question] for question in variant.merged]
    whole = len(pack.questions_for(variant.base_profile))
    return {
        "variant": variant,
        "title": variant.title.in_(language),
        "reasoning": [text.in_(language) for text in variant.reasoning],
        "unchanged": [text.in_(language) for text in variant.unchanged],
        "point_rule": variant.point_rule.in_(language),
        "merged": [
            {
                "text": question.text.in_(language),
                "numbers": [pack.question(old).number for old in question.replaces],
                "points": question.max_points,
            }
            for question in merged
        ],
        "dropped": [
            {
                "number": pack.question(drop.id).number,
                "reason": drop.reason.in_(language),
                "sometimes": drop.keep_if is not None or drop.drop_if is not None,
            }
            for drop in variant.drops
        ],
        "whole": whole,
        "fewest": whole - sum(len(q.replaces) - 1 for q in merged) - len(variant.drops),
    }


def open_points(pack: Pack, variant: Variant, language: str) -> list[str]:
    """What the pack proposes but nobody settled: for the secretariat, as none of it can be promised to a company."""
    files = [one["variant"] for one in pack.raw.values() if isinstance(one, dict) and "variant" in one]
    rows = next((one.get("open_points", ()) for one in files if one.get("id") == variant.id), ())
    return [Text(row["nl"], row["en"]).in_(language) for row in rows]


def check_rows(checks: list[Check], language: str) -> list[dict[str, Any]]:
    """The conditions, each with what is known."""
    return [
        {
            "text": _words(check, language),
            "known": "" if check.known is None else number(check.known),
            "met": check.met,
        }
        for check in checks
    ]


def _words(check: Check, language: str) -> str:
    """The words of a condition; of one that may not be so, whether it is."""
    text = check.text.in_(language)
    if not check.is_exclusion or check.met is None:
        return text
    return (_("Not so: %(text)s") if check.met else _("So it is: %(text)s")) % {"text": text}


def case_row(case: VariantCase, language: str) -> dict[str, Any]:
    """One request in the list of the secretariat."""
    pack = pack_of(case.year)
    name = pack.variants[case.variant].title.in_(language) if case.variant in pack.variants else case.variant
    return {"case": case, "variant": name}
