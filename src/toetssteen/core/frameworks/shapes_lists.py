"""The shape of the lists of a pack; each file is optional."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from .shapes_base import Closed, Int, IntCell, Named, Number, Open, PercentCell, Str, TextIn, without_remarks


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
    also_in_eea: list[Str] = []
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
    page: str = ""


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


class NamesIn(Open):
    values: list[Str]


class SmallCellsIn(Open):
    min_companies_area: IntCell
    min_companies_default: IntCell
    allow_small_counts_for: NamesIn | None = None
    suppressed_display: TextIn


class DominanceIn(Open):
    max_share_largest_pct: PercentCell | None = None
    max_share_two_largest_pct: PercentCell | None = None


class PercentagesIn(Open):
    decimals: Int = 0


class DisclosureIn(Open):
    small_cells: SmallCellsIn
    dominance: DominanceIn = DominanceIn()
    percentages: PercentagesIn = PercentagesIn()
    bins: Annotated[dict[str, BinsIn], BeforeValidator(without_remarks)] = {}
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


Minutes = Annotated[Int, Field(ge=0)]


class EffortIn(Closed):
    """About how long things take; minutes."""

    schema_version: Int = 1
    pack: str = ""
    status: Str
    source: str = ""
    question: dict[str, Minutes]
    reading: dict[str, Minutes]
    unit: dict[str, Minutes] = {}
    chain: Minutes
    plan: Minutes
    publication: Minutes
    hand_in: Minutes
