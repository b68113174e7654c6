"""What is proposed again for chains that came later, and what is said of where a proposal comes from."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from tests.cast import NOW, TODAY
from tests.reporting import world
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.pages import Refused
from toetssteen.reporting.models import Snapshot
from toetssteen.risks import proposals, services, sources
from toetssteen.risks.models import Rejection, Risk

SECRET = "SECRET-OF-GRANITE-HOUSE"


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


def indian(cast, firm="mason", **fields):
    return world.chain(cast, firm, material="granite", extraction_country="IN", processing_country="IN", **fields)


def about(cast, pack, year=1):
    return {
        "actor": cast.actor("editor"), "organisation_id": cast.organisations["mason"].pk, "year": cast.years[year],
        "pack": pack, "today": TODAY,
    }  # fmt: skip


def found(cast, pack, year=1):
    return {row.key: row for row in proposals.proposals_of(**about(cast, pack, year))}


def confirm(cast, pack, key, year=1):
    return services.confirm_proposal(**about(cast, pack, year), key=key, language="nl", now=NOW)


def reject(cast, pack, key, reason, year=1):
    return services.reject_proposal(**about(cast, pack, year), key=key, reason=reason, now=NOW)


def test_a_chain_that_comes_later_is_proposed_again_after_a_confirmation(cast, pack):
    first = indian(cast)
    confirm(cast, pack, "profile:rp-09")
    assert "profile:rp-09" not in found(cast, pack)
    later = indian(cast, trade_name="Later")
    again = found(cast, pack)["profile:rp-09"]
    assert (again.chains, again.is_again) == ((later,), True)
    row = confirm(cast, pack, "profile:rp-09")
    assert (row.chain, list(row.other_chains.all())) == (later, []), "the risk of the first chain stays as it was"
    assert Risk.objects.filter(profile="rp-09", chain=first).count() == 1
    assert "profile:rp-09" not in found(cast, pack)
    with pytest.raises(Refused):
        confirm(cast, pack, "profile:rp-09")


def test_a_chain_that_comes_later_is_proposed_again_after_a_rejection_and_both_reasons_stay(cast, pack):
    first = indian(cast)
    reject(cast, pack, "profile:rp-09", "We visited: not there.")
    later = indian(cast, trade_name="Later")
    rows = found(cast, pack)
    assert (rows["profile:rp-09"].chains, rows["profile:rp-09"].rejection is None) == ((first,), False)
    assert (rows["profile:rp-09/2"].chains, rows["profile:rp-09/2"].is_again) == ((later,), True)
    reject(cast, pack, "profile:rp-09/2", "Its quarry is run by a robot.")
    rows = found(cast, pack, year=2)
    assert [rows[key].rejection.reason for key in ("profile:rp-09", "profile:rp-09/2")] == [
        "We visited: not there.", "Its quarry is run by a robot.",
    ]  # fmt: skip
    assert not any(key.startswith("profile:rp-09") and row.rejection is None for key, row in rows.items())


def test_a_rejection_from_before_chains_were_kept_is_about_all_of_them(cast, pack):
    indian(cast)
    Rejection.objects.create(
        organisation=cast.organisations["mason"], key="profile:rp-09", year_number=1, reason="Old", rejected_at=NOW
    )
    assert [key for key in found(cast, pack) if "rp-09" in key] == ["profile:rp-09"]


def test_the_page_says_that_a_proposal_is_new_for_other_chains(cast, pack, client):
    indian(cast)
    reject(cast, pack, "profile:rp-09", "We visited: not there.")
    cast.sign_in(client, "editor")
    address = reverse("risk_proposals", args=[1])
    assert "U besliste hier eerder over" not in client.get(address).content.decode()
    indian(cast, trade_name="Later")
    page = client.get(address).content.decode()
    assert "U besliste hier eerder over, voor andere ketens." in page
    assert 'value="profile:rp-09/2"' in page


def test_a_source_is_named_in_words_and_never_says_that_its_date_is_none(cast, pack):
    for country, stone, form in (("IN", "sandstone", "cobble"), ("IN", "granite", ""), ("BR", "granite", "")):
        world.chain(
            cast, "mason", material=stone, product_group=form, extraction_country=country, processing_country=country
        )
    assert sources.source_name(pack.risk_profiles[0]) == "Eerste jaarverslag van het convenant, paragraaf 2.4"
    for key, row in found(cast, pack).items():
        words = sources.source_words(row.profile)
        assert "None" not in words, key
        assert "AR1" not in words, key
    undated = [key for key, row in found(cast, pack).items() if not row.profile.source_date]
    assert undated
    for key in undated:
        assert "None" not in confirm(cast, pack, key).sources.get().text


def test_a_risk_that_is_on_the_list_again_is_not_brought_back_beside_it(cast, pack):
    indian(cast)
    editor = cast.actor("editor")
    old = confirm(cast, pack, "profile:rp-09")
    services.remove_risk(actor=editor, risk_id=old.pk, now=NOW)
    new = confirm(cast, pack, "profile:rp-09")
    with pytest.raises(Refused):
        services.restore_risk(actor=editor, risk_id=old.pk, now=NOW)
    services.remove_risk(actor=editor, risk_id=new.pk, now=NOW)
    services.restore_risk(actor=editor, risk_id=old.pk, now=NOW)
    assert Risk.objects.get() == old
    first = confirm(cast, pack, f"earlier:{old.pk}", year=2)
    services.remove_risk(actor=editor, risk_id=first.pk, now=NOW)
    confirm(cast, pack, f"earlier:{old.pk}", year=2)
    with pytest.raises(Refused):
        services.restore_risk(actor=editor, risk_id=first.pk, now=NOW)


def test_why_a_proposal_was_put_aside_is_read_by_the_secretariat_after_handing_in_only(cast, pack, client):
    indian(cast, trade_name="Kandla")
    indian(cast, "granite")
    reject(cast, pack, "profile:rp-09", "Wij waren daar in mei.")
    Rejection.objects.create(
        organisation=cast.organisations["granite"], key="profile:rp-09", year_number=1, reason=SECRET, rejected_at=NOW
    )
    Rejection.objects.create(
        organisation=cast.organisations["mason"], key="profile:rp-02", year_number=2, reason="LATER", rejected_at=NOW
    )
    cast.sign_in(client, "assessor")
    mason = cast.organisations["mason"].pk
    assert "Wij waren daar" not in client.get(reverse("company_risks_year", args=[mason, 1])).content.decode()
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    frozen = Snapshot.objects.get().content["risks"]
    assert [(row["profile"], row["theme"], row["reason"]) for row in frozen["put_aside"]] == [
        ("rp-09", "forced_labour", "Wij waren daar in mei."),
    ]  # fmt: skip
    assert frozen["put_aside"][0]["chains"] == [{"material": "granite", "trade_name": "Kandla"}]
    assert SECRET not in json.dumps(frozen)
