"""Versions, their hash, what a company may do, and what it can no longer do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from tests.cast import NOW, TODAY
from tests.communication.conftest import OPEN_WORDS, Firm, last_year
from toetssteen.communication import judging, queries, services
from toetssteen.communication.compose import shown_risks
from toetssteen.communication.forms import SectionForm
from toetssteen.communication.models import Edition, EditionFile, ReportDraft
from toetssteen.communication.sections import BY_ID
from toetssteen.communication.selection import Selection, selection_of
from toetssteen.foundation.models import AuditEvent, ImmutableError
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import services as plan_services
from toetssteen.plans.models import PublicReport
from toetssteen.plans.queries import publication_facts
from toetssteen.risks.models import Risk

BOTH = {"policy": {"nl": "Wij kijken elke keten na.", "en": "We look into every chain."}}


def test_publishing_freezes_each_language_and_tells_the_facts_of_the_year(firm: Firm) -> None:
    draft = firm.write(firm.start(), "policy", words=BOTH)
    assert publication_facts(firm.id, firm.cast.years[2])["publication.last_public_report_date"] is None
    dutch, english = firm.publish(draft, today=TODAY)
    assert (dutch.language, english.language, dutch.number, english.number) == ("nl", "en", 1, 1)
    assert dutch.sha256 == services.digest_of(dutch.content) != english.sha256
    assert "Wij kijken elke keten na." in str(dutch.content)
    assert "We look into every chain." in str(english.content)
    told = PublicReport.objects.get()
    assert (told.organisation_id, told.published_on, told.language) == (firm.id, TODAY, "nl;en")
    assert told.address.endswith("/due-diligence/T001/1/")
    # 15 November 2020 to 30 September 2021 is ten whole months.
    assert publication_facts(firm.id, firm.cast.years[2])["publication.age_months"] == 10
    event = AuditEvent.objects.get(verb="communication.publish_report")
    assert event.detail["sha256"] == {"nl": dutch.sha256, "en": english.sha256}
    assert "keten" not in str(event.detail)


def test_a_published_version_never_changes(firm: Firm) -> None:
    row = firm.publish(firm.start(), "nl")[0]
    with pytest.raises(ImmutableError):
        row.save()
    with pytest.raises(ImmutableError):
        row.delete()
    for statement in ("UPDATE communication_edition SET sha256 = 'x'", "DELETE FROM communication_edition"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Edition.objects.get().sha256 == row.sha256


def test_only_what_was_previewed_is_published(firm: Firm) -> None:
    draft, actor = firm.start(), firm.cast.actor("editor")
    from toetssteen.communication.compose import compose

    seen = services.digest_of(compose(firm.source(), selection_of(draft), "nl"))
    firm.goal.text = "Something else"
    firm.goal.save()
    with pytest.raises(Refused, match=r"changed since you looked|veranderd sinds u keek"):
        services.publish_report(actor=actor, draft_id=draft.pk, expected={"nl": seen}, today=TODAY, now=NOW)
    assert not Edition.objects.exists()
    assert not PublicReport.objects.exists()


def test_publishing_again_makes_a_new_version_and_the_old_one_stays(firm: Firm) -> None:
    draft = firm.start()
    firm.publish(draft)
    firm.write(draft, "policy", words=BOTH)
    firm.publish(draft, "nl", today=dt.date(2021, 2, 1))
    rows = queries.editions_of("T001", 1)
    assert [(row.number, row.language) for row in rows] == [(2, "nl"), (1, "en"), (1, "nl")]
    old = queries.edition("T001", 1, "nl", 1)
    assert old is not None
    assert "Wij kijken" not in str(old.content)
    assert OPEN_WORDS in str(old.content)
    newest = queries.current_of(rows, "en")
    assert newest is not None
    assert (newest.number, newest.language) == (2, "nl")
    assert sorted(PublicReport.objects.values_list("published_on", flat=True)) == [TODAY, dt.date(2021, 2, 1)]


def test_withdrawing_needs_a_reason_and_the_last_one_no_longer_counts(firm: Firm) -> None:
    draft, actor = firm.start(), firm.cast.actor("editor")
    firm.publish(draft)
    firm.publish(draft, "nl")
    about = {"actor": actor, "organisation_id": firm.id, "year_number": 1, "now": NOW}
    with pytest.raises(Exception, match=r"why|waarom"):
        services.withdraw_report(**about, number=1, reason="  ")
    services.withdraw_report(**about, number=1, reason="A figure was wrong.")
    assert [row.language for row in PublicReport.objects.all()] == ["nl"], "version 2 can still be read"
    with pytest.raises(Refused):
        services.withdraw_report(**about, number=1, reason="Again.")
    services.withdraw_report(**about, number=2, reason="This one too.")
    assert not PublicReport.objects.exists()
    assert queries.public_links("T001") == []
    assert Edition.objects.count() == 3, "what was published is still known"


def test_taking_the_newest_version_back_sets_the_clock_back_too(firm: Firm) -> None:
    draft, year = firm.start(), firm.cast.years[2]
    firm.publish(draft)
    firm.publish(draft, "nl", today=dt.date(2021, 7, 1))
    # 1 July to 30 September 2021 is two whole months; 15 November 2020 to that day is ten.
    assert publication_facts(firm.id, year)["publication.age_months"] == 2
    services.withdraw_report(
        actor=firm.cast.actor("editor"), organisation_id=firm.id, year_number=1, number=2, reason="Wrong.", now=NOW
    )
    assert publication_facts(firm.id, year)["publication.age_months"] == 10
    assert queries.standing_of(firm.id, year, year.ends_on).check.told_on == TODAY
    assert len(queries.public_links("T001")) == 1


def test_what_can_be_read_here_stays_on_the_list_until_it_is_taken_back(firm: Firm, settings: Any) -> None:
    firm.publish(firm.start())
    actor, line = firm.cast.actor("editor"), PublicReport.objects.get()
    own = plan_services.add_public_report(
        actor=actor, organisation_id=firm.id, title="Our page", published_on=TODAY,
        address="https://mason.example/stone", today=TODAY, now=NOW,
    )  # fmt: skip
    settings.SITE_URL = "https://moved.example"
    with pytest.raises(Refused, match=r"stays on the list|blijft daarom op de lijst"):
        plan_services.delete_public_report(actor=actor, public_report_id=line.pk, now=NOW)
    services.withdraw_report(actor=actor, organisation_id=firm.id, year_number=1, number=1, reason="Wrong.", now=NOW)
    assert list(PublicReport.objects.all()) == [own], "what the company added itself is left alone"
    plan_services.delete_public_report(actor=actor, public_report_id=own.pk, now=NOW)
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize("who", ["reader", "rival", "assessor", "operator", "visitor"])
def test_only_editors_of_the_company_write_publish_and_withdraw(firm: Firm, who: str) -> None:
    draft = firm.start()
    firm.publish(draft, "nl")
    actor, before = firm.cast.actor(who), ReportDraft.objects.values().get()
    data = services.SectionData(fields={"suppliers": True})
    with pytest.raises(Refused):
        services.save_section(actor=actor, draft_id=draft.pk, section_id="origin", data=data, row_version=None, now=NOW)
    with pytest.raises(Refused):
        firm.publish(draft, "nl", who=who) if who == "reader" else services.publish_report(
            actor=actor, draft_id=draft.pk, expected={"nl": "x"}, today=TODAY, now=NOW
        )
    with pytest.raises(Refused):
        services.withdraw_report(actor=actor, organisation_id=firm.id, year_number=1, number=1, reason="No.", now=NOW)
    with pytest.raises(Refused):
        services.start_draft(actor=actor, organisation_id=firm.id, year_id=firm.cast.years[2].pk, now=NOW)
    assert ReportDraft.objects.values().get() == before
    assert Edition.objects.count() == 1


def test_a_draft_keeps_only_what_differs_and_refuses_what_it_does_not_know(firm: Firm) -> None:
    draft = firm.start()
    firm.write(draft, "origin", fields={"countries": True, "suppliers": True, "materials": False})
    draft.refresh_from_db()
    assert draft.fields == {"suppliers": True, "materials": False}
    with pytest.raises(Exception, match=r"does not belong|hoort niet"):
        firm.write(draft, "origin", fields={"partners": True})
    with pytest.raises(Exception, match=r"does not belong|hoort niet"):
        firm.write(draft, "origin", words={"policy": {"nl": "x"}})
    with pytest.raises(StaleRow):
        services.save_section(
            actor=firm.cast.actor("editor"), draft_id=draft.pk, section_id="origin", data=services.SectionData(),
            row_version=0, now=NOW,
        )  # fmt: skip


def test_next_year_starts_with_last_years_choices_and_lasting_words(firm: Firm) -> None:
    draft = firm.write(firm.start(), "origin", fields={"countries": False})
    firm.write(draft, "policy", words=BOTH)
    firm.write(draft, "goals", words={"learned": {"nl": "De pompen waren te duur."}})
    later = firm.start(year=2)
    assert later.fields == {"countries": False}
    assert later.words == BOTH
    assert firm.start(year=2).pk == later.pk


def risks_form(firm: Firm, draft: ReportDraft, **ticked: str) -> SectionForm:
    """The form of the risks as the page builds it, with these boxes ticked."""
    draft.refresh_from_db()
    source, selection = firm.source(draft.year.number), selection_of(draft)
    form = SectionForm(ticked or None, section=BY_ID["risks"], selection=selection, source=source)
    assert not ticked or form.is_valid()
    return form


def test_a_risk_that_was_left_out_does_not_come_back_unasked(firm: Firm) -> None:
    draft = firm.start()
    first = {"scale": 5, "scope": 5, "irremediable": 5, "likelihood": 5, "severity_reason": "x"}
    about = {"organisation_id": firm.id, "chain": firm.risk.chain, "theme": "wages", "is_actual": False}
    second = Risk.objects.create(**about, year_number=1, **first)
    firm.write(draft, "risks", left_out=frozenset({firm.risk.pk}))
    # For a while it is not among the first ones, and somebody saves the part.
    Risk.objects.filter(pk=firm.risk.pk).update(scale=1, scope=1, irremediable=1, likelihood=1)
    form = risks_form(firm, draft, **{f"risk_{second.pk}": "on"})
    assert f"risk_{firm.risk.pk}" not in form.fields
    firm.write(draft, "risks", left_out=form.data_in().left_out)
    Risk.objects.filter(pk=firm.risk.pk).update(**first)
    draft.refresh_from_db()
    assert [row.pk for row in shown_risks(firm.source(), selection_of(draft))] == [second.pk]
    # Next year it goes on under another number, also when it is carried over after the draft was begun.
    later = firm.start(year=2)
    again = Risk.objects.create(**about, year_number=2, carried_from=firm.risk, **first)
    assert shown_risks(firm.source(2), selection_of(later)) == []
    assert risks_form(firm, later)[f"risk_{again.pk}"].value() is False
    chosen = risks_form(firm, later, **{f"risk_{again.pk}": "on"}).data_in().left_out
    assert chosen == frozenset()
    firm.write(later, "risks", left_out=chosen)
    later.refresh_from_db()
    assert [row.pk for row in shown_risks(firm.source(2), selection_of(later))] == [again.pk]


def test_each_criterion_follows_from_what_is_in_the_report(firm: Firm) -> None:
    source = firm.source()

    def levels(**words: str) -> dict[str, str]:
        own = {slot: {"nl": text, "en": text} for slot, text in words.items()}
        return {row.question.id: row.level.id for row in judging.judge(source, Selection(words=own))}

    bare = levels()
    assert bare["q-5-1-02"] == "none"
    assert bare["q-5-1-03"] == "largely"
    assert bare["q-5-1-06"] == "largely"
    # One goal, its action is under way, nothing was measured: half has progress, not all.
    assert bare["q-5-1-04"] == "largely"
    assert bare["q-5-1-05"] == "largely"
    full = levels(policy="P", responsible="R", reason="Why", received="None", done_by="We paid, others worked.")
    assert (full["q-5-1-02"], full["q-5-1-03"], full["q-5-1-05"], full["q-5-1-06"]) == ("fully",) * 4
    assert levels(policy="We are certified.", done_by="x")["q-5-1-06"] == "none"
    with translation.override("en"):
        missing = next(row for row in judging.judge(source, Selection()) if row.question.id == "q-5-1-02").missing
        assert [str(sentence) for sentence in missing] == ["Write in a few sentences what your policy is."]


def test_every_part_that_the_pack_names_can_be_seen_by_us(firm: Firm) -> None:
    rules = firm.source().pack.public_report
    named = {part for row in rules.criteria for need in row.levels.values() for part in need.parts} if rules else set()
    assert named == set(judging.PARTS)


def test_claims_are_found_in_own_words_goals_and_translations(firm: Firm) -> None:
    firm.goal.text = "Een 100 % vrije zone"
    firm.goal.save()
    words = {"policy": {"nl": "Wij zijn gecertificeerd."}, f"goal:{firm.goal.pk}": {"nl": "Slave-free stone"}}
    found = judging.claims(firm.source(), Selection(words=words))
    assert {(row.section, row.found.words) for row in found} == {
        ("policy", "gecertificeerd"), ("goals", "100 % vrije"), ("goals", "Slave-free"),
    }  # fmt: skip


def test_claims_are_found_in_what_is_read_of_last_year_too(firm: Firm) -> None:
    goal = last_year(firm)
    goal.text = "Gegarandeerd stofvrij"
    goal.save()
    assert [row.found.words for row in judging.claims(firm.source(2), Selection())] == ["Gegarandeerd"]
    assert judging.claims(firm.source(2), Selection(fields={"last_year": False})) == []


def test_a_pdf_is_made_once_and_where_it_cannot_be_made_the_page_knows(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toetssteen.communication import pdf

    first, second = firm.publish(firm.start())
    made = services.make_pdf(actor=None, edition_id=first.pk, now=NOW)
    assert made is not None
    assert made.state == "ready"
    assert made.file.read(5) == b"%PDF-"
    name = made.file.name
    again = services.make_pdf(actor=None, edition_id=first.pk, now=NOW)
    assert again is not None
    assert again.file.name == name

    def cannot(*_: object, **__: object) -> bytes:
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "as_pdf", cannot)
    services.make_pdf(actor=None, edition_id=second.pk, now=NOW)
    assert EditionFile.objects.get(edition=second).state == "unavailable"


def test_a_pdf_that_fails_is_not_said_to_be_on_its_way_and_can_still_succeed(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toetssteen.communication import pdf

    row = firm.publish(firm.start(), "nl")[0]

    def fails(*_: object, **__: object) -> bytes:
        raise RuntimeError("broken font")

    with monkeypatch.context() as patched:
        patched.setattr(pdf, "as_pdf", fails)
        with pytest.raises(RuntimeError):
            services.make_pdf(actor=None, edition_id=row.pk, now=NOW)
    assert EditionFile.objects.get(edition=row).state == "unavailable"
    asked = services.make_pdf_again(
        actor=firm.cast.actor("editor"), organisation_id=firm.id, year_number=1, number=1, now=NOW
    )
    assert [file.state for file in asked] == ["waiting"]
    made = services.make_pdf(actor=None, edition_id=row.pk, now=NOW)
    assert made is not None
    assert made.state == "ready"
