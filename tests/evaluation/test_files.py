"""Which files of readings the secretariat opens: those of readings as they stood when a report was handed in."""

from __future__ import annotations

import datetime as dt

from tests.evaluation.conftest import LAST, NOW, TODAY, data
from toetssteen.documents.models import Evidence
from toetssteen.documents.permissions import visible_evidence
from toetssteen.evaluation import services
from toetssteen.evaluation.models import Reading
from toetssteen.plans.models import Plan


def file_of(cast, name, firm="mason"):
    return Evidence.objects.create(
        organisation=cast.organisations[firm], kind="visit_report", title=name, file_name=f"{name}.pdf",
        sha256=f"{firm}-{name}".ljust(64, "0"), uploaded_at=NOW,
    )  # fmt: skip


def test_the_secretariat_opens_the_files_of_readings_that_were_handed_in(cast, line, note):
    goal, rivals = line()[-1], line("granite")[-1]
    names = ("stands", "corrected", "removed", "later")
    files = {name: file_of(cast, name) for name in names}
    rival = file_of(cast, "rival", "granite")
    rows = {name: note(goal, 5, evidence_ids=(files[name].pk,)) for name in names}
    note(rivals, 5, firm="granite", evidence_ids=(rival.pk,))
    keys = {"actor": cast.actor("editor"), "goal_id": goal.pk, "page_year": LAST, "now": NOW}
    services.correct_reading(reading_id=rows["corrected"].pk, data=data(6), reason="Counted twice", today=TODAY, **keys)
    services.remove_reading(reading_id=rows["removed"].pk, reason="Another factory", **keys)

    def opened(who="assessor"):
        return set(visible_evidence(cast.actor(who)).values_list("title", flat=True))

    assert opened() == set()  # nothing was handed in yet
    handed_in = TODAY + dt.timedelta(days=5)
    Plan.objects.filter(pk=goal.plan_id).update(state="delivered", delivered_on=handed_in)
    later = Reading.evidence.through.objects.get(reading=rows["later"])
    again = Reading.objects.create(
        goal_id=rows["later"].goal_id, year_number=LAST, kind="figure", value=7, measured_on=TODAY, source="count",
        recorded_at=NOW + dt.timedelta(days=9),
    )  # fmt: skip
    again.evidence.set([later.evidence_id])
    assert opened() == {"stands", "later"}  # the file of a reading that was noted in time, and was used again since
    only_later = file_of(cast, "only-later")
    again.evidence.set([only_later.pk])
    assert "only-later" not in opened()
    # Corrected after it was handed in: the report still speaks of it.
    Reading.objects.create(
        goal_id=rows["stands"].goal_id, year_number=LAST, kind="removed", measured_on=TODAY, reason="Too late",
        replaces=rows["stands"], recorded_at=NOW + dt.timedelta(days=9),
    )  # fmt: skip
    assert "stands" in opened()
    Plan.objects.filter(pk=goal.plan_id).update(state="draft")  # returned: what is in it is being worked on
    assert opened() == set()
    assert "rival" not in opened("editor")
