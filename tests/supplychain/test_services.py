"""Adding, changing, copying, closing, reopening and confirming chains."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY
from tests.supplychain.conftest import START, asked, data, known, refused
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.organisations.queries import situation_on
from toetssteen.supplychain import services
from toetssteen.supplychain.data import LinkData
from toetssteen.supplychain.models import Chain, ChainLink, Site, SupplierInquiry

pytestmark = pytest.mark.django_db


def acts(cast):
    return {"actor": cast.actor("editor"), "year": cast.years[1], "now": NOW}


def states(chain):
    return {(link.level, link.state) for link in chain.links.all()}


def test_every_level_of_the_pack_gets_a_link_and_unknown_is_written_down(cast, add):
    chain = add(known("direct_suppliers"), asked("quarries"))
    assert states(chain) == {
        ("direct_suppliers", "known"), ("factories", "unknown"), ("quarry_areas", "unknown"), ("quarries", "asked"),
    }  # fmt: skip


def test_two_factories_keep_their_rows_when_they_change_places(cast, add):
    chain = add(known("factories", "First"), known("factories", "Second"))
    first, second = chain.links.filter(level="factories").order_by("position")
    swapped = [
        LinkData(level="factories", state="known", name=link.name, place=link.place, country=link.country, id=link.pk)
        for link in (second, first)
    ]
    services.set_level(chain_id=chain.pk, level="factories", row_version=0, links=swapped, **acts(cast))
    assert [(x.pk, x.name) for x in chain.links.filter(level="factories").order_by("position")] == [
        (second.pk, "Second"), (first.pk, "First"),
    ]  # fmt: skip


def test_a_link_that_is_no_longer_known_forgets_its_place_and_its_site(cast, add):
    chain = add(known("factories", lat=Decimal("25.1"), lon=Decimal("75.8")))
    link = chain.links.get(level="factories")
    ChainLink.objects.filter(pk=link.pk).update(site=Site.objects.create(code="S1", name="S1"))
    services.set_level(
        chain_id=chain.pk, level="factories", row_version=0,
        links=[dataclasses.replace(refused("factories"), id=link.pk)],
        **acts(cast),
    )  # fmt: skip
    link.refresh_from_db()
    assert (link.state, link.lat, link.site_id, link.asked_on) == ("refused", None, None, dt.date(2020, 3, 3))


def test_the_tie_to_a_site_holds_until_the_name_changes(cast, add):
    chain = add(known("factories", "One"))
    link = chain.links.get(level="factories")
    site = Site.objects.create(code="S1", name="S1")
    ChainLink.objects.filter(pk=link.pk).update(site=site)
    same = dataclasses.replace(known("factories", "One"), id=link.pk, note="visited")
    services.set_level(chain_id=chain.pk, level="factories", row_version=0, links=[same], **acts(cast))
    link.refresh_from_db()
    assert link.site_id == site.pk
    other = dataclasses.replace(same, name="Two")
    services.set_level(chain_id=chain.pk, level="factories", row_version=1, links=[other], **acts(cast))
    link.refresh_from_db()
    assert link.site_id is None


def test_who_saw_an_older_version_does_not_overwrite_the_newer_one(cast, add):
    chain = add(known("factories", "One"))
    services.edit_chain(chain_id=chain.pk, row_version=0, data=data(known("factories", "Two")), **acts(cast))
    with pytest.raises(StaleRow) as stale:
        services.edit_chain(chain_id=chain.pk, row_version=0, data=data(known("factories", "Three")), **acts(cast))
    assert stale.value.current.row_version == 1
    assert chain.links.get(level="factories").name == "Two"


@pytest.mark.parametrize(
    "link",
    [
        LinkData(level="factories", state="known"),
        LinkData(level="factories", state="asked"),
        LinkData(level="factories", state="refused", asked_on=TODAY + dt.timedelta(days=1)),
        LinkData(level="factories", state="refused", asked_on=TODAY, answered_on=TODAY - dt.timedelta(days=1)),
        LinkData(level="factories", state="known", name="x", lat=Decimal(91), lon=Decimal(0)),
        LinkData(level="factories", state="known", name="x", lat=Decimal(1)),
        LinkData(level="quarry_areas", state="known"),
        LinkData(level="moon", state="known", name="x"),
        LinkData(level="factories", state="sold", name="x"),
    ],
)
def test_a_link_that_is_not_right_is_refused_and_nothing_is_written(cast, add, link):
    chain = add()
    before = states(chain)
    with pytest.raises(ValidationError):
        services.edit_chain(chain_id=chain.pk, row_version=0, data=data(link, trade_name="New"), **acts(cast))
    chain.refresh_from_db()
    assert (chain.trade_name, chain.row_version, states(chain)) == ("Secret Black", 0, before)


def test_several_chains_come_all_or_not_at_all(cast):
    good, bad = data(), data(material="cheese")
    company = cast.organisations["mason"].pk
    with pytest.raises(ValidationError):
        services.add_chains(organisation_id=company, chains=[good, bad], **acts(cast))
    assert not Chain.objects.exists()


def test_a_copy_starts_without_share_check_and_site(cast, add):
    chain = add(known("factories", "One"), share_of_volume=Decimal(40), checked=True)
    copy = services.copy_chain(chain_id=chain.pk, **acts(cast))
    assert (copy.share_of_volume, copy.confirmed_on, copy.trade_name) == (None, None, "Secret Black")
    assert copy.links.get(level="factories").name == "One"
    assert copy.links.get(level="factories").pk != chain.links.get(level="factories").pk


def test_closing_needs_a_day_in_its_life_and_can_be_undone(cast, add):
    chain = add()
    for day in (START - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
        with pytest.raises(ValidationError):
            services.close_chain(chain_id=chain.pk, closed_on=day, reason="x", **acts(cast))
    services.close_chain(chain_id=chain.pk, closed_on=TODAY, reason="no demand", **acts(cast))
    with pytest.raises(Refused):
        services.edit_chain(chain_id=chain.pk, row_version=1, data=data(), **acts(cast))
    with pytest.raises(Refused):
        services.close_chain(chain_id=chain.pk, closed_on=TODAY, reason="again", **acts(cast))
    opened = services.reopen_chain(chain_id=chain.pk, **acts(cast))
    assert (opened.closed_on, opened.close_reason) == (None, "")


def test_a_closing_that_a_report_froze_stays(cast, add, monkeypatch):
    chain = add()
    services.close_chain(chain_id=chain.pk, closed_on=TODAY, reason="no demand", **acts(cast))
    monkeypatch.setitem(hooks._answers, "chain.closed_in_report", [lambda chain: True])
    with pytest.raises(Refused) as refusal:
        services.reopen_chain(chain_id=chain.pk, **acts(cast))
    assert "handed in" in str(refusal.value.verdict) or "ingeleverd" in str(refusal.value.verdict)
    chain.refresh_from_db()
    assert chain.closed_on == TODAY


def test_confirming_all_leaves_out_what_changed_in_the_meantime(cast, add):
    one, two, other = add(), add(), add(by="rival")
    services.edit_chain(chain_id=two.pk, row_version=0, data=data(trade_name="New"), **acts(cast))
    confirmed = services.confirm_chains(
        actor=cast.actor("editor"), organisation_id=one.organisation_id, seen={one.pk: 0, two.pk: 0, other.pk: 0},
        on=TODAY, now=NOW,
    )  # fmt: skip
    assert confirmed == [one.pk]
    assert set(Chain.objects.filter(confirmed_on=TODAY)) == {one}
    with pytest.raises(ValidationError):
        services.confirm_chain(actor=cast.actor("editor"), chain_id=one.pk, on=TODAY + dt.timedelta(days=1), now=NOW)


def test_the_situation_of_the_company_follows_its_heaviest_open_chain(cast, add):
    euro = cast.organisations["euro"].pk
    heavy = add(by="euro", situation="C", opened_on=dt.date(2020, 2, 1))
    add(by="euro", situation="B")
    assert situation_on(euro, TODAY) == "C"
    services.close_chain(
        actor=cast.actor("euro"),
        chain_id=heavy.pk,
        closed_on=dt.date(2020, 11, 1),
        reason="x",
        year=cast.years[1],
        now=NOW,
    )
    assert situation_on(euro, TODAY) == "B"
    assert situation_on(euro, dt.date(2020, 9, 30)) == "C"


def test_asking_about_stone_of_an_importer_is_kept_as_a_letter(cast, add):
    chain = add(known("direct_suppliers", "Importer"), asked("factories"), asked("quarries"), situation="A")
    letter = SupplierInquiry.objects.get()
    assert (letter.chain, letter.supplier_name, letter.sent_on, letter.answer) == (
        chain, "Importer", dt.date(2020, 3, 3), "no answer yet",
    )  # fmt: skip
    services.set_level(chain_id=chain.pk, level="quarries", row_version=0, links=[refused("quarries")], **acts(cast))
    letter.refresh_from_db()
    assert letter.answer == "refused"
    add(asked("factories"), situation="C")
    assert SupplierInquiry.objects.count() == 1


def test_every_act_is_in_the_trail_without_names(cast, add):
    chain = add(known("factories", "Hidden Factory"))
    services.confirm_chain(actor=cast.actor("editor"), chain_id=chain.pk, on=TODAY, now=NOW)
    services.close_chain(chain_id=chain.pk, closed_on=TODAY, reason="a secret reason", **acts(cast))
    verbs = list(AuditEvent.objects.filter(subject=f"supplychain.Chain:{chain.pk}").values_list("verb", flat=True))
    assert verbs == ["supplychain.add_chain", "supplychain.confirm_chain", "supplychain.close_chain"]
    said = str(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert "Hidden" not in said
    assert "secret" not in said
    assert audit.verify()[1] == []
