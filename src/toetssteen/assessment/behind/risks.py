"""The risks that a question rests on: where they are known from, their order, and what others say of it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.presentation import capital, words
from toetssteen.assessment.quality import Case
from toetssteen.foundation.look.figures import country_name, day, number
from toetssteen.risks.choices import SourceKind


def risks(case: Case) -> Ground:
    """The risks with how the company knows of them."""
    if not said.holds(case.content, "risks"):
        return missing("risks", _("Risks"))
    rows = tuple(
        GroundRow(
            case.risk_name(risk),
            parts(
                risk.text,
                "; ".join(_source(kind, on) for kind, on in risk.sources) or _("no source given"),
            ),
            _("actual harm") if risk.is_actual else "",
        )
        for risk in case.risks
    )
    harm = sum(bool(row.mark) for row in rows)
    summary = ngettext(
        "%(n)s risk, %(harm)s of them actual harm", "%(n)s risks, %(harm)s of them actual harm", len(rows)
    )
    return Ground("risks", summary % {"n": len(rows), "harm": harm}, rows)


def _source(kind: str, on: dt.date | None) -> str:
    label = label_of(SourceKind, kind)
    return f"{label}, {day(on)}" if on else _("%(source)s, no date") % {"source": label}


def scans(case: Case) -> Ground:
    """Which of the company's own chains were looked at for risks, and when."""
    own, inside = case.pack.own_situations, case.pack.inside_codes
    materials = {material.id: words(material.text) for material in case.pack.materials}
    rows = []
    for chain in case.content.get("chains", ()):
        places = [c for c in (chain["extraction_country"], chain["processing_country"]) if c]
        if chain["situation"] not in own or {*places} <= inside:
            continue
        name = capital(materials.get(chain["material"], chain["material"]))
        where = ", ".join(country_name(code) for code in dict.fromkeys(places))
        on = said.day(chain.get("risk_scan_on"))
        line = _("looked at on %(day)s") % {"day": day(on)} if on else ""
        rows.append(GroundRow(f"{name}, {where}" if where else name, parts(line), "" if on else _("not looked at")))
    scanned = sum(not row.mark for row in rows)
    summary = ngettext(
        "%(n)s chain from outside the free area, %(part)s looked at",
        "%(n)s chains from outside the free area, %(part)s looked at",
        len(rows),
    )
    return Ground("scans", summary % {"n": len(rows), "part": scanned}, tuple(rows))


def priorities(case: Case) -> Ground:
    """The risks in the order of the company, with severity, likelihood and reason."""
    if not said.holds(case.content, "risks"):
        return missing("priorities", _("Priorities"))
    rows = []
    for risk in case.risks:
        severity = risk.severity(case.pack)
        rating = _("severity %(severity)s, likelihood %(likelihood)s") % {
            "severity": number(severity) if severity is not None else _("unrated"),
            "likelihood": number(risk.rating.likelihood) if risk.rating.likelihood is not None else _("unrated"),
        }
        rows.append(
            GroundRow(
                case.risk_name(risk), parts(rating, risk.reason), _("comes first") if risk.is_first(case.pack) else ""
            )
        )
    first = sum(bool(row.mark) for row in rows)
    summary = ngettext(
        "%(n)s risk in order, %(first)s put first", "%(n)s risks in order, %(first)s put first", len(rows)
    )
    return Ground("priorities", summary % {"n": len(rows), "first": first}, tuple(rows))


def moves(case: Case) -> Ground:
    """Reasons to place a risk elsewhere than severity and likelihood do."""
    if not said.holds(case.content, "risks"):
        return missing("moves", _("Reasons for another order"))
    names = {risk.key: case.risk_name(risk) for risk in case.risks}
    rows = [
        GroundRow("; ".join(sorted(names.get(key, str(key)) for key in move.risks)), parts(move.reason))
        for move in said.moves_in(case.content)
    ]
    summary = ngettext("%(n)s reason for another order", "%(n)s reasons for another order", len(rows))
    return Ground("moves", summary % {"n": len(rows)}, tuple(rows))


def views(case: Case) -> Ground:
    """What stakeholders said of the priorities."""
    if not said.holds(case.content, "risks"):
        return missing("views", _("Views of stakeholders"))
    rows = []
    for view in said.views_in(case.content):
        on = said.day(view.get("said_on"))
        changed = _("Changed: %(what)s") % {"what": view["changed"]} if view.get("changed") else ""
        rows.append(
            GroundRow(
                f"{view.get('who', '')}, {day(on)}" if on else view.get("who", ""), parts(view.get("said"), changed)
            )
        )
    summary = ngettext("%(n)s view of a stakeholder", "%(n)s views of stakeholders", len(rows))
    return Ground("views", summary % {"n": len(rows)}, tuple(rows))
