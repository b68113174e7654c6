"""The public report as plain data: every sentence that will be read, in one language, and nothing else.

What a field holds reaches the result only here, and only when the selection shows that field. The page, the PDF and the
Word file are drawn from this data alone, so what is not in it cannot be in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from toetssteen.communication.counting import complaints_in_words
from toetssteen.communication.sections import BY_ID, MOST_ON_ONE_PAGE
from toetssteen.communication.selection import Selection
from toetssteen.communication.source import ActionRow, GoalRow, RiskRow, Source, committee, has_words, who_may_complain
from toetssteen.core.frameworks import Share
from toetssteen.foundation.look.figures import country_name, day, number, percent
from toetssteen.plans.choices import ContributionKind, PublicField, StepState, Together

SCHEMA = 1
Block = dict[str, Any]


def compose(source: Source, selection: Selection, language: str) -> dict[str, Any]:
    """The whole report in one language, as it would be frozen."""
    with translation.override(language):
        parts = {
            "policy": _policy(source, selection, language),
            "origin": _origin(source, selection, language),
            "risks": _risks(source, selection, language),
            "goals": _goals(source, selection, language),
            "complaints": _complaints(source, selection, language),
            "honest": _own(selection, "done_by", language),
        }
        sections = [
            {
                "id": name,
                "title": str(BY_ID[name].title),
                "blocks": _compact(blocks) if selection.is_short else list(blocks),
            }
            for name, blocks in parts.items()
        ]
        rules = source.pack.public_report
        return {
            "schema": SCHEMA,
            "language": language,
            "company": source.organisation.name,
            "reference": source.organisation.reference,
            "year": source.year.number,
            "starts_on": source.year.starts_on.isoformat(),
            "ends_on": source.year.ends_on.isoformat(),
            "title": _("Due diligence report %(year)s") % {"year": source.year},
            "lead": _("What %(company)s did from %(start)s to %(end)s so that nobody is harmed for its natural stone.")
            % {
                "company": source.organisation.name,
                "start": day(source.year.starts_on),
                "end": day(source.year.ends_on),
            },
            "disclaimer": rules.disclaimer.in_(language) if rules else "",
            "is_short": selection.is_short,
            "sections": [section for section in sections if section["blocks"]],
        }


# --- small pieces


def _own(selection: Selection, slot: str, language: str, heading: str = "") -> list[Block]:
    """The company's own words as paragraphs, under a heading where there is one."""
    words = [line.strip() for line in selection.says(slot, language).splitlines() if line.strip()]
    return ([{"h": heading}] if heading and words else []) + [{"p": line} for line in words]


def _heading(text: str, blocks: list[Block]) -> list[Block]:
    return [{"h": text}, *blocks] if blocks else []


def _table(caption: str, columns: list[tuple[str, list[Any]]]) -> list[Block]:
    """A table of the columns that hold something; nothing without rows."""
    kept = [(head, cells) for head, cells in columns if any(_text(cell) for cell in cells)]
    if not kept:
        return []
    rows = [list(row) for row in zip(*(cells for _head, cells in kept), strict=True)]
    return [{"table": {"caption": caption, "head": [head for head, _cells in kept], "rows": rows}}]


def _text(cell: Any) -> str:
    return str(cell["text"] if isinstance(cell, dict) else cell)


def _joined(words: Iterable[str]) -> str:
    """A list inside a sentence: India, China en Vietnam."""
    items = [word for word in words if word]
    if len(items) < 2:
        return "".join(items)
    return _("%(many)s and %(last)s") % {"many": ", ".join(items[:-1]), "last": items[-1]}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _written(text: str, key: str, selection: Selection, source: Source, language: str) -> Any:
    """A text of a plan: translated by the company, or as it was written, with the language it is in."""
    first = source.same_words.get(text, key)
    own = selection.says(key, language) or selection.says(first, language)
    spoken = source.language_of(first)
    if own or language == spoken or not has_words(text):
        return own or text
    return {"text": text, "lang": spoken}


def _compact(blocks: Iterable[Block]) -> list[Block]:
    """The same words in less room: a heading begins its paragraph, a list that follows a colon ends it."""
    found: list[Block] = []
    heading = ""
    for block in blocks:
        before = found[-1].get("p") if found else None
        if "h" in block:
            heading = block["h"]
        elif "ul" in block and heading:
            found.append({"p": f"{heading}: {' '.join(block['ul'])}"})
            heading = ""
        elif "ul" in block and isinstance(before, str) and before.endswith(":"):
            found[-1] = {"p": f"{before} {'; '.join(block['ul'])}."}
        elif heading and isinstance(block.get("p"), str):
            found.append({"p": f"{heading}: {block['p']}"})
            heading = ""
        else:
            found.append(block)
    return found


# --- the sections


def _policy(source: Source, selection: Selection, language: str) -> Iterator[Block]:
    yield from _own(selection, "policy", language)
    if selection.shows("member_since") and source.member_since:
        yield {"p": _("We have taken part in the covenant since %(day)s.") % {"day": day(source.member_since)}}
    yield from _own(selection, "responsible", language, _("Who is responsible"))
    if selection.shows("steps"):
        yield from _heading(_("What we did this year"), _list(steps(source)))
    if selection.shows("coverage"):
        lines = [f"{_capital(text.in_(language))}: {percent(share.percent, 0)}" for text, share in source.coverage]
        if lines:
            yield {"h": _("What we know of our chain")}
            yield {"p": _("Per layer, the share of our own chains of which we know it:")}
            yield {"ul": lines}
    if selection.shows("chain_count") and source.chain_count:
        words = ngettext("We buy stone in %(count)s chain.", "We buy stone in %(count)s chains.", source.chain_count)
        yield {"p": words % {"count": source.chain_count}}


def _list(lines: list[str]) -> list[Block]:
    return [{"ul": lines}] if lines else []


def steps(source: Source) -> list[str]:
    """What was done this year, as far as the platform can count it; a fact that is not known gives no sentence."""
    said = (
        (
            "risks.chains_scanned_share",
            _("We looked at all themes of risk in %(share)s of our chains from outside the European Economic Area."),
        ),
        ("requests.gaps_asked_share", _("We asked for %(share)s of the places in our chains that we do not know yet.")),
        ("suppliers.signed_code_share", _("%(share)s of our direct suppliers signed our code of conduct or a clause.")),
        ("risks.prioritised_share", _("We judged how severe and how likely %(share)s of the risks that we found are.")),
    )
    facts = ((sentence, source.facts.get(name)) for name, sentence in said)
    return [
        sentence % {"share": percent(fact.percent, 0)}
        for sentence, fact in facts
        if isinstance(fact, Share) and fact.applies and fact.part
    ]


def _origin(source: Source, selection: Selection, language: str) -> Iterator[Block]:
    named = (
        ("countries", _("Our stone is quarried or worked in %(names)s."), [country_name(c) for c in source.countries]),
        ("materials", _("Kinds of stone: %(names)s."), [text.in_(language).lower() for text in source.materials]),
        ("areas", _("Quarry areas: %(names)s."), source.areas),
        ("suppliers", _("Our direct suppliers: %(names)s."), source.suppliers),
        ("sites", _("Factories and quarries: %(names)s."), source.sites),
    )
    for field, sentence, names in named:
        if selection.shows(field) and names:
            yield {"p": sentence % {"names": _joined(names)}}
    yield from _own(selection, "origin", language)


def shown_risks(source: Source, selection: Selection) -> list[RiskRow]:
    """The risks that the report names."""
    if not selection.shows("risks"):
        return []
    rows = [row for row in source.main_risks if not row.line & selection.left_out]
    return rows[:MOST_ON_ONE_PAGE] if selection.is_short else rows


def _risks(source: Source, selection: Selection, language: str) -> Iterator[Block]:
    rows = shown_risks(source, selection)
    if rows and selection.is_short:
        yield {"ul": [_risk_line(row, selection, language) for row in rows]}
    elif rows:
        yield from _risk_table(rows, source, selection, language)
    yield from _own(selection, "reason", language, _("Why these come first") if rows else "")


def _risk_line(row: RiskRow, selection: Selection, language: str) -> str:
    stone = _joined(text.in_(language).lower() for text in row.materials) if selection.shows("risk_materials") else ""
    area = row.area if selection.shows("risk_areas") else ""
    where = ", ".join(word for word in (stone, area, country_name(row.country) if row.country else "") if word)
    kind = _happened(row) if selection.shows("risk_kind") else ""
    return "".join((_capital(row.theme.in_(language)), f": {where}" if where else "", f" ({kind})" if kind else ""))


def _happened(row: RiskRow) -> str:
    return pgettext("harm", "happened") if row.is_actual else pgettext("harm", "could happen")


def _risk_table(rows: list[RiskRow], source: Source, selection: Selection, language: str) -> list[Block]:
    most = source.pack.severity.likelihood.max if source.pack.severity else 0
    columns: list[tuple[str, list[Any]]] = [
        (_("Theme"), [_capital(row.theme.in_(language)) for row in rows]),
        (_("Country"), [country_name(row.country) if row.country else "" for row in rows]),
    ]
    if selection.shows("risk_areas"):
        columns.append((_("Quarry area"), [row.area for row in rows]))
    if selection.shows("risk_materials"):
        columns.append((_("Stone"), [_joined(t.in_(language).lower() for t in row.materials) for row in rows]))
    if selection.shows("risk_kind"):
        columns.append((_("What we know"), [_happened(row) for row in rows]))
    if selection.shows("risk_ratings"):
        columns.append((_("Severity"), [_of(row.severity, most) for row in rows]))
        columns.append((_("Likelihood"), [_of(row.likelihood, most) for row in rows]))
    if selection.shows("risk_explanations"):
        columns.append((_("Our explanation"), [_explained(row, source, selection, language) for row in rows]))
    return _table(_("Our main risks, the first ones on top"), columns)


def _explained(row: RiskRow, source: Source, selection: Selection, language: str) -> Any:
    return _written(row.explanation, f"risk:{row.pk}", selection, source, language) if row.explanation else ""


def _of(value: Any, most: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(value, 1), "whole": most} if value is not None else ""


def shown_goals(source: Source, selection: Selection) -> list[GoalRow]:
    """The goals that the report names."""
    if not selection.shows("goals"):
        return []
    return list(source.goals[:MOST_ON_ONE_PAGE] if selection.is_short else source.goals)


def _goals(source: Source, selection: Selection, language: str) -> Iterator[Block]:
    goals = shown_goals(source, selection)
    if selection.is_short:
        for goal in goals:
            yield from _short_goal(goal, source, selection, language)
    else:
        for place, goal in enumerate(goals, 1):
            yield from _goal(place, goal, source, selection, language)
    if selection.shows("last_year"):
        yield from _last_year(source, selection, language)
    yield from _own(selection, "learned", language, _("What failed, and what we learned"))


def _short_goal(goal: GoalRow, source: Source, selection: Selection, language: str) -> Iterator[Block]:
    yield {"p": _written(goal.text, f"goal:{goal.pk}", selection, source, language)}
    progress = _progress(goal, source, selection, language)
    if any(isinstance(value, dict) for _head, value in progress):
        yield {"dl": [[head, value] for head, value in progress]}
    elif progress:
        yield {"p": ". ".join(f"{head}: {value}" for head, value in progress) + "."}


def _goal(place: int, goal: GoalRow, source: Source, selection: Selection, language: str) -> Iterator[Block]:
    yield {"h": _("Goal %(number)s") % {"number": place}}
    yield {"p": _written(goal.text, f"goal:{goal.pk}", selection, source, language)}
    facts: list[list[Any]] = []
    if PublicField.THEME in goal.shown:
        facts.append([_("Theme"), _capital(goal.theme.in_(language))])
    if PublicField.INDICATOR in goal.shown and goal.indicator and selection.shows("progress"):
        said = _written(goal.indicator, f"indicator:{goal.pk}", selection, source, language)
        facts.append([_("Measured by"), said])
    facts += [[head, value] for head, value in _progress(goal, source, selection, language)]
    if PublicField.DEADLINE in goal.shown and goal.deadline:
        facts.append([_("By when"), day(goal.deadline)])
    if facts:
        yield {"dl": facts}
    if selection.shows("actions") and PublicField.ACTIONS in goal.shown:
        yield from _actions(place, goal, source, selection, language)


def _progress(goal: GoalRow, source: Source, selection: Selection, language: str) -> list[tuple[str, Any]]:
    """Where it began, what was measured each year, and where it goes."""
    if not selection.shows("progress"):
        return []
    found: list[tuple[str, Any]] = []
    if PublicField.BASELINE in goal.shown and goal.baseline:
        found.append((_("Start"), _written(goal.baseline, f"baseline:{goal.pk}", selection, source, language)))
    if PublicField.PROGRESS in goal.shown:
        # A year that nobody measured stays in the row as not given, never as zero.
        said = dict.fromkeys(goal.not_given, _("not given"))
        said |= {year: f"{number(Decimal(value))} {unit}".strip() for year, value, unit in goal.readings}
        found += [(_("Measured in %(year)s") % {"year": year}, said[year]) for year in sorted(said)]
    if PublicField.TARGET in goal.shown and goal.target:
        said_target = _written(goal.target, f"target:{goal.pk}", selection, source, language)
        found.append((_("What we aim for"), said_target))
    return found


def _actions(place: int, goal: GoalRow, source: Source, selection: Selection, language: str) -> list[Block]:
    rows = goal.actions
    named = [_written(row.text, f"action:{row.pk}", selection, source, language) for row in rows]
    columns: list[tuple[str, list[Any]]] = [(_("Action"), named), (_("How far"), [_how_far(row) for row in rows])]
    if PublicField.DEADLINE in goal.shown:
        columns.append((_("By when"), [day(row.due_on) if row.due_on else "" for row in rows]))
    if selection.shows("contribution") and PublicField.CONTRIBUTION in goal.shown:
        columns.append((_("Who did what"), [_contribution(row) for row in rows]))
    if selection.shows("partners") and PublicField.PARTNERS in goal.shown:
        partners = [_written(row.partners, f"partners:{row.pk}", selection, source, language) for row in rows]
        columns.append((_("Together with"), partners))
    return _table(_("Actions for goal %(number)s") % {"number": place}, columns)


def _how_far(row: ActionRow) -> str:
    said = str(StepState(row.state).label)
    return f"{said}, {percent(row.progress, 0)}" if row.state == StepState.IN_PROGRESS else said


def _contribution(row: ActionRow) -> str:
    words = [str(Together(row.together).label)] if row.together in Together.values else []
    if row.contribution in ContributionKind.values:
        words.append(str(ContributionKind(row.contribution).label).lower())
    return ", ".join(words)


def _last_year(source: Source, selection: Selection, language: str) -> list[Block]:
    """What became of last year's goals: how many of the actions are done, under way, stopped or not begun."""
    rows = source.last_goals
    named = [_written(row.text, f"goal:{row.pk}", selection, source, language) for row in rows]
    columns: list[tuple[str, list[Any]]] = [
        (_("Goal"), named),
        (_("What became of it"), [_became(row, selection) for row in rows]),
    ]
    table = _table(_("The goals of the year before"), columns) if rows else []
    return _heading(_("What became of last year's goals"), table)


def _became(goal: GoalRow, selection: Selection) -> str:
    if not goal.actions or PublicField.ACTIONS not in goal.shown or not selection.shows("actions"):
        return _("No actions were public.")
    counts = [(str(state.label).lower(), sum(a.state == state for a in goal.actions)) for state in StepState]
    whole = ngettext("%(count)s action", "%(count)s actions", len(goal.actions)) % {"count": len(goal.actions)}
    return f"{whole}: " + ", ".join(f"{count} {label}" for label, count in counts if count)


def _complaints(source: Source, selection: Selection, language: str) -> Iterator[Block]:
    yield from _own(selection, "contact", language, _("Complain with us"))
    if selection.shows("mechanism"):
        yield from _mechanism(source, language)
    if selection.shows("made_known") and source.made_known:
        count = source.made_known
        words = ngettext(
            "This year we made it known %(count)s time to suppliers or workers.",
            "This year we made it known %(count)s times to suppliers or workers.",
            count,
        )
        yield {"p": words % {"count": count}}
    told = complaints_in_words(source.complaints, source.pack) if selection.shows("complaint_count") else ""
    own = _own(selection, "received", language)
    yield from _heading(_("Complaints of this year"), ([{"p": told}] if told else []) + own)


def _mechanism(source: Source, language: str) -> Iterator[Block]:
    name, address = committee(source.pack)
    if name is None:
        return
    yield {"h": name.in_(language)}
    who = [_capital(text.in_(language)) for text in who_may_complain(source.pack)]
    if who:
        yield {"p": _("You can also complain with this committee of the covenant. These people may complain:")}
        yield {"ul": who}
    if address:
        yield {"link": {"text": _("How to complain with the committee"), "url": address}}
