"""The readings, evaluations and public reports that a question rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.quality import Case
from toetssteen.core.calendar import Telling, check_of, months_first
from toetssteen.evaluation.choices import Conclusion, Setback
from toetssteen.foundation.look.figures import day


def readings(case: Case) -> Ground:
    """What was measured of each goal, year by year; a year without says so."""
    if not said.holds(case.content, "results") and not said.holds(case.content, "risks"):
        return missing("readings", _("Readings of goals"))
    rows = []
    for result in said.results_in(case.content):
        lines = tuple(
            _("year %(n)s: %(said)s") % {"n": r.year, "said": r.said if r.is_given else _("not given")}
            for r in result.readings
        )
        rows.append(GroundRow(result.text, lines, "" if any(r.is_given for r in result.readings) else _("no reading")))
    given = sum(r.is_given for result in said.results_in(case.content) for r in result.readings)
    summary = ngettext("%(n)s goal, %(given)s readings", "%(n)s goals, %(given)s readings", len(rows))
    return Ground("readings", summary % {"n": len(rows), "given": given}, tuple(rows))


def evaluations(case: Case) -> Ground:
    """What the company concluded, who was asked, and what set it back."""
    if not said.holds(case.content, "results") and not said.holds(case.content, "risks"):
        return missing("evaluations", _("Evaluations"))
    pairs = [(one.text, one.evaluation) for one in said.results_in(case.content) if one.evaluation is not None]
    whole = [one for one in said.evaluations_in(case.content) if one not in [e for _t, e in pairs]]
    rows = tuple(
        GroundRow(
            title,
            parts(
                f"{label_of(Conclusion, one.conclusion)}, {day(one.on)}" if one.conclusion and one.on else day(one.on),
                one.method,
                _("Asked: %(who)s") % {"who": ", ".join(one.consulted)} if one.consulted else _("nobody was asked"),
            ),
            label_of(Setback, one.setback) if one.setback else "",
        )
        for title, one in (*pairs, *((_("The year as a whole"), one) for one in whole))
        if one is not None
    )
    summary = ngettext("%(n)s evaluation", "%(n)s evaluations", len(rows))
    return Ground("evaluations", summary % {"n": len(rows)}, rows)


def publications(case: Case) -> Ground:
    """Whether the company told the public in time, and what it published, newest first."""
    found = sorted(case.content.get("public_reports", ()), key=lambda row: str(row["published_on"]), reverse=True)
    rows = [
        GroundRow(row["title"], parts(day(said.day(row["published_on"])), row.get("address") or _("no web address")))
        for row in found
    ]
    summary = ngettext("%(n)s public report", "%(n)s public reports", len(rows))
    return Ground("publications", summary % {"n": len(rows)}, (*_in_time(case), *rows))


def _in_time(case: Case) -> tuple[GroundRow, ...]:
    """The date check at the end of the year; nothing where it is not known when the company took part."""
    year_end = said.day(case.content.get("year", {}).get("ends_on"))
    if year_end is None or not case.periods:
        return ()
    told = [on for row in case.content.get("public_reports", ()) if (on := said.day(row["published_on"]))]
    situation = case.content.get("report", {}).get("situation", "")
    check = check_of(case.pack, situation, case.periods, told, year_end, year_end=year_end)
    age = case.content.get("facts", {}).get("publication.age_months")
    asked = check.first_due_on
    return (
        GroundRow(
            _("In time on %(day)s?") % {"day": day(year_end)},
            parts(
                _("newest report of %(day)s") % {"day": day(check.told_on)}
                if check.told_on
                else _("nothing published"),
                ngettext("%(n)s whole month old by then", "%(n)s whole months old by then", age) % {"n": age}
                if isinstance(age, int)
                else "",
                _("asked from %(day)s, %(n)s months after joining") % {"day": day(asked), "n": months_first(case.pack)}
                if asked
                else _("not asked of this company in this year"),
            ),
            _("late") if check.state == Telling.LATE else "",
        ),
    )
