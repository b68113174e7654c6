"""One supplier that two companies ask: Mason Stone and its rival Granite House, each with secrets that could leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import NOW, TODAY, Cast
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.inquiries import services
from toetssteen.inquiries.answering import Given
from toetssteen.inquiries.models import Inquiry
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain
from toetssteen.supplychain.services import add_chains

SUPPLIER = "owner@peacock.example"
STONE = {"mason": "Mason Midnight", "granite": "Granite Dawn"}  # each a secret of its company
NAMES = {"mason": "Mason Stone BV", "granite": "Granite House NV"}


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def pack(cast: Cast) -> Pack:
    return pack_of(cast.years[1])


@pytest.fixture
def chain(cast: Cast) -> Callable[..., Chain]:
    """A chain of which the supplier is known and the rest is not."""

    def make(by: str = "editor", situation: str = "C", **more: Any) -> Chain:
        actor = cast.actor(by)
        firm = "granite" if by == "rival" else "mason"
        known = LinkData(level="direct_suppliers", state="known", name="Peacock Exports", place="Kota", country="IN")
        data = ChainData(
            links=(known,),
            **{
                "situation": situation, "material": "granite", "trade_name": STONE[firm],
                "opened_on": dt.date(2019, 11, 1), "extraction_country": "IN", "processing_country": "IN", **more,
            },
        )  # fmt: skip
        return add_chains(
            actor=actor, organisation_id=actor.organisation_id or 0, chains=[data], year=cast.years[1], now=NOW
        )[0]

    return make


@pytest.fixture
def ask(cast: Cast, chain: Callable[..., Chain]) -> Callable[..., tuple[Inquiry, str]]:
    """Ask the supplier as a member of the cast; gives the question and the token of its link."""

    def make(
        by: str = "editor",
        *,
        kind: str = "questionnaire",
        about: Chain | None = None,
        now: dt.datetime = NOW,
        **more: Any,
    ) -> tuple[Inquiry, str]:
        actor = cast.actor(by)
        about = about or chain(by, situation="A" if kind == "letter" else "C")
        values: dict[str, Any] = {
            "asked_kind": "supplier", "supplier_name": "Peacock Exports", "email": SUPPLIER, "language": "en",
        }  # fmt: skip
        data = services.InquiryData(kind=kind, chains=(about.pk,), **{**values, **more})
        made = services.prepare_inquiry(
            actor=actor, organisation_id=actor.organisation_id or 0, data=data, year=cast.years[1], now=now
        )
        token = services.send_inquiry(actor=actor, inquiry_id=made.pk, year=cast.years[1], now=now)
        made.refresh_from_db()
        return made, token

    return make


QUARRIES = [
    {"stone": "Midnight", "quarry_name": "Hidden Quarry 7", "district": "Bundi", "share_percent": "60"},
    {"stone": "Midnight", "quarry_name": "Secret Pit", "district": "Bundi"},
]


def reply(token: str, question: str, *, now: dt.datetime = NOW, stance: str = "", value: Any = None) -> None:
    """Answer one question as the holder of a link."""
    from toetssteen.core.access import NO_ONE

    services.save_reply(actor=NO_ONE, token=token, question_id=question, given=Given(stance, value), now=now)


def answer_and_send(token: str, *, may_share: bool = True, now: dt.datetime = NOW) -> None:
    """Answer a few questions and send them."""
    from toetssteen.core.access import NO_ONE

    reply(token, "sq-01", value=["supplier_or_exporter", "factory"], now=now)
    reply(token, "sq-03", value=QUARRIES, now=now)
    reply(token, "sq-04", value=[{"work": "home_work", "town": "Budhpura"}], now=now)
    reply(token, "sq-07", value=["piece"], now=now)
    reply(token, "sq-18", value="Pay us in thirty days, as only Mason does not.", now=now)
    services.send_replies(actor=NO_ONE, token=token, may_share=may_share, now=now)
