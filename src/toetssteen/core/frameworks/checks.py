"""The checks a pack must pass: its shape, and then everything that one file says about another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import checks_lists, checks_questions, checks_years
from .findings import Finding
from .schema import REQUIRED, check_shape, shape_of
from .shapes_framework import FrameworkIn, VariantIn
from .shapes_years import YearRulesIn


@dataclass
class Shapes:
    """The files of a pack, read into their shapes."""

    framework: FrameworkIn
    years: YearRulesIn
    variants: dict[str, VariantIn]
    others: dict[str, Any] = field(default_factory=dict)


def check_pack(raw: Mapping[str, Any]) -> tuple[Finding, ...]:
    """All faults of a pack; an empty answer means that it can be used."""
    return read_shapes(raw)[1]


def read_shapes(raw: Mapping[str, Any]) -> tuple[Shapes | None, tuple[Finding, ...]]:
    """The files of a pack in their shapes, with all findings; None when the shape itself is not right."""
    findings = [Finding(name, "", "This file is needed and is missing.") for name in REQUIRED if name not in raw]
    models: dict[str, Any] = {}
    for name, content in raw.items():
        if not isinstance(content, Mapping):
            findings.append(Finding(name, "", "The file must hold fields with values at its top."))
            continue
        findings.extend(_generic(name, content))
        model = shape_of(name, content)
        if model is not None:
            models[name], faults = check_shape(name, content, model)
            findings.extend(faults)
    findings.extend(_one_pack(raw))
    if any(models.get(name) is None for name in REQUIRED):
        return None, _unique(findings)
    variants = {name: model for name, model in models.items() if isinstance(model, VariantIn)}
    others = {name: model for name, model in models.items() if model is not None and name not in variants}
    shapes = Shapes(models["framework"], models["year_rules"], variants, others)
    findings.extend(checks_questions.check(shapes.framework, variants, others))
    findings.extend(checks_years.check(shapes.framework, shapes.years))
    findings.extend(checks_lists.check(shapes.framework, shapes.years, others))
    findings.extend(checks_lists.check_public_report(shapes.framework, variants, others))
    return shapes, _unique(findings)


def _unique(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _one_pack(raw: Mapping[str, Any]) -> Iterator[Finding]:
    names = {name: content.get("pack") for name, content in raw.items() if isinstance(content, Mapping)}
    main = names.get("framework")
    for name, pack in names.items():
        if pack is not None and main is not None and pack != main:
            yield Finding(name, "", f"This file belongs to pack '{pack}', the framework to pack '{main}'.")


def _generic(name: str, content: Any, element: str = "") -> Iterator[Finding]:
    """What holds in every file: each Dutch text has an English one and the reverse, and ids are unique in a list."""
    if isinstance(content, Mapping):
        element = str(content["id"]) if isinstance(content.get("id"), str) else element
        for have, need, word in (("nl", "en", "English"), ("en", "nl", "Dutch")):
            other = content.get(need)
            if content.get(have) and not (isinstance(other, str) and other.strip()):
                yield Finding(name, element, f"The {word} text ('{need}') is missing beside '{have}'.")
        for value in content.values():
            yield from _generic(name, value, element)
    elif isinstance(content, list):
        counts = Counter(
            item["id"] for item in content if isinstance(item, Mapping) and isinstance(item.get("id"), str)
        )
        for key, count in counts.items():
            if count > 1:
                yield Finding(name, key, f"The id is used {count} times in one list; ids must be unique.")
        for item in content:
            yield from _generic(name, item, element)
