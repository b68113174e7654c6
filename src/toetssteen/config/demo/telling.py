"""The company of the story told the public about last year, and writes what it will tell about this year."""

from __future__ import annotations

from typing import Any

from toetssteen.communication import services
from toetssteen.communication.compose import compose
from toetssteen.communication.models import ReportDraft
from toetssteen.communication.sections import LANGUAGES
from toetssteen.communication.selection import selection_of
from toetssteen.communication.source import source_of
from toetssteen.config.demo.ground import HERO, YEARS, Ground
from toetssteen.config.demo.world import moment
from toetssteen.core.access import Actor, Holding, Role

PUBLISHED_ON = "2023-12-05"
CHANGED_ON = "2024-10-14"
Said = dict[str, tuple[str, str]]
LAST_YEAR: dict[str, Said] = {
    "policy": {
        "policy": (
            "Wij willen natuursteen verkopen waarvoor niemand schade leed. Daarom kijken wij elk jaar al onze ketens "
            "na, van de leverancier tot de groeve, en beginnen wij met wat het ernstigst is.",
            "We want to sell natural stone for which nobody was harmed. That is why we look into all our chains every "
            "year, from the supplier to the quarry, and begin with what is gravest.",
        ),
        "responsible": (
            "De inkoper doet het werk. De directie bespreekt het elk kwartaal en is verantwoordelijk.",
            "The buyer does the work. The board discusses it every quarter and is responsible.",
        ),
    },
    "risks": {
        "reason": (
            "Stof in de longen is niet te genezen en treft veel zagers. Wat het ernstigst is, komt eerst; hoeveel wij "
            "er kopen, telt daarbij niet.",
            "Dust in the lungs cannot be cured and affects many sawyers. What is gravest comes first; how much we buy "
            "does not count.",
        )
    },
    "goals": {
        "learned": (
            "Twee leveranciers antwoordden niet op onze vragen. Volgend jaar vragen wij het samen met anderen.",
            "Two suppliers did not answer our questions. Next year we ask together with other importers.",
        )
    },
    "complaints": {
        "contact": (
            "Schrijf aan klachten@maanmarmer.example. De directie leest elk bericht en antwoordt in twee weken.",
            "Write to klachten@maanmarmer.example. The board reads every message and answers within two weeks.",
        ),
        "received": ("Bij ons kwamen dit jaar geen klachten binnen.", "We received no complaints this year."),
    },
    "honest": {
        "done_by": (
            "Wij steunden een bestaand project met geld en uren. De organisatie in het gebied deed het werk met de "
            "werknemers.",
            "We supported an existing project with money and hours. The organisation in the area did the work with the "
            "workers.",
        )
    },
}
# This year's draft has begun; one sentence in it promises too much, so that the warning can be seen.
THIS_YEAR: dict[str, Said] = {
    "origin": {"origin": ("Onze tegels komen gegarandeerd uit groeves die wij kennen.", "")},
}


def tell(ground: Ground) -> None:
    """Write, publish and go on, through the same services as the site."""
    person, organisation = ground.people["importeur"], ground.organisations[(0, HERO)]
    actor = Actor(
        person_id=person.pk, name=person.name, organisation_id=organisation.pk, organisation_name=organisation.name,
        organisation_kind=organisation.kind, holdings=frozenset({Holding(Role.COMPANY_ADMIN, organisation.pk)}),
    )  # fmt: skip
    _publish(actor, _written(actor, ground.years[YEARS - 1], LAST_YEAR, PUBLISHED_ON))
    _written(actor, ground.years[YEARS], THIS_YEAR, CHANGED_ON)


def _written(actor: Actor, year: Any, words: dict[str, Said], on: str) -> ReportDraft:
    """A draft with these words."""
    at = moment(on, 9)
    draft = services.start_draft(actor=actor, organisation_id=actor.organisation_id or 0, year_id=year.pk, now=at)
    for section, said in words.items():
        own = {slot: dict(zip(LANGUAGES, texts, strict=True)) for slot, texts in said.items()}
        draft = services.save_section(
            actor=actor, draft_id=draft.pk, section_id=section, data=services.SectionData(words=own), row_version=None,
            now=at,
        )  # fmt: skip
    return draft


def _publish(actor: Actor, draft: ReportDraft) -> None:
    """Both languages, exactly as previewed."""
    at = moment(PUBLISHED_ON, 15)
    source, selection = source_of(actor, draft.organisation_id, draft.year), selection_of(draft)
    expected = {language: services.digest_of(compose(source, selection, language)) for language in LANGUAGES}
    services.publish_report(actor=actor, draft_id=draft.pk, expected=expected, today=at.date(), now=at)
