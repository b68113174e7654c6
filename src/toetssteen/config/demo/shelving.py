"""Items that the secretariat keeps in the library, questions to the help desk, and answers; all invented."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from toetssteen.config.demo.ground import HERO, Ground
from toetssteen.config.demo.pdf import small_pdf
from toetssteen.config.demo.world import moment, must_day
from toetssteen.library.choices import HelpState, Kind
from toetssteen.library.models import Copy, Faq, HelpQuestion, Item, ItemVersion

# Each text: its languages, and the title of a small file or an address.
ITEMS: list[dict[str, Any]] = [
    {
        "kind": Kind.GUIDE,
        "title_nl": "Werkblad: stof meten in een zagerij",
        "title_en": "Worksheet: measuring dust in a saw mill",
        "summary_nl": "Met een eenvoudige meter zelf zien waar stof vrijkomt, en wat u dan met de fabriek afspreekt.",
        "summary_en": "See with a simple meter where dust comes free, and what you then agree with the factory.",
        "steps": [2, 3],
        "themes": ["ohs"],
        "countries": ["IN", "CN"],
        "materials": ["granite", "sandstone"],
        "tags": ["stof", "silicose", "dust"],
        "for": ("company", "supplier"),
        "versions": [
            ("2023-03-01", "", "", [(["nl"], "Werkblad stof meten, versie 1")]),
            (
                "2024-05-15",
                "Nu ook in het Engels, en met een lijst van vragen aan de fabriek.",
                "Now in English too, and with a list of questions to the factory.",
                [(["nl"], "Werkblad stof meten, versie 2"), (["en"], "Worksheet measuring dust, version 2")],
            ),
        ],
    },
    {
        "kind": Kind.INSTRUMENT,
        "title_nl": "Gespreksleidraad voor een bezoek aan een groeve",
        "title_en": "Guide to conversations when visiting a quarry",
        "summary_nl": "Vragen die u stelt aan werknemers, ploegbazen en buren, en hoe u dat veilig doet.",
        "summary_en": "Questions to ask workers, foremen and neighbours, and how to do that safely.",
        "steps": [2],
        "themes": ["child_labour", "forced_labour", "informal_employment"],
        "countries": [],
        "tags": ["bezoek", "visite", "interview"],
        "for": ("company", "civil_society"),
        "versions": [("2024-02-20", "", "", [(["nl", "en"], "Gespreksleidraad / Guide to conversations")])],
    },
    {
        "kind": Kind.WEBINAR,
        "title_nl": "Opname webinar: van risico naar meetbaar doel",
        "title_en": "Recording of webinar: from risk to measurable objective",
        "summary_nl": "Drie kwartier, met voorbeelden van doelen die wel en niet SMART zijn.",
        "summary_en": "Three quarters of an hour, with examples of objectives that are SMART and that are not.",
        "steps": [3, 4],
        "themes": [],
        "countries": [],
        "tags": ["SMART", "doelen"],
        "for": ("company",),
        "versions": [("2024-06-11", "", "", [(["nl"], "https://video.example/van-risico-naar-doel")])],
    },
    {
        "kind": Kind.GUIDE,
        "title_nl": "Werkblad voor gemeenten: vragen over herkomst",
        "title_en": "Worksheet for municipalities: questions about origin",
        "summary_nl": "Wat u in een marktverkenning vraagt, en hoe u de antwoorden leest.",
        "summary_en": "What to ask in a market consultation, and how to read the answers.",
        "steps": [],
        "themes": ["purchasing_practices"],
        "countries": [],
        "tags": ["aanbesteding"],
        "for": ("authority",),
        "versions": [("2024-04-03", "", "", [(["nl"], "Werkblad voor gemeenten")])],
    },
]
FAQS: list[dict[str, Any]] = [
    {
        "question_nl": "Telt een groeve mee als ik alleen het gebied weet?",
        "question_en": "Does a quarry count if I know the area only?",
        "answer_nl": "Het gebied telt dan mee bij de groevegebieden. Voor de groeve zelf is een naam of plaats nodig.",
        "answer_en": "The area then counts among the quarry areas. For the quarry itself a name or place is needed.",
        "step": 2,
        "about": "q-2-1-05",
    },
    {
        "question_nl": "Mag ik een doel van vorig jaar houden als het niet is gehaald?",
        "question_en": "May I keep last year's objective if it was not reached?",
        "answer_nl": "Ja. Neem het over, vertel wat niet lukte en waarom, en pas de datum of de actie aan.",
        "answer_en": "Yes. Carry it over, say what did not work and why, and adjust the date or the action.",
        "step": 3,
        "about": "q-3-1-05",
    },
]
OPEN_QUESTION = "Onze fabriek heeft een eigen klachtenbus, maar niemand gebruikt hem. Telt die dan mee bij stap 6?"
ASKED = "Wij weten van één keten alleen het district. Mogen wij de groeve dan toch noemen?"
ANSWERED = "Het district telt mee. De groeve pas als u een naam of plaats heeft; vraag er gerust opnieuw naar."


def shelve(ground: Ground) -> None:
    """Fill the shelf and the help desk."""
    for about in ITEMS:
        _item(ground, dict(about))
    staff = ground.people["beoordelaar"]
    faqs = [Faq.objects.create(**row, published_by=staff, published_at=moment("2024-09-05")) for row in FAQS]
    asked = {"organisation": ground.organisations[(0, HERO)], "asked_by": ground.people["importeur"]}
    HelpQuestion.objects.create(**asked, asked_at=moment("2024-10-17", 9), page="/plan/", text=OPEN_QUESTION)
    HelpQuestion.objects.create(
        **asked,
        asked_at=moment("2024-09-03", 9),
        page="/chains/",
        text=ASKED,
        state=HelpState.ANSWERED,
        answer=ANSWERED,
        answered_by=staff,
        answered_at=moment("2024-09-04", 14),
        shared_as=faqs[0],
    )


def _item(ground: Ground, about: dict[str, Any]) -> None:
    person, versions = ground.people["coordinator"], about.pop("versions")
    flags = {f"for_{one}": True for one in about.pop("for")}
    item = Item.objects.create(**about, **flags, made_by=person, made_at=moment(versions[0][0]))
    for number, (on, note_nl, note_en, texts) in enumerate(versions, 1):
        version = ItemVersion.objects.create(
            item=item,
            number=number,
            dated_on=must_day(on),
            note_nl=note_nl,
            note_en=note_en,
            published_by=person,
            published_at=moment(on),
        )
        for languages, text in texts:
            _text(version, languages, text)


def _text(version: ItemVersion, languages: list[str], text: str) -> None:
    """A small file that can be opened, or an address."""
    if text.startswith("https://"):
        Copy.objects.create(version=version, languages=languages, url=text)
        return
    content = small_pdf(text, ["Voorbeeld uit de demonstratie. / Example of the demonstration."])
    copy = Copy(
        version=version,
        languages=languages,
        file_name=f"{'-'.join(text.lower().replace(',', '').replace('/', '').split())}.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    copy.file.save("new", ContentFile(content), save=False)
    copy.save()
