"""The register's rows and cards in the words of the reader; no queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack, Profile
from toetssteen.foundation.look.figures import country_name
from toetssteen.plans.presentation import public_content
from toetssteen.register import content, exports
from toetssteen.register.models import RegisterEntry
from toetssteen.register.queries import Change


def span(starts_on: str, ends_on: str) -> str:
    """A covenant year as people say it: 2019-2020."""
    return f"{starts_on[:4]}-{ends_on[:4]}"


@dataclass(frozen=True)
class Colour:
    """A colour with its name and what it says."""

    id: str
    name: str
    text: str


def colours(pack: Pack | None, language: str) -> list[Colour]:
    """The colours of the pack, best first."""
    if pack is None:
        return []
    return [Colour(c.colour, c.name.in_(language), c.text.in_(language)) for c in pack.decision.colours]


def situation_line(entry: RegisterEntry, pack: Pack | None, language: str) -> str:
    """Country and type of a company in one line."""
    parts = [country_name(entry.country)]
    profile = next((p for p in pack.framework.profiles if p.id == entry.situation), None) if pack else None
    if profile:
        parts.append(profile.title.in_(language))
    return ", ".join(p for p in parts if p)


def highest_report_year(entry: RegisterEntry) -> int:
    """The number of the last report year of a company; 1 when there is none."""
    return max((r["report_year"] for r in entry.results), default=1)


def company_row(entry: RegisterEntry, highest: int, pack: Pack | None, language: str) -> dict[str, Any]:
    """A company in the table: a cell for each report year."""
    by_year = {r["report_year"]: r for r in entry.results}
    profile = next((p for p in pack.framework.profiles if p.id == entry.situation), None) if pack else None
    plan = entry.plans[-1] if entry.plans else None
    return {
        "entry": entry,
        "line": situation_line(entry, pack, language),
        "cells": [by_year.get(number) for number in range(1, highest + 1)],
        "no_report": "" if by_year or profile is None or profile.report_required else profile.definition.in_(language),
        "plan": {"year": plan["covenant_year"], "span": span(plan["starts_on"], plan["ends_on"])} if plan else None,
    }


def company_card(entry: RegisterEntry, pack: Pack | None, language: str) -> dict[str, Any]:
    """Everything public about a company."""
    planned = {p["covenant_year"] for p in entry.plans}
    return {
        "line": situation_line(entry, pack, language),
        "years": [
            {**r, "span": span(r["starts_on"], r["ends_on"]), "has_plan": r["covenant_year"] in planned}
            for r in reversed(entry.results)
        ],
    }


def year_card(result: dict[str, Any] | None, plan: dict[str, Any] | None, pack: Pack, language: str) -> dict[str, Any]:
    """One year of a company: colour, meaning and plan."""
    source = result or plan
    assert source is not None
    colour = next((c for c in colours(pack, language) if result and c.id == result["colour"]), None)
    return {
        "span": span(source["starts_on"], source["ends_on"]),
        "starts_on": source["starts_on"],
        "ends_on": source["ends_on"],
        "covenant_year": source["covenant_year"],
        "report_year": result["report_year"] if result else None,
        "result": result,
        "colour": colour,
        "plan": public_content(plan["content"], pack, language) if plan else None,
    }


def areas_by_country(areas: Iterable[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Quarry areas grouped by country and province, in the alphabet of the reader."""
    grouped: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for area in areas:
        grouped[area["country"]][area["province"]].append(area)
    rows = [
        {
            "code": code,
            "name": country_name(code),
            "count": sum(len(d) for d in provinces.values()),
            "provinces": [{"name": name, "districts": districts} for name, districts in sorted(provinces.items())],
        }
        for code, provinces in grouped.items()
    ]
    return sorted(rows, key=lambda row: content.search_key(str(row["name"])))


def changes(rows: list[Change], pack: Pack, language: str) -> list[dict[str, Any]]:
    """What a publication changes, in words; new results and plans are named one by one."""
    out = []
    for change in rows:
        before = change.before or {}
        lines: list[dict[str, Any]] = []
        if change.after:
            old = {r["covenant_year"]: r["colour"] for r in before.get("results", [])}
            for result in change.after.results:
                if old.get(result["covenant_year"]) != result["colour"]:
                    lines.append({"result": result, "span": span(result["starts_on"], result["ends_on"])})
            had = {p["covenant_year"]: p["content"] for p in before.get("plans", [])}
            for plan in change.after.plans:
                if had.get(plan["covenant_year"]) != plan["content"]:
                    lines.append({"plan": plan, "span": span(plan["starts_on"], plan["ends_on"])})
            kept = {plan["covenant_year"] for plan in change.after.plans}
            for plan in before.get("plans", []):
                if plan["covenant_year"] not in kept:
                    lines.append({"gone": plan, "span": span(plan["starts_on"], plan["ends_on"])})
            if before and before.get("is_current") != change.after.is_current:
                lines.append({"membership": True})
        out.append({"kind": change.kind, "name": change.name, "after": change.after, "lines": lines})
    return out


def data_tables() -> list[dict[str, Any]]:
    """The downloads with the meaning of every column."""
    meaning = {
        "reference": _("Own number of the participant, never reused."),
        "name": _("Name."),
        "country": _("Country, two letters."),
        "region": _("Region of the covenant."),
        "type": _("Type of the company in the framework (purchase situation)."),
        "member_since": _("First day of taking part."),
        "member_until": _("Last day; empty for who takes part now."),
        "covenant_year": _("Number of the covenant year."),
        "year_starts": _("First day of the covenant year."),
        "year_ends": _("Last day of the covenant year."),
        "report_year": _("Which report of the company this is."),
        "colour": _("green, orange or red: the decision on that year."),
        "decided_on": _("Day of the decision."),
        "more_time_until": _("Day until which the company had more time; empty without."),
        "plan_published": _("yes if the plan of action of that year is public."),
        "publication": _("Number of the publication."),
        "published_on": _("Day of the publication."),
        "province": _("Province or state."),
        "district": _("District."),
        "shared_by_many": _("yes if more companies buy there than the set number."),
    }
    tables = (
        ("companies", _("Companies, one row per year"), exports.COMPANY_COLUMNS),
        ("authorities", _("Contracting authorities"), exports.AUTHORITY_COLUMNS),
        ("quarry-areas", _("Quarry areas"), exports.AREA_COLUMNS),
    )
    return [{"id": t, "title": title, "columns": [(c, meaning[c]) for c in columns]} for t, title, columns in tables]


def framework(pack: Pack, profile: Profile, language: str) -> dict[str, Any]:
    """The framework of one company type in words: steps with weights and questions, and the demands of each year."""
    fw = pack.framework
    questions = pack.questions_for(profile.id)
    groups = {member: group for group in profile.groups for member in group.members}
    steps = []
    for step in fw.steps:
        parts = []
        for sub in step.sub_steps:
            own = [_question(pack, q, language) for q in questions if q.sub_step == sub.id]
            if own:
                group = groups.get(sub.id)
                parts.append(
                    {
                        "id": sub.id,
                        "title": sub.title.in_(language),
                        "group": group,
                        "shared": group is not None and len(group.members) > 1,
                        "questions": own,
                    }
                )
        if parts:
            weight = sum({g.id: g.weight for g in profile.groups if g.step_number == step.number}.values())
            steps.append({"step": step, "title": step.title.in_(language), "weight": weight, "parts": parts})
    rules = pack.year_rules.get(profile.id, ()) if profile.report_required else ()
    return {
        "pack": pack,
        "framework": fw,
        "title": fw.title.in_(language),
        "summary": fw.summary.in_(language),
        "disclaimer": fw.disclaimer.in_(language),
        "in_words": fw.scoring.in_words.in_(language),
        "profiles": [(p.id, p.title.in_(language)) for p in fw.profiles],
        "profile": profile,
        "profile_text": (profile.definition.in_(language), profile.duties.in_(language)),
        "steps": steps,
        "levels": [{"id": lv.id, "name": lv.text.in_(language), "percent": lv.factor * 100} for lv in fw.levels],
        "rules": rules,
        "demands": _demands(pack, rules, language),
        "colours": colours(pack, language),
        "who_decides": pack.decision.who_decides.in_(language),
        "exemptions": [e.text.in_(language) for e in pack.exemptions],
    }


def _question(pack: Pack, question: Any, language: str) -> dict[str, Any]:
    return {
        "question": question,
        "text": question.text.in_(language),
        "help": question.help.in_(language),
        "criteria": [
            (lv.text.in_(language), question.criteria[lv.id].in_(language), question.max_points * lv.factor)
            for lv in pack.framework.levels
        ],
    }


def _demands(pack: Pack, rules: Iterable[Any], language: str) -> list[dict[str, Any]]:
    """The demands as table rows: what, and per report year the value with its mark."""
    if not rules:
        return []
    rows = [{"name": _("Minimum score"), "unit": "%", "cells": [r.min_score for r in rules]}]
    for level in pack.coverage_levels:
        name = _("Known: %(level)s") % {"level": level.text.in_(language)}
        rows.append({"name": name, "unit": "%", "cells": [r.coverage.get(level.id) for r in rules]})
    rows.append({"name": _("Plan of action"), "unit": "", "cells": [r.plan_required for r in rules]})
    rows.append(
        {"name": _("Public communication"), "unit": "", "cells": [r.public_communication_required for r in rules]}
    )
    return rows
