"""Model texts are filled with the data of the own company alone, in Dutch and English, as real Word documents."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from tests.cast import NOW, Cast
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.services import add_chains

DOCUMENTS = ("model-policy", "model-code", "model-letter")
STONE = {"editor": "Mason Midnight", "rival": "Granite Dawn"}


@pytest.fixture
def chain(cast: Cast) -> Callable[..., Any]:
    def make(by: str = "editor", **more: Any) -> Any:
        actor = cast.actor(by)
        data = ChainData(
            links=(LinkData(level="direct_suppliers", state="known", name="Peacock Exports", country="IN"),),
            **{
                "situation": "C", "material": "granite", "trade_name": STONE[by], "opened_on": dt.date(2019, 11, 1),
                "extraction_country": "IN", "processing_country": "CN", **more,
            },
        )  # fmt: skip
        return add_chains(
            actor=actor, organisation_id=actor.organisation_id or 0, chains=[data], year=cast.years[1], now=NOW
        )[0]

    return make


def entered(language: str = "nl", **more: Any) -> dict[str, Any]:
    everything = {
        "language": language, "year": "2021", "contact": "J. Jansen {company}, directeur",
        "themes": ["child_labour", "ohs"], "parts": ["chain", "norms", "practices"], "stones": ["granite"],
        "countries": ["IN", "CN"],
    }  # fmt: skip
    return everything | {"download": "1"} | more


def texts(response: Any) -> list[tuple[str, str]]:
    document = Document(io.BytesIO(response.content))
    return [(p.style.name, p.text) for p in document.paragraphs]


@pytest.mark.parametrize(
    ("language", "title", "norm", "basis", "countries"),
    [
        (
            "nl", "Beleid voor verantwoord ondernemen in de keten van natuursteen", "Kinderen werken niet.",
            "Grondslag: ILO-verdragen C138 en C182.", "gewonnen of bewerkt in India en China",
        ),
        (
            "en", "Policy on responsible business conduct in the natural stone chain", "Children do not work.",
            "Based on ILO Conventions C138 and C182.", "extracted or processed in India and China",
        ),
    ],
)  # fmt: skip
def test_a_policy_holds_the_data_of_the_company(
    cast: Cast, client: Any, chain: Callable[..., Any], language: str, title: str, norm: str, basis: str, countries: str
) -> None:
    chain(), chain("rival", material="slate", extraction_country="BR")
    cast.sign_in(client, "editor")
    page = client.get("/library/models/model-policy/", headers={"accept-language": language}).content.decode()
    assert all(words not in page.lower() for words in ("leisteen", "slate", "brazil", "granite house")), (
        "to choose from"
    )
    assert all(words in page for words in ("India", "China", "Mason Stone BV"))
    response = client.post("/library/models/model-policy/", entered(language))
    found = texts(response)
    whole = "\n".join(text for _style, text in found)
    assert found[0] == ("Title", title)
    assert [text for style, text in found if style == "Heading 2"] == (
        ["Kinderarbeid", "Veiligheid en gezondheid"]
        if language == "nl"
        else ["Child labour", "Occupational safety and health"]
    )
    assert sum(style == "Heading 1" for style, _text in found) == 12
    for words in ("Mason Stone BV", "2021", norm, basis, countries, "J. Jansen {company}, directeur"):
        assert words in whole, words
    assert "{covenant}" not in whole
    for words in ("Granite House", "Granite Dawn", "Peacock", "Mason Midnight", "Brazil", "leisteen", "slate"):
        assert words not in whole, words  # nothing of others, and no supplier or trade name where none belongs
    document = Document(io.BytesIO(response.content))
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("Mason Stone BV", "", "")
    assert about.language == {"nl": "nl-NL", "en": "en-GB"}[language]
    assert f'w:val="{about.language}"' in document.styles.element.xml
    assert "editor" not in (response.content.decode("latin-1")).lower()


def test_what_is_left_out_becomes_a_blank_that_is_marked(cast: Cast, client: Any, chain: Callable[..., Any]) -> None:
    chain()
    cast.sign_in(client, "editor")
    sparse = entered(parts=["chain"], themes=[], stones=[], countries=[], contact="", year="")
    response = client.post("/library/models/model-policy/", sparse)
    whole = "\n".join(text for _style, text in texts(response))
    for blank in ("[de soorten steen die u koopt]", "[naam en functie van wie verantwoordelijk is]", "[jaar]"):
        assert blank in whole
    assert "Hoe wij zelf inkopen" not in whole
    assert "graniet" not in whole
    document = Document(io.BytesIO(response.content))
    marked = [run.text for p in document.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert "[jaar]" in marked
    assert all(text.startswith("[") for text in marked)


def test_a_letter_names_only_stone_that_is_not_imported(cast: Cast, client: Any, chain: Callable[..., Any]) -> None:
    chain(trade_name="Imported By Us")
    chain(situation="A", trade_name="Bought Here")
    chain("rival", situation="A")
    cast.sign_in(client, "editor")
    page = client.get("/library/models/model-letter/", headers={"accept-language": "en"}).content.decode()
    assert "Bought Here (granite), India, China" in page
    chosen = {"language": "en", "parts": ["chain", "questions"], "stones": ["0"], "download": "1"}
    whole = "\n".join(text for _style, text in texts(client.post("/library/models/model-letter/", chosen)))
    assert "Bought Here (granite), India, China" in whole
    assert "We take part in" in whole  # the same letter as the questions to suppliers use
    for words in ("Imported By Us", "Granite Dawn", "Granite House"):
        assert words not in page + whole


def test_who_fills_a_model_text(cast: Cast, client: Any) -> None:
    for who, status in (("visitor", 302), ("authority", 404), ("union", 404), ("editor", 200)):
        cast.sign_in(client, who)
        for document in DOCUMENTS:
            page = client.get(f"/library/models/{document}/")
            assert page.status_code == status, (who, document)
            assert ("Mason Stone BV" in page.content.decode()) == (status == 200)


def test_the_secretariat_sees_a_model_text_with_blanks(cast: Cast, client: Any, chain: Callable[..., Any]) -> None:
    chain()
    cast.sign_in(client, "assessor")
    page = client.get("/library/models/model-code/", headers={"accept-language": "nl"}).content.decode()
    assert "[naam van uw bedrijf]" in page
    assert "Mason" not in page
    assert "graniet" not in page
