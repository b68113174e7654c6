"""The parts of a public report: what can be shown of the data, field by field, and what a company writes itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Field:
    """Something known that a company can show or not; `proposed` is what we propose as long as nobody chose."""

    id: str
    label: Any
    proposed: bool
    hint: Any = ""


@dataclass(frozen=True)
class Slot:
    """Something that only the company can write, in each language."""

    id: str
    label: Any
    hint: Any


@dataclass(frozen=True)
class Section:
    """One part of the report."""

    id: str
    title: Any
    lead: Any
    fields: tuple[Field, ...]
    slots: tuple[Slot, ...]


ASK_FIRST = _("Ask them first. Once public, a name cannot be taken back.")

SECTIONS = (
    Section(
        "policy",
        _("Our policy and how we work"),
        _("What you stand for, who takes care of it, and what you did this year."),
        (
            Field("member_since", _("Since when you take part"), True),
            Field("steps", _("What you did this year, as far as the platform knows"), True),
            Field("coverage", _("Which part of your chain you know, in percent"), True),
            Field("chain_count", _("How many chains you have"), False),
        ),
        (
            Slot(
                "policy",
                _("Our policy"),
                _("For example: we buy stone for which nobody was harmed, and we look into every chain each year."),
            ),
            Slot(
                "responsible",
                _("Who is responsible"),
                _("A role is enough, such as the buyer or the board. Names of people are not needed."),
            ),
        ),
    ),
    Section(
        "origin",
        _("Where our stone comes from"),
        _("Countries are enough for most readers. Names of suppliers are not needed."),
        (
            Field("countries", _("Countries"), True),
            Field("materials", _("Kinds of stone"), True),
            Field("areas", _("Quarry areas"), False, _("An area can point to one supplier.")),
            Field("suppliers", _("Names of direct suppliers"), False, ASK_FIRST),
            Field("sites", _("Names of factories and quarries"), False, ASK_FIRST),
        ),
        (
            Slot(
                "origin",
                _("What you want to add"),
                _("For example: from which country most of your stone comes, in words."),
            ),
        ),
    ),
    Section(
        "risks",
        _("Our main risks, and why these"),
        _("The gravest risks of your own chains, and why these come first."),
        (
            Field("risks", _("Themes of your risks, with the country"), True),
            Field("risk_materials", _("Kind of stone"), True),
            Field("risk_kind", _("Whether it happened or could happen"), True),
            Field("risk_areas", _("Quarry area of a risk"), False, _("An area can point to one supplier.")),
            Field("risk_ratings", _("Severity and likelihood"), False),
            Field(
                "risk_explanations",
                _("Your own explanation of the severity"),
                False,
                _("Read it first: it may name a site or people."),
            ),
        ),
        (
            Slot(
                "reason",
                _("Why these risks come first"),
                _("For example: dust in the lungs cannot be cured and affects many sawyers, so it comes first."),
            ),
        ),
    ),
    Section(
        "goals",
        _("Our goals, actions and progress"),
        _("What you want to reach, what you do, and how far you are. Also what failed."),
        (
            Field("goals", _("The goals that are public in your plan"), True),
            Field("progress", _("Start, measured values and target"), True),
            Field("actions", _("Actions and how far they are"), True),
            Field("contribution", _("Who did what: alone or together, new or strengthened"), True),
            Field("last_year", _("What became of the goals of the year before"), True),
            Field("partners", _("Names of partners"), False, _("Ask them first.")),
        ),
        (
            Slot(
                "learned",
                _("What failed, and what you learned"),
                _("For example: the pumps were too expensive; next year we share the cost."),
            ),
        ),
    ),
    Section(
        "complaints",
        _("Complaints"),
        _("How somebody can complain, and which complaints there were."),
        (
            Field("mechanism", _("The complaints committee of the covenant, and who may complain"), True),
            Field("made_known", _("How often you made it known this year"), True),
            Field(
                "complaint_count",
                _("The number of complaints of the year, also zero"),
                True,
                _("A small number is not shown exactly, so that nobody can be recognised."),
            ),
        ),
        (
            Slot(
                "contact",
                _("How people reach you with a complaint"),
                _("An address of the company that somebody reads, such as complaints@example.org."),
            ),
            Slot(
                "received",
                _("Which complaints there were this year, without names"),
                _("Also say it when there were none."),
            ),
        ),
    ),
    Section(
        "honest",
        _("Who did what"),
        _("Say what you did yourself, and what others did. That keeps the report honest."),
        (),
        (
            Slot(
                "done_by",
                _("Who did what"),
                _("For example: we supported an existing project with money; an organisation there did the work."),
            ),
        ),
    ),
)
BY_ID = {section.id: section for section in SECTIONS}
FIELDS = {field.id: field for section in SECTIONS for field in section.fields}
# On one page there is no room for these.
NOT_ON_ONE_PAGE = frozenset({"last_year", "risk_explanations", "risk_ratings", "sites", "suppliers"})
MOST_ON_ONE_PAGE = 3
