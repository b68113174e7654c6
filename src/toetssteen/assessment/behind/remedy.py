"""The records about complaints and remedy that a question rests on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.presentation import words
from toetssteen.assessment.quality import Case
from toetssteen.foundation.look.figures import day
from toetssteen.library.words import language_name
from toetssteen.remedy.choices import Known, Progress, Satisfied


def made_known(case: Case) -> Ground:
    """When a complaints mechanism was made known, to whom, where, and in which language."""
    if not said.holds(case.content, "remedy"):
        return missing("made_known", _("Complaints mechanisms made known"))
    known = case.pack.grievance
    ways = {one.id: words(one.text) for one in known.ways} if known else {}
    audiences = {one.id: words(one.text) for one in known.audiences} if known else {}
    rows = []
    for row in said.remedy_rows(case.content, "made_known"):
        places = [said.text_of(place, "name") for place in row.get("places", ()) if isinstance(place, Mapping)]
        rows.append(
            GroundRow(
                f"{day(said.day(row.get('made_on')))}: {ways.get(row.get('way', ''), row.get('way', ''))}",
                parts(
                    ", ".join(str(audiences.get(one, one)) for one in row.get("audiences", ())),
                    ", ".join(place for place in places if place),
                    ", ".join(map(language_name, row.get("languages", ()))),
                ),
                "" if row.get("evidence") else _("without proof"),
            )
        )
    summary = ngettext("made known %(n)s time", "made known %(n)s times", len(rows))
    return Ground("made_known", summary % {"n": len(rows)}, tuple(rows))


def mechanisms(case: Case) -> Ground:
    """Which suppliers and sites have a mechanism, and how many criteria it meets as far as is known."""
    if not said.holds(case.content, "remedy"):
        return missing("mechanisms", _("Mechanisms of suppliers"))
    criteria = len(case.pack.grievance.criteria) if case.pack.grievance else 0
    rows = []
    for row in said.remedy_rows(case.content, "mechanisms"):
        fits = row.get("fits") if isinstance(row.get("fits"), Mapping) else {}
        met = sum(fit in ("met", "partly") for fit in (fits or {}).values())
        asked = said.day(row.get("said_on"))
        rows.append(
            GroundRow(
                ", ".join(part for part in (said.text_of(row, "name"), said.text_of(row, "place")) if part),
                parts(
                    _("has a mechanism: %(word)s") % {"word": label_of(Known, row.get("has_one", "")).lower()},
                    _("meets %(n)s of %(all)s criteria, wholly or in part") % {"n": met, "all": criteria}
                    if fits
                    else "",
                    day(asked) if asked else "",
                ),
            )
        )
    return Ground(
        "mechanisms",
        ngettext("mechanism of %(n)s supplier or site", "mechanisms of %(n)s suppliers and sites", len(rows))
        % {"n": len(rows)},
        tuple(rows),
    )


def remedies(case: Case) -> Ground:
    """The harm in whose remedy the company took part."""
    if not said.holds(case.content, "remedy"):
        return missing("remedies", _("Remedy"))
    rows = tuple(
        GroundRow(
            said.text_of(row, "harm"),
            parts(
                said.text_of(row, "done", "role"),
                label_of(Progress, row.get("state", "")),
                label_of(Satisfied, row.get("satisfied", "")),
            ),
        )
        for row in said.remedy_rows(case.content, "remedies")
    )
    summary = ngettext("%(n)s case of remedy", "%(n)s cases of remedy", len(rows))
    return Ground("remedies", summary % {"n": len(rows)}, rows)
