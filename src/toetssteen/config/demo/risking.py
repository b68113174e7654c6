"""The risks of the company of the story: those of last year, and how it goes on with them this year."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from toetssteen.config.demo.ground import HERO, YEARS, Ground
from toetssteen.config.demo.pdf import small_pdf
from toetssteen.config.demo.places import Places
from toetssteen.config.demo.world import Row, day, moment, must_day, whole
from toetssteen.core.access import Actor, Holding, Role
from toetssteen.documents.services import About
from toetssteen.risks import services
from toetssteen.risks.models import Risk, RiskSource
from toetssteen.supplychain.models import Chain, QuarryArea

LAST, THIS = str(YEARS - 1), str(YEARS)
NOTED, CARRIED, RATED, HEARD = "2023-09-20", "2024-09-03", "2024-09-04", "2024-09-05"
SCORES = ("scale", "scope", "irremediable")
# What this year's look at the risks changed: scores, likelihood, reason, whether harm was found.
RATED_ANEW: dict[str, tuple[tuple[int, int, int], int, str, bool]] = {
    "a": ((5, 2, 5), 4, "Kasseien worden deels aan huis gekapt. Wij weten niet wie er meewerkt.", False),
    "b": ((4, 3, 4), 5, "Bij het bezoek in mei droegen twee van de tien zagers geen masker.", True),
}


def last_year(ground: Ground, places: Places) -> None:
    """The risks that the company noted last year, before its report of that year was frozen."""
    for row in _rows(ground, "story_risks", LAST):
        risk = _new(ground, row, places.chains.get((0, row["chain_id"])), places.areas.get(row["quarry_area_id"]))
        risk.changed_at = moment(NOTED)
        sources = [s for s in _rows(ground, "story_risk_sources", LAST) if s["key"] == row["key"]]
        if sources:
            risk.source_kind, risk.found_on = sources[0]["kind"], day(sources[0]["said_on"])
        risk.save()
        RiskSource.objects.bulk_create(
            RiskSource(
                risk=risk, kind=s["kind"], said_on=day(s["said_on"]), text=s["text"], noted_at=moment(NOTED)
            )
            for s in sources
        )  # fmt: skip


def this_year(ground: Ground) -> None:
    """Taken along, looked at again, one more noted, ordered, and spoken of with others."""
    actor = _actor(ground)
    risks = _carried(ground, actor)
    for row in _rows(ground, "story_risks", THIS):
        chain = Chain.objects.filter(organisation_id=ground.of(0, HERO), reference=row["chain_id"]).first()
        area = QuarryArea.objects.filter(code=row["quarry_area_id"]).first()
        risk = _new(ground, row, chain, area)
        risk.save()
        risks[row["key"]] = risk.pk
    _look_again(ground, actor, risks)
    for row in _rows(ground, "story_moves", THIS):
        for _time in range(int(row["times"])):
            services.move_risk(
                actor=actor, risk_id=risks[row["key"]], up=True, reason=row["reason"], pack=ground.pack,
                now=moment(RATED, 16),
            )  # fmt: skip
    _hear(ground, actor)


def _rows(ground: Ground, table: str, year: str) -> list[Row]:
    return [row for row in ground.world.rows(table) if row["covenant_year"] == year]


def _actor(ground: Ground) -> Actor:
    person, organisation = ground.people["importeur"], ground.organisations[(0, HERO)]
    return Actor(
        person_id=person.pk,
        name=person.name,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        holdings=frozenset({Holding(Role.COMPANY_ADMIN, organisation.pk)}),
    )


def _new(ground: Ground, row: Row, chain: Chain | None, area: QuarryArea | None) -> Risk:
    scores = {name: whole(row[name]) for name in SCORES}
    return Risk(
        organisation_id=ground.of(0, HERO), reference=f"R-{HERO}-{row['covenant_year']}-{row['key']}",
        year_number=int(row["covenant_year"]), chain=chain, theme=row["theme"], country=row["country"],
        quarry_area=area, site_text=row["site"], is_actual=row["actual_or_potential"] == "actual",
        description=row["description"], harmed=row["harmed"], involvement=row["involvement"], **scores,
        likelihood=whole(row["likelihood"]), severity_reason=row["severity_reason"],
        prioritised_by="severity and likelihood" if row["likelihood"] else "",
    )  # fmt: skip


def _carried(ground: Ground, actor: Actor) -> dict[str, int]:
    """Decide on each risk of last year, as the files say; gives this year's risk by its key."""
    before = {
        risk.reference.rpartition("-")[2]: risk.pk
        for risk in Risk.objects.filter(organisation_id=ground.of(0, HERO), year_number=YEARS - 1)
    }
    rows = _rows(ground, "story_risks", LAST)
    fates = {before[row["key"]]: services.Fate(row["fate"], row["note"]) for row in rows}
    new = services.carry_over(
        actor=actor, organisation_id=ground.of(0, HERO), year_number=YEARS, fates=fates, now=moment(CARRIED)
    )
    return {row["key"]: new[before[row["key"]]] for row in rows if before[row["key"]] in new}


def _look_again(ground: Ground, actor: Actor, risks: dict[str, int]) -> None:
    for key, (scores, likelihood, reason, is_actual) in RATED_ANEW.items():
        services.rate_risk(
            actor=actor, risk_id=risks[key], scores=dict(zip(SCORES, scores, strict=True)), likelihood=likelihood,
            reason=reason, row_version=None, pack=ground.pack, now=moment(RATED, 10),
        )  # fmt: skip
        Risk.objects.filter(pk=risks[key]).update(is_actual=is_actual)
    for row in _rows(ground, "story_risk_sources", THIS):
        services.save_source(
            actor=actor, risk_id=risks[row["key"]], source_id=None, now=moment(RATED, 11),
            data=services.SourceData(row["kind"], day(row["said_on"]), row["text"]), file=_file(ground, row),
        )  # fmt: skip


def _file(ground: Ground, row: Row) -> services.NewFile | None:
    """A small file that shows what the source says, where the files name one."""
    title = row["evidence_title"]
    if not title:
        return None
    content = small_pdf(title, ["Voorbeeldbestand van de demonstratie.", hashlib.sha256(title.encode()).hexdigest()])
    upload = SimpleUploadedFile("bezoekverslag.pdf", ContentFile(content).read(), content_type="application/pdf")
    return services.NewFile(upload, About(title, "visit_report", must_day(row["said_on"])), ground.pack)


def _hear(ground: Ground, actor: Actor) -> None:
    for hour, row in enumerate(_rows(ground, "story_views", THIS), 9):
        at: dt.datetime = moment(HEARD, hour)
        data = services.ViewData(row["who"], must_day(row["said_on"]), row["said"], row["changed"])
        view = services.record_view(
            actor=actor, organisation_id=ground.of(0, HERO), year_number=YEARS, data=data, now=at
        )
        if row["corrected"]:
            better = services.ViewData(data.who, data.said_on, row["corrected"], data.changed)
            services.correct_view(actor=actor, view_id=view.pk, data=better, now=at + dt.timedelta(hours=3))
