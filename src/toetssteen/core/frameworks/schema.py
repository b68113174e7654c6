"""Reading pack files into their shapes, with faults that name the element and the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from .findings import Finding
from .shapes_framework import FrameworkIn, VariantIn
from .shapes_grievance import GrievanceIn
from .shapes_lists import (
    ActionsIn,
    DisclosureIn,
    EffortIn,
    LibraryIn,
    MaterialsIn,
    RiskProfilesIn,
    SiteKindsIn,
    TargetsIn,
    ThemesIn,
)
from .shapes_model_documents import ModelDocumentsIn
from .shapes_plan_templates import PlanTemplatesIn
from .shapes_public_report import PublicReportIn
from .shapes_questionnaire import QuestionnaireIn
from .shapes_years import YearRulesIn

REQUIRED = ("framework", "year_rules")
SHAPES: Mapping[str, type[BaseModel]] = {
    "framework": FrameworkIn,
    "year_rules": YearRulesIn,
    "themes": ThemesIn,
    "materials": MaterialsIn,
    "site_kinds": SiteKindsIn,
    "library": LibraryIn,
    "targets": TargetsIn,
    "disclosure": DisclosureIn,
    "risk_profiles": RiskProfilesIn,
    "covenant_actions": ActionsIn,
    "effort": EffortIn,
    "supplier_questionnaire": QuestionnaireIn,
    "model_documents": ModelDocumentsIn,
    "grievance": GrievanceIn,
    "public_report": PublicReportIn,
    "plan_templates": PlanTemplatesIn,
}


def shape_of(name: str, content: Any) -> type[BaseModel] | None:
    """The shape a file must have, by its name; any file with a `variant` is a lighter variant."""
    if name in SHAPES:
        return SHAPES[name]
    return VariantIn if isinstance(content, Mapping) and "variant" in content else None


def check_shape(name: str, content: Any, model: type[BaseModel]) -> tuple[BaseModel | None, list[Finding]]:
    """Read one file into its shape, or say what does not fit."""
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, _merge(Finding(name, *_place(content, item["loc"], item)) for item in error.errors())


def _merge(findings: Iterable[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))


def _place(content: Any, loc: tuple[int | str, ...], item: Any) -> tuple[str, str]:
    """The id of the element a fault lies in, and the reason with the field inside that element."""
    here, element, start = content, "", 0
    trail: list[str] = []
    for index, part in enumerate(loc):
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, Mapping):
            key = next((str(here[k]) for k in ("id", "type") if isinstance(here.get(k), str)), None)
            if key is None and isinstance(here.get("year"), int):
                key = f"year {here['year']}"
            if key is not None:
                trail.append(key)
                element, start = " ".join(trail), index + 1
    field = ".".join(str(part) for part in loc[start:] if not _is_union_label(part))
    return element, _sentence(field, item)


def _is_union_label(part: int | str) -> bool:
    return isinstance(part, str) and (part.startswith("function-") or part in ("str", "constrained-str", "none"))


def _sentence(field: str, item: Any) -> str:
    kind, message = item["type"], item["msg"].removeprefix("Value error, ").rstrip(".")
    if kind == "missing":
        return f"The field '{field}' is missing."
    if kind == "extra_forbidden":
        return f"The field '{field}' is unknown here; it may be a typing error."
    where = f"The field '{field}'" if field else "The content"
    return f"{where} is not right: {message[:1].lower() + message[1:]}."
