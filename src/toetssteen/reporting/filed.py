"""A frozen report in the words of the reader: answers, chains, plan of action, public reports, facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.covenant import queries as covenant
from toetssteen.evaluation.filed import filed_results
from toetssteen.foundation.look.figures import country_name, day, number, percent
from toetssteen.plans.choices import StepState
from toetssteen.reporting import values
from toetssteen.reporting.presentation import fact_in_words
from toetssteen.risks.presentation import words as risk_words
from toetssteen.supplychain.choices import LinkState


def frozen_rows(frozen: Any, language: str) -> list[dict[str, Any]]:
    """The answers of a frozen report, in the order of the framework."""
    rows = []
    for question in frozen.pack.questions_for(frozen.standing.profile, frozen.standing.variant):
        answer = frozen.answers.get(question.id)
        level = frozen.levels.get(question.id, "")
        if answer is None and not level:
            continue
        shown = values.shown(question, frozen.pack, answer.get("value")) if answer else None
        if isinstance(shown, list):
            shown = [s.in_(language) if hasattr(s, "in_") else ", ".join(c for c in s if c) for s in shown]
        elif shown is not None:
            shown = [day(shown) if isinstance(shown, dt.date) else str(shown)]
        rows.append(
            {
                "number": question.number,
                "text": question.text.in_(language),
                "level": frozen.pack.framework.level(level).text.in_(language) if level else "",
                "value": shown or [],
                "words": answer.get("text", "") if answer else "",
                "evidence": [row["title"] for row in frozen.evidence_of(question.id)],
            }
        )
    return rows


def frozen_facts(frozen: Any, language: str) -> list[tuple[str, str]]:
    """The platform facts of a frozen report in words."""
    known = frozen.pack.framework.platform_facts
    return [(known[f].text.in_(language), fact_in_words(v)) for f, v in frozen.facts.items() if f in known]


def frozen_chains(frozen: Any, language: str) -> dict[str, Any]:
    """The chains of a frozen report: what, from where, and per level what was known."""
    pack = frozen.pack
    materials = {m.id: m.text.in_(language) for m in pack.materials}
    rows = [
        {
            "title": (materials.get(chain["material"]) or chain["material"]).capitalize(),
            "trade_name": chain["trade_name"],
            "route": [
                country_name(c) for c in dict.fromkeys((chain["extraction_country"], chain["processing_country"])) if c
            ],
            "share": percent(chain["share_of_volume"]) if chain["share_of_volume"] is not None else "",
            "levels": [_known(chain, level.id) for level in pack.coverage_levels],
        }
        for chain in frozen.content.get("chains", ())
    ]
    return {"heads": [level.text.in_(language).capitalize() for level in pack.coverage_levels], "rows": rows}


def _route(chain: Mapping[str, Any]) -> list[str]:
    """The country of extraction and that of processing, each once."""
    countries = dict.fromkeys((chain["extraction_country"], chain["processing_country"]))
    return [country_name(country) for country in countries if country]


def _known(chain: Mapping[str, Any], level: str) -> list[str]:
    """What was known of one level; what was not known says so."""
    said = []
    for link in chain.get("links", ()):
        if link["level"] != level:
            continue
        named = [link["name"] or link["quarry_area_name"] or "", link["place"] or ""]
        known = ", ".join(dict.fromkeys(part for part in named if part))
        said.append(known if link["state"] == LinkState.KNOWN and known else str(LinkState(link["state"]).label))
    return said or [str(LinkState.UNKNOWN.label)]


def frozen_risks(pack: Pack, content: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """The risks of a frozen report in their order; None for a report from before risks were frozen."""
    risks = content.get("risks")
    if risks is None:
        return None
    themes = {t.id: t.name.in_(language) for t in pack.themes}
    materials = {m.id: m.text.in_(language) for m in pack.materials}
    rows = [{**row, **_risk_words(row, themes, materials)} for row in risks["rows"]]
    named = {row["letter"]: f"{row['letter']} {row['theme']}" for row in rows}
    moves = [{**m, "risk": named[m["risk"]], "passed": named[m["passed"]]} for m in risks["moves"]]
    views = [{**view, "said_on": _day(view["said_on"])} for view in risks["views"]]
    ended = [{**row, "theme": themes.get(row["theme"], row["theme"])} for row in risks["ended"]]
    return {"rows": rows, "moves": moves, "views": views, "ended": ended}


def _risk_words(row: Mapping[str, Any], themes: Mapping[str, str], materials: Mapping[str, str]) -> dict[str, Any]:
    """Theme, place, severity, part and sources of one frozen risk in words."""
    chains = [c["trade_name"] or materials.get(c["material"], c["material"]).capitalize() for c in row["chains"]]
    country = country_name(row["country"]) if row["country"] else ""
    place = (", ".join(chains[:1]), row["site"] or row["quarry_area"], country)
    return {
        "theme": themes.get(row["theme"], row["theme"]),
        "place": ", ".join(word for word in place if word),
        "severity": number(Fraction(row["severity"])) if row["severity"] is not None else "",
        "part": str(risk_words.part_words(row["involvement"])),
        "sources": [
            {**s, "kind": str(risk_words.source_kind(s["kind"])), "said_on": _day(s["said_on"])} for s in row["sources"]
        ],
    }


def frozen_plan(frozen: Any, language: str) -> dict[str, Any] | None:
    """The plan of action of a frozen report; None without one."""
    plan = frozen.content.get("plan")
    if plan is None:
        return None
    themes = {t.id: t.name.in_(language) for t in frozen.pack.themes}
    goals = [
        {
            "theme": themes.get(goal["theme"], goal["theme"]),
            "text": goal["text"],
            "deadline": _day(goal["deadline"]),
            "actions": [_action(action) for action in goal["actions"]],
        }
        for goal in plan["objectives"]
    ]
    return {"summary": plan["summary"], "goals": goals}


def frozen_results(frozen: Any) -> dict[str, Any] | None:
    """What the goals measured over the years and what was concluded; None for an older report."""
    labels = {year.number: str(year) for year in covenant.years()}
    return filed_results(frozen.pack, frozen.content, labels)


def _action(action: Mapping[str, Any]) -> dict[str, Any]:
    """One action of the plan, with how far it was."""
    state = str(StepState(action["state"]).label)
    return {"text": action["text"], "owner": action["owner"], "due": _day(action["due_on"]), "state": state}


def frozen_publications(frozen: Any) -> list[dict[str, Any]]:
    """The public reports that were known when a report was frozen."""
    return [{**row, "published_on": _day(row["published_on"])} for row in frozen.content.get("public_reports", ())]


def _day(word: str | None) -> dt.date | None:
    return dt.date.fromisoformat(word) if word else None
