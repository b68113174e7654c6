"""The shape of the year rules: demands, settings, colours, extra time, exemptions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from .shapes_base import BoolCell, Closed, DayOfYear, Int, IntCell, NumberCell, Open, PercentCell, Str, TextIn, Year


class CoverageLevelIn(Open):
    id: Str
    fact: Str | None = None
    nl: Str
    en: Str


class UnitIn(Open):
    value: Literal["chain", "volume"]
    status: Str
    nl: str = ""
    en: str = ""


class ScopeIn(Open):
    value: Str
    situations: Annotated[list[Str], Field(min_length=1)]
    status: Str
    nl: str = ""
    en: str = ""


class CovenantYearIn(Open):
    starts: DayOfYear
    ends: DayOfYear


class MethodIn(Open):
    value: Literal["reporting_years", "full_years_min_1"]
    status: Str
    nl: str = ""
    en: str = ""


class MaxYearIn(Open):
    value: Year


class SettingsIn(Open):
    coverage_unit: UnitIn
    coverage_scope: ScopeIn
    covenant_year: CovenantYearIn
    membership_year_method: MethodIn
    max_year: MaxYearIn


class YearIn(Closed):
    year: Year
    report_required: BoolCell | None = None
    min_score: NumberCell
    coverage: dict[str, PercentCell] | None = None
    plan_required: BoolCell
    public_communication_required: BoolCell

    @field_validator("min_score")
    @classmethod
    def _percent(cls, cell: NumberCell) -> NumberCell:
        if cell.value is not None and not 0 <= cell.value <= 100:
            raise ValueError("must lie between 0 and 100")
        return cell


class YearRulesOfTypeIn(Open):
    type: Str
    years: Annotated[list[YearIn], Field(min_length=1)]


class ColourIn(Open):
    colour: Str
    kind: Literal["meets", "agreed_date", "otherwise"]
    name: TextIn
    nl: Str
    en: Str


class PublicationIn(Open):
    fact: Str
    max_age_months: Annotated[Int, Field(ge=0)]
    question: Str | None = None
    level_above: Str | None = None
    status: str = ""
    source: str = ""


class SecondAssessorIn(Open):
    value: Literal["never", "optional", "always"]
    status: Str
    source: str = ""


class DecisionIn(Open):
    meets: str = ""
    proposal: Annotated[list[ColourIn], Field(min_length=2)]
    public_communication_present: PublicationIn | None = None
    who_decides: TextIn | None = None
    colours_public: BoolCell | None = None
    second_assessor: SecondAssessorIn | None = None


class ExtensionIn(Open):
    default_months_after_year_end: IntCell
    max_months: IntCell
    max_times_in_a_row: IntCell | None = None
    required_fields: list[Str] = []
    on_success: TextIn | None = None
    on_failure: TextIn | None = None


class EscalationStepIn(Open):
    id: Str
    order: Int
    nl: Str
    en: Str
    notice_days: Int
    public: bool
    decided_by: Str


class LadderIn(Open):
    steps: list[EscalationStepIn]


class LateJoinerIn(Open):
    cut_off: DayOfYear
    status: str = ""
    source: str = ""


class NoReportIn(Closed):
    profiles: list[Str] = []
    late_joiners: bool = False


class ExemptionIn(Open):
    id: Str
    nl: Str
    en: Str
    applies: str = ""
    effect: str = ""
    no_report_for: NoReportIn = NoReportIn()
    status: str = ""
    source: str = ""


class DimensionIn(Open):
    min: Int
    max: Int
    anchors: dict[int, TextIn] = {}
    nl: str = ""
    en: str = ""


class NamedDimensionIn(DimensionIn):
    id: Str


class HighestIn(Open):
    min_severity: Int
    min_likelihood: Int


class SeverityIn(Open):
    dimensions: Annotated[list[NamedDimensionIn], Field(min_length=1)]
    severity: Literal["max", "mean"]
    likelihood: DimensionIn
    highest_priority: HighestIn
    status: str = ""
    source: str = ""


class YearRulesIn(Open):
    coverage_levels: list[CoverageLevelIn] = []
    settings: SettingsIn
    year_rules: Annotated[list[YearRulesOfTypeIn], Field(min_length=1)]
    decision_rule: DecisionIn
    extension: ExtensionIn | None = None
    escalation_ladder: LadderIn | None = None
    late_joiner: LateJoinerIn | None = None
    exemptions: list[ExemptionIn] = []
    severity_scale: SeverityIn | None = None
