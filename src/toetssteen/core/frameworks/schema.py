"""The shape of the pack files, so that a fault is found before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from .findings import Finding
from .values import exact
from .years import MonthDay


def _number(value: object) -> Fraction:
    try:
        return exact(value)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _month_day(value: object) -> str:
    MonthDay.parse(str(value))
    return str(value)


def _without_remarks(value: object) -> object:
    """Leave out a remark (only words) that stands between the bins."""
    if not isinstance(value, Mapping):
        return value
    return {key: item for key, item in value.items() if not (isinstance(item, Mapping) and set(item) <= {"nl", "en"})}


def _strict_text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {value!r}; put it between quotes")
    return value


def _strict_int(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"must be a whole number, not {value!r}")
    return value


Number = Annotated[Fraction, BeforeValidator(_number)]
Str = Annotated[str, BeforeValidator(_strict_text), Field(min_length=1)]
Int = Annotated[int, BeforeValidator(_strict_int)]
Year = Annotated[Int, Field(ge=1)]
DayOfYear = Annotated[str, BeforeValidator(_month_day)]


class Open(BaseModel):
    """An element that may say more than we read."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)


class Closed(BaseModel):
    """An element where an unknown field is surely a typing error."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class TextIn(Closed):
    nl: Str
    en: Str


class Named(Open):
    id: Str
    nl: Str
    en: Str


class Cell(Open):
    status: Str
    source: str = ""


class NumberCell(Cell):
    value: Number | None


class PercentCell(Cell):
    value: Annotated[Number, Field(ge=0, le=100)]


class BoolCell(Cell):
    value: bool


class IntCell(Cell):
    value: Int


class ConditionIn(Closed):
    fact: Str
    op: Literal[">", ">=", "<", "<=", "==", "!="]
    value: Number


class LevelIn(Open):
    id: Str
    factor: Annotated[Number, Field(ge=0, le=1)]
    nl: Str
    en: Str


class EmptyGroupIn(Open):
    rule: Literal["full_group_not_applicable_is_removed_and_total_is_rescaled_to_100"]


class UnansweredIn(Open):
    level: Str


class RoundingIn(Open):
    decimals: Annotated[Int, Field(ge=0, le=6)] = 2
    mode: Literal["half_up"] = "half_up"


class KeyRuleIn(Open):
    min_level: Str
    status: Str


class EvidenceRuleIn(Open):
    mode: Literal["advise", "cap"] = "advise"
    cap_level: Str | None = None
    rule: TextIn | None = None


class FormulaIn(Open):
    text: str = ""
    in_words: TextIn | None = None


class ScoringIn(Open):
    status: Str
    levels: Annotated[list[LevelIn], Field(min_length=2)]
    formula: FormulaIn = FormulaIn()
    empty_group: EmptyGroupIn | None = None
    unanswered: UnansweredIn
    rounding: RoundingIn = RoundingIn()
    key_questions: KeyRuleIn
    evidence_rule: EvidenceRuleIn | None = None


class WeightGroupIn(Open):
    id: Str
    weight: Annotated[Number, Field(gt=0, le=100)]
    members: Annotated[list[Str], Field(min_length=1)]
    status: Str
    source: str = ""


class ProfileIn(Open):
    id: Str
    title: TextIn
    definition: TextIn
    duties: TextIn
    report_required: bool
    scored: bool
    weight_groups: list[Str] | None = None
    weight_groups_override: list[WeightGroupIn] | None = None


class SubStepIn(Open):
    id: Str
    title: TextIn
    timing: str = ""


class TimingIn(Open):
    text: str | TextIn = ""


class StepIn(Open):
    id: Str
    number: Int
    weight: Number | None = None
    title: TextIn
    timing: TimingIn = TimingIn()
    sub_steps: Annotated[list[SubStepIn], Field(min_length=1)]
    status: str = ""
    source: str = ""


class AnswerIn(Closed):
    kind: Str
    multiple: bool = False
    options: list[Str] = []
    options_from: Str | None = None
    columns: list[Str] = []


class QuestionBase(Closed):
    id: Str
    sub_step: Str
    text: TextIn
    help: TextIn
    answer: AnswerIn = AnswerIn(kind="text")
    max_points: Annotated[Number, Field(gt=0)]
    points_status: Str | None = None
    criteria: dict[str, TextIn]
    criteria_status: Str | None = None
    evidence: list[Str] = []
    evidence_status: Str | None = None
    from_year_status: Str | None = None
    key_from_year: Year | None = None
    key_status: Str | None = None
    key_source: str = ""
    library: list[Str] = []
    visible_if: ConditionIn | None = None
    derived_from: Str | None = None
    auto_level: dict[str, Number] = {}
    auto_level_reverse: dict[str, Number] = {}
    auto_level_missing: Str | None = None
    status: str = ""
    source: str = ""


class QuestionIn(QuestionBase):
    applies_to: Annotated[list[Str], Field(min_length=1)]
    from_year: Year


class FactIn(Open):
    id: Str
    unit: Str
    nl: Str
    en: Str


class FrameworkHeadIn(Open):
    id: Str
    version: Str
    is_official: bool = False
    title: TextIn
    short_title: TextIn | None = None
    summary: TextIn | None = None
    disclaimer: TextIn
    valid_from: date | None = None
    valid_to: date | None = None


class FrameworkIn(Open):
    pack: Str
    framework: FrameworkHeadIn
    question_defaults: dict[str, str] = {}
    scoring: ScoringIn
    answer_kinds: list[Str] = []
    evidence_kinds: list[Named] = []
    platform_facts: list[FactIn] = []
    answer_labels: dict[str, TextIn] = {}
    weight_groups: list[WeightGroupIn] = []
    profiles: Annotated[list[ProfileIn], Field(min_length=1)]
    steps: Annotated[list[StepIn], Field(min_length=1)]
    questions: Annotated[list[QuestionIn], Field(min_length=1)]


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


class DecisionIn(Open):
    meets: str = ""
    proposal: Annotated[list[ColourIn], Field(min_length=2)]
    public_communication_present: PublicationIn | None = None
    who_decides: TextIn | None = None
    colours_public: BoolCell | None = None


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


class MergedIn(QuestionBase):
    replaces: Annotated[list[Str], Field(min_length=1)]


class DropIn(Closed):
    id: Str
    reason: TextIn
    keep_if: ConditionIn | None = None
    drop_if: ConditionIn | None = None


class VariantBodyIn(Open):
    id: Str
    base_profile: Str
    title: TextIn
    status: Str
    active_by_default: bool = False
    reasoning: list[TextIn] = []
    point_rule: TextIn | None = None
    merged: list[MergedIn] = []
    dropped: list[DropIn] = []
    extra_platform_facts: list[FactIn] = []


class VariantIn(Open):
    variant: VariantBodyIn


class MeasureIn(Open):
    root_cause: Str
    kind: str = ""
    nl: Str
    en: Str


class ThemeIn(Open):
    id: Str
    name: TextIn
    definition: TextIn
    standards: list[str] = []
    signals: dict[str, TextIn] = {}
    measures: list[MeasureIn] = []
    indicators: list[TextIn] = []
    library: list[Str] = []
    status: str = ""
    source: str = ""


class NamedListIn(Open):
    values: list[Named]


class ThemesIn(Open):
    themes: list[ThemeIn]
    root_cause_types: list[Named] = []
    contribution_types: NamedListIn | None = None


class OriginIn(Open):
    country: Str


class MaterialIn(Open):
    id: Str
    nl: Str
    en: Str
    in_scope: bool = True
    hand_work: str = "unknown"
    origins: list[OriginIn] = []
    note: TextIn | None = None


class CountriesIn(Open):
    in_eea: list[Str] = []
    outside_eea: list[Str] = []


class AreaIn(Open):
    id: Str
    name: Str
    region: str = ""
    country: Str
    disclosure: str = ""


class MaterialsIn(Open):
    materials: list[MaterialIn]
    product_forms: NamedListIn | None = None
    origin_countries: CountriesIn | None = None
    areas_named: list[AreaIn] = []


class SiteKindIn(Open):
    id: Str
    nl: Str
    en: Str
    coverage_level: Str | None = None
    location_detail: str = ""
    public: bool | str = False
    desc: TextIn | None = None


class AnswerStateIn(Open):
    id: Str
    nl: Str
    en: Str
    counts_as_known: bool


class SiteKindsIn(Open):
    site_kinds: list[SiteKindIn] = []
    answer_states: Annotated[list[AnswerStateIn], Field(min_length=1)]
    site_states: list[Named] = []


class LibraryItemIn(Open):
    id: Str
    kind: str = ""
    title: TextIn
    steps: list[Int] = []
    themes: list[Str] = []
    countries: list[Str] = []
    audience: list[str] = []
    languages: list[str] = []
    url: str | None = None
    state: str = ""
    status: str = ""
    source: str = ""


class LibraryIn(Open):
    items: list[LibraryItemIn]


class TargetIn(Open):
    id: Str
    indicator: TextIn
    region: str | None = None
    moment: str = ""
    target: Number | str | None = None
    realised: Number | str | None = None
    unit: str = ""
    is_estimate: bool = False
    note: TextIn | str | None = None
    status: str = ""
    source: str = ""


class GoalIn(Open):
    id: Str
    nl: Str
    en: Str


class TargetsIn(Open):
    goals: list[GoalIn] = []
    targets: list[TargetIn] = []


class BinIn(Open):
    id: Str
    nl: Str
    en: Str
    start: Annotated[Number | None, Field(alias="from")] = None
    from_closed: bool = True
    to: Number | None = None
    to_closed: bool = False


class BinsIn(Open):
    bins: Annotated[list[BinIn], Field(min_length=1)]


class SmallCellsIn(Open):
    min_companies_area: IntCell
    min_companies_default: IntCell
    allow_small_counts_for: NamesIn | None = None
    suppressed_display: TextIn


class NamesIn(Open):
    values: list[Str]


class DominanceIn(Open):
    max_share_largest_pct: PercentCell | None = None
    max_share_two_largest_pct: PercentCell | None = None


class PercentagesIn(Open):
    decimals: Int = 0


class DisclosureIn(Open):
    small_cells: SmallCellsIn
    dominance: DominanceIn = DominanceIn()
    percentages: PercentagesIn = PercentagesIn()
    bins: Annotated[dict[str, BinsIn], BeforeValidator(_without_remarks)] = {}
    disclosure_classes: list[Named] = []
    always_public: NamesIn | None = None
    never_public: NamesIn | None = None


class RiskProfileIn(Open):
    id: Str
    country: Str
    region: str = ""
    materials: list[Str] = []
    product_forms: list[Str] = []
    theme: Str | None = None
    statement: TextIn
    evidence_kind: str = ""
    source_date: str | None = None
    status: str = ""
    source: str = ""


class RiskProfilesIn(Open):
    risk_profiles: list[RiskProfileIn]


class ActionIn(Open):
    id: Str
    title: TextIn
    cluster: str = ""
    owner: str = ""
    state: str = ""
    when: str | None = None
    reason: TextIn | None = None
    kind: str = ""
    status: str = ""
    source: str = ""


class ActionsIn(Open):
    actions: list[ActionIn]


SmallCellsIn.model_rebuild()

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
