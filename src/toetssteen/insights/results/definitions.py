"""The tables from risk to result: what each counts, of whom, and in which rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.core.disclosure import Group, group
from toetssteen.evaluation.choices import Conclusion, Setback
from toetssteen.plans.choices import ContributionKind, StepState

RISK, PLAN, SETBACK = "risk", "plan", "setback"


@dataclass(frozen=True)
class Column:
    """One column of companies: those of the row with these values too."""

    id: str
    label: Any
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Extra:
    """One column of something else than companies; for the secretariat only unless it says otherwise."""

    id: str
    label: Any
    public: bool = False


@dataclass(frozen=True)
class Table:
    """One table: the attribute of its rows, its columns, and its words."""

    id: str
    source: str
    title: Any
    definition: Any
    denominator: Any
    row: str
    head: Any
    columns: tuple[Column, ...] = ()
    across: str = ""  # or one column per value of this attribute
    extras: tuple[Extra, ...] = ()
    total: bool = True
    allow: str = ""  # the name under which the pack lets this table show small counts

    @property
    def views(self) -> frozenset[tuple[str, ...]]:
        """The attributes by which this table counts companies."""
        wheres = [tuple(column.where) for column in self.columns]
        if self.across:
            wheres += [(), (self.across,)]
        found = {tuple(sorted({*where, self.row})) for where in wheres}
        return frozenset(found | ({tuple(sorted(where)) for where in wheres} if self.total else set()))

    def group(self, row: str | None, column: Column) -> Group:
        """The count in a row, or in the row of the total, under a column."""
        return group(**column.where, **({} if row is None else {self.row: row}))


HANDED_IN = _("companies whose report of the year was handed in")
EVERYBODY = _("companies whose report of the year was handed in and decided on")

TABLES = (
    Table(
        id="risks_by_theme",
        source=RISK,
        title=_("Risks by theme"),
        definition=_("Companies that reported at least one risk or harm on a theme. A company counts once per cell."),
        denominator=EVERYBODY,
        row="theme",
        head=_("Theme"),
        columns=(
            Column("companies", _("Companies")),
            Column("actual", _("with actual harm"), {"kind": "actual"}),
            Column("potential", _("with a possible risk"), {"kind": "potential"}),
            Column("first", _("who put it first"), {"first": "yes"}),
        ),
        extras=(Extra("records", _("reports")), Extra("first_records", _("reports put first"))),
    ),
    Table(
        id="risks_by_country",
        source=RISK,
        title=_("Risks by country"),
        definition=_("Companies that reported at least one risk or harm in a country. Countries of few companies stand "
                     "together."),
        denominator=EVERYBODY,
        row="country",
        head=_("Country"),
        columns=(
            Column("companies", _("Companies")),
            Column("actual", _("with actual harm"), {"kind": "actual"}),
            Column("potential", _("with a possible risk"), {"kind": "potential"}),
        ),
        extras=(Extra("records", _("reports")),),
    ),
    Table(
        id="risks_by_theme_and_country",
        source=RISK,
        title=_("Risks by theme and country"),
        definition=_("Companies that reported at least one risk or harm on a theme in a country."),
        denominator=EVERYBODY,
        row="theme",
        head=_("Theme"),
        across="country",
    ),
    Table(
        id="goals_by_theme",
        source=PLAN,
        title=_("Goals by theme"),
        definition=_("Companies with at least one goal on a theme in their plan of action, and what those goals hold."),
        denominator=EVERYBODY,
        row="theme",
        head=_("Theme"),
        columns=(
            Column("companies", _("Companies")),
            Column("smart", _("with a measurable goal"), {"smart": "yes"}),
            Column("baseline", _("with a starting value"), {"baseline": "yes"}),
            Column("evaluated", _("with an evaluated goal"), {"evaluated": "yes"}),
        ),
        extras=(
            Extra("goals", _("goals")),
            Extra("smart_goals", _("measurable goals")),
            Extra("smart_share", _("measurable, % of goals")),
            Extra("evaluated_goals", _("evaluated goals")),
        ),
    ),
    Table(
        id="progress_of_goals",
        source=PLAN,
        title=_("Progress of goals"),
        definition=_("Companies with a goal on a theme in their plan of action: whether something was measured this "
                     "year, and what an evaluation concluded."),
        denominator=EVERYBODY,
        row="theme",
        head=_("Theme"),
        columns=(
            Column("companies", _("Companies")),
            Column("read", _("with a reading"), {"read": "yes"}),
            *(Column(value, label, {"conclusion": value}) for value, label in Conclusion.choices),
        ),
        extras=(Extra("goals", _("goals")), Extra("read_goals", _("goals with a reading"))),
    ),
    Table(
        id="actions_by_theme",
        source=PLAN,
        title=_("Progress of actions"),
        definition=_("Companies with at least one action on a theme in their plan of action, by how far it is."),
        denominator=EVERYBODY,
        row="theme",
        head=_("Theme"),
        columns=(
            Column("companies", _("Companies"), {"acted": "yes"}),
            *(Column(value.replace(" ", "_"), label, {"state": value}) for value, label in StepState.choices),
            Column("late", _("with an action past its date"), {"late": "yes"}),
        ),
        extras=(Extra("actions", _("actions, shared ones once")), Extra("done_actions", _("actions done"))),
    ),
    Table(
        id="contributions",
        source=PLAN,
        title=_("Contributions by kind"),
        definition=_("Companies with an action of this kind. An action that several companies do together counts once "
                     "among the initiatives."),
        denominator=EVERYBODY,
        row="contribution",
        head=_("Kind"),
        columns=(Column("companies", _("Companies")),),
        extras=(Extra("initiatives", _("initiatives"), public=True), Extra("actions", _("actions"))),
        total=False,
        allow="contributions_by_kind",
    ),
    Table(
        id="setbacks",
        source=SETBACK,
        title=_("Setbacks"),
        definition=_("Companies that noted a setback of this kind when they evaluated the year."),
        denominator=EVERYBODY,
        row="setback",
        head=_("Kind"),
        columns=(Column("companies", _("Companies")),),
        extras=(Extra("records", _("evaluations")),),
    ),
)  # fmt: skip

# Who is in the whole but not in such a part says something too: harm only, no action in progress, no measurable goal.
# So those must not be few either.
PARTS: dict[str, dict[tuple[str, ...], tuple[str, ...] | None]] = {
    RISK: {("kind",): (), ("kind", "theme"): ("theme",), ("country", "kind"): ("country",)},
    PLAN: {
        **{(name,): () for name in ("smart", "baseline", "evaluated", "read", "state", "contribution")},
        **{tuple(sorted((name, "theme"))): ("theme",) for name in ("smart", "baseline", "evaluated", "read", "state")},
    },
    SETBACK: {(): None},
}
FIXED_ROWS = {"contribution": ContributionKind.choices, "setback": Setback.choices}
CLOSURE = group(setback=Setback.SITE_CLOSED.value)
CLOSURE_ALLOWED = "companies_hit_by_closure"


def views_of(source: str) -> frozenset[tuple[str, ...]]:
    """Every way in which the tables of a source count companies."""
    return frozenset(view for table in TABLES if table.source == source for view in table.views)
