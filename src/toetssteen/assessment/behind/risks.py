"""The risks that a question rests on: where they are known from, their order, and what others say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.presentation import capital, words
from toetssteen.assessment.quality import Case
from toetssteen.foundation.look.figures import country_name, day, number
from toetssteen.risks.choices import SourceKind
from toetssteen.risks.scans import asks_scan, is_scanned
from toetssteen.risks.sources import OLD, age_of_date


def risks(case: Case) -> Ground:
    """The risks with how the company knows of them."""
    if not said.holds(case.content, "risks"):
        return missing("risks", _("Risks"))
    rows = tuple(
        GroundRow(
            case.risk_name(risk),
            parts(
                risk.text,
                "; ".join(_source(source, case) for source in risk.sources) or _("no source given"),
            ),
            _("actual harm") if risk.is_actual else "",
        )
        for risk in case.risks
    )
    harm = sum(bool(row.mark) for row in rows)
    summary = ngettext(
        "%(n)s risk, %(harm)s of them actual harm", "%(n)s risks, %(harm)s of them actual harm", len(rows)
    )
    return Ground("risks", summary % {"n": len(rows), "harm": harm}, (*rows, *_put_aside(case)))


def _put_aside(case: Case) -> list[GroundRow]:
    """What is reported for the chains and the company says does not play there; older reports hold none."""
    names = {theme.id: capital(words(theme.name)) for theme in case.pack.themes}
    return [
        GroundRow(
            ", ".join(w for w in (names.get(row["theme"], row["theme"]), _country(row["country"])) if w),
            parts(_("Reported by public sources; the company: %(reason)s") % {"reason": row["reason"]}),
            _("put aside"),
        )
        for row in said.put_aside_in(case.content)
    ]


def _country(code: str) -> str:
    return country_name(code) if code else ""


def _source(source: said.SaidSource, case: Case) -> str:
    label, date = label_of(SourceKind, source.kind), source.date(case.pack)
    if not date:
        return _("%(source)s, no date") % {"source": label}
    line = f"{label}, {day(source.on) if source.on else date}"
    return _("%(source)s (older than five years)") % {"source": line} if age_of_date(date, case.on) == OLD else line


def scans(case: Case) -> Ground:
    """Which of the company's own chains were looked at for risks, and when."""
    own = case.pack.own_situations
    ends_on = said.day((case.content.get("year") or {}).get("ends_on")) or case.on
    materials = {material.id: words(material.text) for material in case.pack.materials}
    rows = []
    for chain in case.content.get("chains", ()):
        if chain["situation"] not in own or not asks_scan(case.pack, *_countries(chain)):
            continue
        name = capital(materials.get(chain["material"], chain["material"]))
        where = ", ".join(country_name(code) for code in dict.fromkeys(_countries(chain)) if code)
        on = said.day(chain.get("risk_scan_on"))
        line = _("looked at on %(day)s") % {"day": day(on)} if on else ""
        mark = "" if is_scanned(on, ends_on) else _("too long ago") if on else _("not looked at")
        rows.append(
            GroundRow(
                f"{name}, {where}" if where else _("%(stone)s, country not given") % {"stone": name}, parts(line), mark
            )
        )
    scanned = sum(not row.mark for row in rows)
    summary = ngettext(
        "%(n)s chain from outside the free area, %(part)s looked at",
        "%(n)s chains from outside the free area, %(part)s looked at",
        len(rows),
    )
    return Ground("scans", summary % {"n": len(rows), "part": scanned}, tuple(rows))


def _countries(chain: Mapping[str, Any]) -> tuple[str, str]:
    return chain["extraction_country"] or "", chain["processing_country"] or ""


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
        GroundRow(
            (_("%(risk)s above %(other)s") if move.up else _("%(risk)s below %(other)s"))
            % {"risk": names.get(move.key, str(move.key)), "other": names.get(move.passed, str(move.passed))},
            parts(move.reason),
        )
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
