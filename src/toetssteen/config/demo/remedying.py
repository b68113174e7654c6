"""What the company of the story made known about complaints, its posters, two mechanisms and one case of remedy."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from toetssteen.config.demo.ground import YEARS, Ground
from toetssteen.config.demo.pdf import small_pdf
from toetssteen.config.demo.world import day, moment, must_day, whole
from toetssteen.documents.models import Evidence
from toetssteen.remedy import queries
from toetssteen.remedy.models import (
    GivenRemedy,
    MadeKnown,
    MadeKnownAt,
    MechanismCriterion,
    Poster,
    SupplierMechanism,
)

PHOTO = "dated_photo"
LETTER = "letter_sent"


def remedy(ground: Ground) -> None:
    """Fill in what was made known, posters, mechanisms and remedy; no history changes by it."""
    story = _Story(ground)
    for row in ground.world.rows("made_known"):
        story.made_known(row)
    for row in ground.world.rows("posters"):
        story.poster(row)
    for row in ground.world.rows("supplier_mechanisms"):
        story.mechanism(row)
    for row in ground.world.rows("remedies"):
        story.remedy(row)


class _Story:
    """Finds the places that the files mean by level and number, as the company knows them today."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.person = ground, ground.people["importeur"]
        self.known: dict[str, dict[str, list[queries.Place]]] = {}

    def _place(self, company: str, reference: str) -> dict[str, str]:
        """The words of a place, or of none in particular."""
        if not reference:
            return {}
        if company not in self.known:
            year = self.ground.years[YEARS]
            by_level: dict[str, list[queries.Place]] = {}
            for place in queries.places_of(self.ground.of(0, company), self.ground.pack, year, year.ends_on):
                by_level.setdefault(place.level, []).append(place)
            self.known[company] = by_level
        level, number = reference.split(":")
        place = self.known[company][level][int(number) - 1]
        return {name: getattr(place, name) for name in ("key", "level", "name", "place", "country")}

    def _row(self, model: Any, row: dict[str, str], on: str, **values: Any) -> Any:
        return model.objects.create(
            organisation_id=self.ground.of(0, row["org_id"]), changed_by=self.person, changed_at=moment(on), **values
        )

    def made_known(self, row: dict[str, str]) -> None:
        """One time that a mechanism was made known."""
        made = self._row(
            MadeKnown, row, row["made_on"], mechanism=row["mechanism"], audiences=row["audiences"].split(";"),
            way=row["way"], languages=row["languages"].split(";"), made_on=must_day(row["made_on"]),
            reached=whole(row["reached"]), note=row["note"],
        )  # fmt: skip
        MadeKnownAt.objects.bulk_create(
            MadeKnownAt(made_known=made, **self._place(row["org_id"], place)) for place in row["places"].split(";")
        )
        if row["proof_on"]:
            made.evidence.add(self._proof(row))

    def _proof(self, row: dict[str, str]) -> Evidence:
        kind = LETTER if row["way"] == "letter" else PHOTO
        title = "Brief over de klachtenregeling" if kind == LETTER else "Foto van de poster bij de kantine"
        content = small_pdf(title, ["Voorbeeldbestand van de demonstratie.", row["record_id"]])
        digest = hashlib.sha256(content).hexdigest()
        evidence = Evidence(
            organisation_id=self.ground.of(0, row["org_id"]), reference=row["record_id"], kind=kind, title=title,
            document_on=must_day(row["proof_on"]), file_name=f"{kind}-{row['record_id'].lower()}.pdf",
            size=len(content),
            content_type="application/pdf", sha256=digest, uploaded_by=self.person, uploaded_at=moment(row["proof_on"]),
        )  # fmt: skip
        evidence.file.save(f"{digest}.pdf", ContentFile(content), save=False)
        evidence.save()
        return evidence

    def poster(self, row: dict[str, str]) -> None:
        """A poster; the codes of the demonstration are fixed, elsewhere chance makes them."""
        Poster.objects.create(
            organisation_id=self.ground.of(0, row["org_id"]), code=row["code"], language=row["language"],
            contact=row["contact"], shows_place=row["shows_place"] == "yes",
            shows_company=row["shows_company"] == "yes",
            made_by=self.person, made_at=moment(row["made_on"]), **self._place(row["org_id"], row["place"]),
        )  # fmt: skip

    def mechanism(self, row: dict[str, str]) -> None:
        """What is known of the mechanism of one place."""
        made = self._row(
            SupplierMechanism, row, row["said_on"], has_one=row["has_one"], description=row["description"],
            source=row["source"], said_on=must_day(row["said_on"]), **self._place(row["org_id"], row["place"]),
        )  # fmt: skip
        judged = [one.split(":", 2) for one in row["criteria"].split("|") if one]
        MechanismCriterion.objects.bulk_create(
            MechanismCriterion(mechanism=made, criterion=criterion, fit=fit, sentence=sentence)
            for criterion, fit, sentence in judged
        )

    def remedy(self, row: dict[str, str]) -> None:
        """One case of remedy."""
        plain = ("harm", "for_whom", "role", "done", "state", "agreed", "satisfied")
        values = {name: row[name] for name in plain}
        self._row(
            GivenRemedy, row, row["done_on"], known_on=must_day(row["known_on"]), done_on=day(row["done_on"]), **values
        )
