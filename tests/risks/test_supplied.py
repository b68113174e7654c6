"""What a supplier's answer puts on the list of risks, and what taking that back may take along."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.cast import NOW, TODAY
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.pages import Refused
from toetssteen.risks import services
from toetssteen.risks.models import Risk

SAID = "supplier answer"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def chain(cast):
    return world.chain(cast, "mason", extraction_country="IN")


def take(cast, chain, year=1):
    return services.propose_risk(
        actor=cast.actor("editor"), organisation_id=chain.organisation_id, chain_id=chain.pk, theme="living_wage",
        year_number=year, source_kind=SAID, found_on=TODAY, pack=pack_of(cast.years[1]), now=NOW,
    )  # fmt: skip


def back(cast, row, who="editor"):
    services.take_back_risk(actor=cast.actor(who), risk_id=row.pk, now=NOW)


def hand_in(cast):
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)


def test_what_an_answer_says_after_handing_in_is_a_risk_of_the_next_year(cast, chain):
    hand_in(cast)
    assert take(cast, chain).year_number == 2
    assert not Risk.objects.filter(year_number=1).exists(), "what was handed in stays as it was"


def test_what_was_handed_in_is_not_taken_back(cast, chain):
    row = take(cast, chain)
    hand_in(cast)
    with pytest.raises(Refused, match="handed in"):
        back(cast, row)
    assert Risk.objects.filter(pk=row.pk).exists()


def test_a_risk_that_the_company_noted_itself_is_never_taken_back(cast, chain):
    own = services.save_risk(
        actor=cast.actor("editor"), organisation_id=chain.organisation_id, year_number=1, risk_id=None,
        data=services.RiskData("living_wage", False, "Our own words", (chain.pk,)), row_version=None,
        pack=pack_of(cast.years[1]), now=NOW, source=services.SourceData(SAID, TODAY, "By phone"),
    )  # fmt: skip
    assert take(cast, chain) == own, "not noted twice"
    back(cast, own)
    own.refresh_from_db()
    assert (own.removed_at, own.description, own.sources.get().text) == (None, "Our own words", "By phone")


def test_what_is_taken_back_keeps_its_source_and_comes_back_as_the_same_risk(cast, chain):
    row = take(cast, chain)
    back(cast, row)
    assert not Risk.objects.exists()
    assert Risk.with_removed.get().sources.get().kind == SAID
    assert take(cast, chain) == row
    assert Risk.objects.get() == row


@pytest.mark.parametrize("deed", ["rate", "change", "source", "move"])
def test_what_somebody_worked_on_is_not_taken_back(cast, chain, deed):
    row, other = take(cast, chain), risk(cast)
    editor, pack = cast.actor("editor"), pack_of(cast.years[1])
    if deed == "rate":
        services.rate_risk(actor=editor, risk_id=row.pk, scores={"scale": 3}, likelihood=None, reason="",
                           row_version=None, pack=pack, now=NOW)  # fmt: skip
    elif deed == "change":
        services.save_risk(actor=editor, organisation_id=row.organisation_id, year_number=1, risk_id=row.pk,
                           data=services.RiskData("living_wage", False, "Adapted", (chain.pk,)), row_version=None,
                           pack=pack, now=NOW)  # fmt: skip
    elif deed == "source":
        services.save_source(actor=editor, risk_id=row.pk, source_id=None, data=services.SourceData("site visit"),
                             now=NOW)  # fmt: skip
    else:
        services.move_risk(actor=editor, risk_id=other.pk, up=True, reason="", pack=pack, now=NOW)
    with pytest.raises(Refused, match="rated or changed"):
        back(cast, row)
    assert Risk.objects.filter(pk=row.pk).exists()


def test_nobody_else_takes_it_back(cast, chain):
    row = take(cast, chain)
    for who in ("rival", "reader", "assessor"):
        with pytest.raises(Refused):
            back(cast, row, who)
    assert Risk.objects.get() == row
