"""The readings, evaluations and public reports that a question rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.quality import Case
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
    """What the company published, newest first."""
    rows = []
    for row in case.content.get("public_reports", ()):
        rows.append(GroundRow(row["title"], parts(day(said.day(row["published_on"])), row.get("address"))))
    summary = ngettext("%(n)s public report", "%(n)s public reports", len(rows))
    return Ground("publications", summary % {"n": len(rows)}, tuple(rows))
