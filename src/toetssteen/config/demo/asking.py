"""Questions of the company of the story to its suppliers, one for every state; no chain changes by them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toetssteen.config.demo.ground import HERO, Ground
from toetssteen.config.demo.live import ASKED_ON
from toetssteen.config.demo.world import moment
from toetssteen.inquiries import lines, policies
from toetssteen.inquiries.answering import Given
from toetssteen.inquiries.choices import InquiryKind, InquiryState, LineKind
from toetssteen.inquiries.models import AskedChain, Inquiry, Line, Reply
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain

# The link of a demonstration that everybody may open; elsewhere links are random and stand in a mail only.
OPEN_LINK = "voorbeeld-voor-een-leverancier"
WORD = "Wij willen graag weten waar uw steen vandaan komt. Bellen mag ook."
ANSWERS: dict[str, Any] = {
    "sq-01": ["factory"],
    "sq-03": [
        {"quarry_name": "Voorbeeldgroeve Noord 4", "district": "Voorbeelddistrict", "share_percent": "70"},
        {"quarry_name": "Voorbeeldgroeve Zuid", "share_percent": "30"},
    ],
    "sq-06": ["some"],
    "sq-07": ["piece"],
    "sq-10": ["id_document"],
    "sq-12": ["wet_some"],
    "sq-14": [{"hours_normal_week": "48", "hours_busy_week": "66"}],
    "sq-16": "Bij de ploegbaas. De laatste klacht ging over drinkwater; er staat nu een tank.",
    "sq-18": "Bestel eerder, dan hoeven wij in het voorjaar geen overuren te maken.",
}
DO_NOT_KNOW = ("sq-08", "sq-15")


def ask(ground: Ground) -> None:
    """A draft, one that waits, an answer to decide about, refusals, and one that expired; each fits its chain."""
    company = ground.organisations[(0, HERO)]
    rows = Chain.objects.filter(organisation=company, closed_on__isnull=True).order_by("pk").prefetch_related("links")
    chains = [chain for chain in rows if _gaps(ground, chain)]
    own = [chain for chain in chains if chain.situation in ground.pack.own_situations]
    story = _Asking(ground, company)
    for chain in _with(own, LinkState.UNKNOWN)[:1]:
        story.question(chain, "draft", "2024-10-18")
    for chain, state in zip(_with(own, LinkState.ASKED), ("answered", "sent"), strict=False):
        story.question(chain, state, ASKED_ON.isoformat())
        if state == "sent":
            story.question(chain, "expired", "2024-06-03")
    for chain in [chain for chain in chains if chain not in own][:1]:
        story.letter(chain, ASKED_ON.isoformat())


def _with(chains: list[Chain], state: str) -> list[Chain]:
    """The chains with a link of which this is known."""
    return [chain for chain in chains if any(link.state == state for link in chain.links.all())]


def _gaps(ground: Ground, chain: Chain) -> list[str]:
    known = {link.level for link in chain.links.all() if link.state == LinkState.KNOWN}
    return [level.id for level in ground.pack.coverage_levels if level.id not in known]


class _Asking:
    """Makes the rows of one question."""

    def __init__(self, ground: Ground, company: Any) -> None:
        self.ground, self.company = ground, company
        self.asked = ground.pack.questionnaire
        self.person = ground.people["importeur"]

    def _row(self, chain: Chain, level: str, made: str, **values: Any) -> Inquiry:
        assert self.asked is not None  # noqa: S101  the pack of the demonstration has one
        name = next((link.name for link in chain.links.all() if link.level == level and link.name), "Voorbeeld B.V.")
        at = moment(made, 10)
        row = Inquiry.objects.create(
            organisation=self.company, pack_id=self.ground.pack_version.pk, asked_kind=self.asked.kind_at(level),
            supplier_name=name, email=f"contact{chain.pk}@voorbeeld.example", language="nl", word=WORD,
            made_by=self.person, made_at=at, **values,
        )  # fmt: skip
        AskedChain.objects.create(inquiry=row, chain=chain, levels=_gaps(self.ground, chain))
        return row

    def question(self, chain: Chain, state: str, made: str) -> None:
        """A questionnaire to the factory of a chain."""
        assert self.asked is not None  # noqa: S101
        level = self.ground.pack.coverage_levels[1].id
        sent = moment(made, 11)
        if state == "draft":
            self._row(chain, level, made)
            return
        row = self._row(
            chain, level, made, state=InquiryState.SENT, sent_at=sent, expires_at=policies.expires(sent, self.asked)
        )
        if state == "sent":
            row.token_digest = policies.digest_of_token(OPEN_LINK)
        if state in ("sent", "expired"):
            row.reminders, row.reminded_at = 2, sent + dt.timedelta(days=28)
        if state == "answered":
            self._answer(row, chain, sent + dt.timedelta(days=6))
        row.save()

    def _answer(self, row: Inquiry, chain: Chain, at: dt.datetime) -> None:
        assert self.asked is not None  # noqa: S101
        answers = {name: Given(value=value) for name, value in ANSWERS.items()}
        answers |= {name: Given("do_not_know") for name in DO_NOT_KNOW}
        Reply.objects.bulk_create(
            Reply(inquiry=row, question=name, stance=given.stance, value=given.value, saved_at=at)
            for name, given in answers.items()
        )
        about = [lines.About(chain.pk, _gaps(self.ground, chain))]
        Line.objects.bulk_create(
            Line(
                inquiry=row, chain_id=found.chain_id, kind=found.kind, question=found.question, level=found.level,
                theme=found.theme, content=dict(found.content),
            )
            for found in lines.proposed_lines(self.asked, row.asked_kind, answers, about, "factories")
        )  # fmt: skip
        row.state, row.opened_at, row.may_share = InquiryState.ANSWERED, at, True
        row.ended_at, row.ended_on = at, at.date()

    def letter(self, chain: Chain, made: str) -> None:
        """A letter to the importer of a stone, which refused by the link."""
        assert self.asked is not None  # noqa: S101
        at = moment(made, 12)
        row = self._row(
            chain, self.ground.pack.coverage_levels[0].id, made, kind=InquiryKind.LETTER, state=InquiryState.REFUSED,
            sent_at=at, expires_at=at + dt.timedelta(days=self.asked.read_days), ended_at=at + dt.timedelta(days=9),
            ended_on=at.date() + dt.timedelta(days=9), refusal_reason="Onze groeves noemen wij aan niemand.",
        )  # fmt: skip
        Line.objects.bulk_create(
            Line(inquiry=row, chain=chain, kind=LineKind.REFUSAL, level=level) for level in _gaps(self.ground, chain)
        )
