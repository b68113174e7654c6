"""Nothing that was not chosen reaches the page, the PDF, the Word file or their properties."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW
from tests.communication.conftest import NEVER, OPEN_WORDS, SECRETS, Firm, everything, last_year
from toetssteen.communication import pdf, services, word
from toetssteen.communication.compose import compose
from toetssteen.communication.forms import SectionForm
from toetssteen.communication.sections import BY_ID, FIELDS, LANGUAGES
from toetssteen.communication.selection import Selection


def words_of_pdf(file: bytes) -> str:
    """Every text of an uncompressed PDF, read with the tables of its own fonts, and everything else in it as it is."""
    objects = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", file, re.S))
    tables: dict[bytes, dict[bytes, str]] = {}
    for name, number in re.findall(rb"/([^\s/<>\[\]()]+) (\d+) 0 R", file):
        found = re.search(rb"/ToUnicode (\d+) 0 R", objects.get(number, b""))
        if found:
            pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", objects[found.group(1)])
            tables[name] = {g.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for g, text in pairs}
    said, font = [], b""
    for name, array, single in re.findall(rb"/(\S+) [\d.]+ Tf|\[([^\]]*)\] ?TJ|(<[0-9A-Fa-f]+>) ?Tj", file):
        font = name or font
        glyphs = b"".join(re.findall(rb"<([0-9A-Fa-f]+)>", array or single)).lower()
        said += [tables.get(font, {}).get(glyphs[n : n + 4], "") for n in range(0, len(glyphs), 4)]
    return "".join(said) + file.decode("latin-1") + file.replace(b"\0", b"").decode("latin-1")


def words_of_docx(file: bytes) -> str:
    """Everything in every part of a Word file, properties included."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def readings(firm: Firm, selection: Selection, language: str) -> dict[str, str]:
    """The report in all its forms."""
    content: dict[str, Any] = compose(firm.source(), selection, language)
    content |= {"number": 1, "published_on": "2020-11-15"}
    return {
        "content": str(content),
        "pdf": words_of_pdf(pdf.as_pdf(content, "http://localhost/due-diligence/T001/1/", is_plain=True)),
        "docx": words_of_docx(word.as_docx(content, "http://localhost/due-diligence/T001/1/")),
    }


def test_by_default_nothing_confidential_is_in_any_form(firm: Firm, client: Client) -> None:
    draft = firm.start()
    for row in firm.publish(draft):
        services.make_pdf(actor=None, edition_id=row.pk, now=NOW)
    forms = {f"{name} {lang}": text for lang in LANGUAGES for name, text in readings(firm, Selection(), lang).items()}
    for language in LANGUAGES:
        address = f"/due-diligence/T001/1/{language}/"
        forms[f"page {language}"] = client.get(address).content.decode()
        docx = client.get(f"{address}1/report.docx")
        forms[f"sent docx {language}"] = words_of_docx(docx.content) + str(docx.headers)
        sent = client.get(f"{address}1/report.pdf")
        forms[f"sent pdf {language}"] = b"".join(sent.streaming_content).decode("latin-1") + str(sent.headers)
    people = [word for p in firm.cast.people.values() for word in (p.name, p.email) if " " in word or "@" in word]
    for name, text in forms.items():
        found = [secret for secret in (*SECRETS.values(), *NEVER, *people) if secret in text]
        assert not found, f"{name} shows {found}"
        if "sent pdf" not in name:
            assert OPEN_WORDS in text, f"{name} shows nothing at all, so this proves nothing"


@pytest.mark.parametrize("field", SECRETS)
def test_what_was_chosen_is_there_so_the_words_above_could_have_leaked(firm: Firm, field: str) -> None:
    content = str(compose(firm.source(), Selection(fields={field: True}), "en"))
    assert SECRETS[field] in content
    hidden = {secret for name, secret in SECRETS.items() if secret != SECRETS[field]} | set(NEVER)
    assert not [secret for secret in hidden if secret in content]


def test_even_with_every_field_the_rest_stays_hidden(firm: Firm) -> None:
    for name, text in readings(firm, everything(), "nl").items():
        assert all(secret in text for secret in SECRETS.values()), name
        assert not [secret for secret in NEVER if secret in text], name
    assert not FIELDS.keys() & {"volume", "amounts", "owner", "means", "cost", "evidence"}


@pytest.mark.parametrize(
    ("shown", "fields", "counts"),
    [
        (("actions",), {}, True),
        ((), {}, False),  # the goal shows no actions
        (("actions",), {"actions": False}, False),  # the report shows none
    ],
)
def test_actions_of_last_year_are_counted_only_where_they_are_shown(
    firm: Firm, shown: tuple[str, ...], fields: dict[str, bool], counts: bool
) -> None:
    last_year(firm, *shown)
    said = str(compose(firm.source(2), Selection(fields=fields), "en"))
    assert "Stof bij het zagen" in said
    assert ("1 action: 1 done" in said) == counts
    assert ("No actions were public." in said) != counts
    assert not [secret for secret in ("SECRET-LAST-ACTION", *NEVER) if secret in said]
    assert "stopped" not in said, "the private action is not counted"


def test_every_text_says_its_language_and_can_be_translated(firm: Firm) -> None:
    goal = last_year(firm)
    firm.goal.baseline, firm.goal.target = "three saws", "100"
    firm.goal.save()
    selection = Selection(fields={"partners": True})
    dutch = str(compose(firm.source(2), selection, "nl"))
    english = str(compose(firm.source(2), selection, "en"))
    for text in ("three saws", "SECRET-PARTNER", OPEN_WORDS):
        assert f"{{'text': '{text}', 'lang': 'en'}}" in dutch
        assert f"{{'text': '{text}'" not in english
    # Last year's plan was written in Dutch, this one in English; a figure is in no language.
    assert f"{{'text': '{goal.text}', 'lang': 'nl'}}" in english
    assert f"{{'text': '{goal.text}'" not in dutch
    assert "{'text': '100'" not in dutch
    form = SectionForm(section=BY_ID["goals"], selection=selection, source=firm.source(2))
    asked = {code: [bound.label for bound in fields] for code, fields in form.translations()}
    assert {"three saws", "SECRET-PARTNER", OPEN_WORDS} <= set(asked["nl"])
    assert "100" not in asked["nl"]
    assert asked["en"] == [goal.text]
    key = f"baseline:{firm.goal.pk}"
    translated = Selection(words={key: {"nl": "drie zagen"}, f"goal:{goal.pk}": {"en": "Dust of sawing"}})
    assert "drie zagen" in str(compose(firm.source(2), translated, "nl"))
    assert "Dust of sawing" in str(compose(firm.source(2), translated, "en"))
    short = compose(firm.source(2), Selection(is_short=True), "nl")
    assert "{'text': 'three saws', 'lang': 'en'}" in str(short)


def test_the_word_file_marks_other_languages_in_facts_and_tables_too(firm: Firm) -> None:
    from docx import Document

    content = {**compose(firm.source(), Selection(), "nl"), "number": 1, "published_on": "2020-11-15"}
    document = Document(io.BytesIO(word.as_docx(content, "http://localhost/x")))
    cells = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    runs = {r.text: r for p in (*document.paragraphs, *cells) for r in p.runs}
    for text in ("Pay for water", "share of saws"):
        assert runs[text]._r.xpath("./w:rPr/w:lang/@w:val") == ["en-GB"], text
    assert not runs["Actie"]._r.xpath("./w:rPr/w:lang")


def test_the_pdf_is_tagged_in_its_language_with_a_title_and_no_author(firm: Firm) -> None:
    content = {**compose(firm.source(), Selection(), "nl"), "number": 1, "published_on": "2020-11-15"}
    file = pdf.as_pdf(content, "http://localhost/x", is_plain=True)
    assert file == pdf.as_pdf(content, "http://localhost/x", is_plain=True) or b"/CreationDate" in file
    for mark in (
        b"/MarkInfo",
        b"/Marked true",
        b"/StructTreeRoot",
        b"/Lang (nl)",
        b"/DisplayDocTitle true",
        b"pdfuaid",
    ):
        assert mark in file, mark
    assert b"/TH" in file
    assert b"/H1" in file
    assert b"/Author" not in file
    assert "Verslag over due diligence 2019-2020" in words_of_pdf(file)


def test_the_word_file_has_headings_head_rows_and_its_language(firm: Firm) -> None:
    from docx import Document

    content = {**compose(firm.source(), Selection(), "nl"), "number": 1, "published_on": "2020-11-15"}
    document = Document(io.BytesIO(word.as_docx(content, "http://localhost/x")))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [section["title"] for section in content["sections"]] + ["Over dit verslag"]
    assert document.tables
    assert all(t.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for t in document.tables)
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.language) == ("Mason Stone BV", "", "nl-NL")
    assert about.title == "Verslag over due diligence 2019-2020"
    # The goal was written in English: those words are marked so.
    runs = [r for p in document.paragraphs for r in p.runs if r.text == OPEN_WORDS]
    assert runs
    assert runs[0]._r.xpath("./w:rPr/w:lang/@w:val") == ["en-GB"]


def test_only_small_counts_of_complaints_are_hidden(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    from toetssteen.foundation import hooks

    said = {}
    for count in (None, 0, 1, 4, 5, 12):
        monkeypatch.setattr(
            hooks, "_answers", {"complaints_of_year": [] if count is None else [lambda n=count, **_: n]}
        )
        said[count] = str(compose(firm.source(), Selection(), "en"))
    assert "came in with the committee" not in said[None]
    assert "No complaint about our chains" in said[0]
    assert "Fewer than 5 complaints" in said[1]
    assert "Fewer than 5 complaints" in said[4]
    assert said[1] == said[4], "one complaint reads like four"
    assert "5 complaints about our chains" in said[5]
    assert "12 complaints about our chains" in said[12]
