"""The own company writes; the secretariat reads all but the codes; nobody else sees anything."""

from __future__ import annotations

import itertools

import pytest

from tests.cast import NOW, PEOPLE, TODAY
from tests.remedy.conftest import SECRET
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.remedy import permissions, services
from toetssteen.remedy.models import GivenRemedy, MadeKnown, Poster, SupplierMechanism

EVERYBODY = [*PEOPLE, "visitor"]
OWN = {"company_admin", "editor", "reader"}
STAFF = {"assessor", "coordinator"}


@pytest.fixture
def rows(places, tell, judge, print_poster, make_good):
    """One row of each kind of both companies."""
    theirs = next(iter(places.values()))
    both = []
    for who in ("editor", "rival"):
        said = SECRET if who == "rival" else "Ours"
        both.append(
            {
                "made": tell(who, note=f"{said} note", places=(places["Alpha Works"],)),
                "known": judge(theirs, who, description=f"{said} description"),
                "poster": print_poster(places["Alpha Works"], who, contact=f"{said} contact", shows_company=True),
                "remedy": make_good(who, harm=f"{said} harm"),
            }
        )
    return both


KINDS = (
    ("made", permissions.visible_made_known, permissions.can_view_made_known),
    ("known", permissions.visible_mechanisms, permissions.can_view_mechanism),
    ("remedy", permissions.visible_remedies, permissions.can_view_remedy),
    ("poster", permissions.visible_posters, permissions.can_view_poster),
)


def test_rows_and_verdicts_agree(cast, rows):
    own, _other = rows
    for name, (kind, visible, can_view) in itertools.product(EVERYBODY, KINDS):
        actor = cast.actor(name)
        seen = set(visible(actor))
        for pair in rows:
            assert (pair[kind] in seen) == bool(can_view(actor, pair[kind])), (name, kind)
        assert (own[kind] in seen) == (name in OWN | (STAFF if kind != "poster" else set())), (name, kind)


def everything():
    return [list(m.objects.order_by("pk").values()) for m in (MadeKnown, Poster, SupplierMechanism, GivenRemedy)]


def test_nobody_else_changes_anything(cast, rows, pack, places):
    before, own = everything(), rows[0]
    told = services.MadeKnownData("covenant", ("suppliers",), "letter", ("en",), TODAY)
    case = services.RemedyData("Changed", TODAY)
    for name in EVERYBODY:
        if name in ("company_admin", "editor"):
            continue
        actor = cast.actor(name)
        keys = {"actor": actor, "organisation_id": cast.organisations["mason"].pk, "pack": pack, "now": NOW}
        dated = {**keys, "row_version": None, "today": TODAY}
        unknown = services.MechanismData("unknown")
        tries = [
            (services.save_made_known, {"pk": own["made"].pk, "data": told, **dated}),
            (services.save_made_known, {"pk": None, "data": told, **dated}),
            (services.make_poster, {"data": services.PosterData("nl"), **keys}),
            (services.save_mechanism, {"place": places["Beta Saws"], "data": unknown, **dated}),
            (services.save_remedy, {"pk": own["remedy"].pk, "data": case, **dated}),
            (services.remove_made_known, {"actor": actor, "pk": own["made"].pk, "now": NOW}),
            (services.withdraw_poster, {"actor": actor, "pk": own["poster"].pk, "now": NOW}),
            (services.remove_remedy, {"actor": actor, "pk": own["remedy"].pk, "now": NOW}),
        ]
        for deed, given in tries:
            with pytest.raises(Refused):
                deed(**given)
    assert everything() == before


def test_rows_of_another_company_are_not_there_for_an_editor(cast, rows, pack, places):
    """An editor who writes for the own company cannot reach a row of another through its number."""
    actor, (_own, other) = cast.actor("editor"), rows
    keys = {"actor": actor, "organisation_id": cast.organisations["mason"].pk, "pack": pack, "now": NOW}
    told = services.MadeKnownData("covenant", ("suppliers",), "letter", ("en",), TODAY)
    with pytest.raises(Refused):
        services.save_made_known(pk=other["made"].pk, data=told, row_version=None, today=TODAY, **keys)
    with pytest.raises(Refused):
        services.save_remedy(
            pk=other["remedy"].pk, data=services.RemedyData("x", TODAY), row_version=None, today=TODAY, **keys
        )
    assert MadeKnown.objects.get(pk=other["made"].pk).note == f"{SECRET} note"


def test_evidence_of_another_company_is_no_proof_and_the_trail_holds_no_words(cast, rows, pack, tell):
    theirs = Evidence.objects.create(
        organisation=cast.organisations["granite"], kind="policy", title=SECRET, file_name="x.pdf", sha256="0" * 64,
        uploaded_at=NOW,
    )  # fmt: skip
    with pytest.raises(Exception, match="own evidence"):
        tell(proof=services.Proof((theirs.pk,)))
    trail = repr(list(AuditEvent.objects.values("verb", "subject", "detail")))
    assert "remedy.save_remedy" in trail
    assert SECRET not in trail
    assert "harm" not in trail


def test_pages_of_a_company_show_nothing_to_others(cast, rows, client):
    own, _other = rows
    made, poster, case = own["made"].pk, own["poster"].pk, own["remedy"].pk
    paths = [
        f"/remedy/made-known/{made}/", f"/remedy/made-known/{made}/remove/", f"/remedy/posters/{poster}/",
        f"/remedy/posters/{poster}/print/", f"/remedy/posters/{poster}/withdraw/", f"/remedy/cases/{case}/",
        f"/remedy/cases/{case}/remove/", f"/remedy/posters/{poster}/poster.pdf", "/remedy/",
    ]  # fmt: skip
    for name in ("rival", "euro", "authority", "union", "committee", "operator", "visitor", "assessor"):
        cast.sign_in(client, name)
        for path in paths:
            for answer in (client.get(path), client.post(path)):
                text = answer.content.decode(errors="replace")
                assert "Ours" not in text, (name, path)
                assert own["poster"].code not in text, (name, path)
    assert MadeKnown.objects.filter(pk=made).exists()
    assert Poster.objects.get(pk=poster).withdrawn_at is None
    cast.sign_in(client, "reader")
    assert "Ours contact" in client.get(f"/remedy/posters/{poster}/").content.decode()  # there was something to leak


def test_the_secretariat_reads_one_company_at_a_time_without_its_codes(cast, rows, client):
    client.cookies["language"] = "en"
    own, _other = rows
    cast.sign_in(client, "assessor")
    page = client.get(f"/secretariat/remedy/{cast.organisations['mason'].pk}/").content.decode()
    assert "Ours note" in page
    assert "Ours harm" in page
    assert "Ours description" in page
    assert SECRET not in page
    assert own["poster"].code not in page
    assert "Ours contact" not in page
    assert "<form" not in page.partition('id="main"')[2]
