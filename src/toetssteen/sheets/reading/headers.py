# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Header words in Dutch, English, French and German, and what a column under them can mean."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold
from .numbers import unit_of
from .results import Field

F = Field
_SUPPLIER = re.compile(
    r"leverancier|leverencier|levrancier|supplier|suplier|fournisseur|lieferant|lieferland|lieferfirma|zulieferer|exporteur|exporter\b|exporters|exportateur|vendor|verkoper|seller|"
    r"vendeur|verkaufer|handelaar|trader\b|trading company|negociant|handler\b|haendler|handelspartner|importeur|importer\b|importateur|"
    r"crediteur|creditor|kreditor|gekocht bij|ingekocht bij|inkoop bij|koopt u bij|bought from|purchased from|achete (?:a|chez|aupres)|gekauft bei|"
    r"proveedor|fornitore|fornecedor|tedarikci|wie levert|facturant|contractpartner"
)
_FACTORY = re.compile(
    r"fabriek|factory|factories|usine|fabrik\b|verwerk|processing|processor|process plant|\bplant\b|transform|producent|producer|producteur|"
    r"produzent|bewerk|zagerij|scierie|atelier|workshop|werkplaats|werkstatt|\bmill\b|sawmill|verarbeit|bearbeit|hersteller|manufactur|fabrikant|"
    r"fabricant|fabricat|productielocatie|productieplaats|productiebedrijf|productie|production (?:site|unit|location)|site de production|"
    r"\bwerk\b|sagewerk|saegewerk|steenhouwerij|faconnage|sciage|\bunite\b|produktionsstatte|produktionsort|produktion|stabilimento"
)
_QUARRY = re.compile(
    r"groeve|groef\b|quarry|quarries|quary|carriere|steinbruch|steinbruche|\bcava\b|\bmine\b|\bmijn\b|cantera|pedreira|\bpit\b|steengroef"
)
_EXTRACTION = re.compile(
    r"ontginning|extraction|\bwinning|wingebied|winplaats|winlocatie|winningsgebied|abbau|gewinnung|delving|delfgebied|herkomstgebied|herkomstregio|"
    r"herkomststreek|origin region|region of origin|region d origine|herkunftsregion|ursprungsregion|herkomst steen|herkomst van de steen"
)
_AREA_WORDS = re.compile(
    r"gebied|gebiet|regio\b|region|area|streek|district|distrikt|\bzone\b|bassin|gegend|revier|locatie|location|localit|\bplaats\b|\bplace\b|\bort\b|\blieu\b|"
    r"gemeente|\bcity\b|\btown\b|\bville\b|lokatie|commune|ligging|standort|gelegen"
)
_COUNTRY = re.compile(
    r"\bland\b|\blanden\b|country|countries|\bpays\b|land$|lands\b|landcode|\bpais\b|\bpaese\b|nationality|\biso\b|land van|staat van herkomst|"
    r"landes\b|lander\b|laender\b|\bctry\b|\bcntry\b"
)
_ORIGIN = re.compile(r"herkomst|\borigin\b|origine|ursprung|herkunft|oorsprong|provenance|provenienz|afkomst")
_ADMIN = re.compile(
    r"\bprov\b|provinc|provinz|\bstate\b|\bstaat\b|deelstaat|bundesland|departement|admin ?1|\betat\b|kanton"
)
_PLACE = re.compile(
    r"\bplaats|plaats\b|\bplace\b|\bcity\b|\bstad\b|\btown\b|\bville\b|\blieu\b|\bort\b|(?<!so)(?<!exp)(?<!imp)(?<!transp)ort$|\bstadt\b|locatie|lokatie|location|localit|\bgemeente\b|"
    r"commune|vestiging|standort|\bsite\b|gelegen|\bdorp\b|village|woonplaats|\badres|address|adresse|anschrift"
)
_REGION = re.compile(r"\bregio|region|streek|\barea\b|gebied|gebiet|district|distrikt|\bzone\b|bassin|gegend|revier")
_COORD = re.compile(r"\bgps|coord|koord|geo ?loc|lat ?/? ?lo?n|google maps|\bmaps\b|wgs|position\b|positie|geodat")
_LAT = re.compile(
    r"\blat\b|latitude|latitud|breedtegraad|breitengrad|\bbreite\b|breedte ligging|geogr breite|noorderbreedte|\blatit"
)
_LON = re.compile(
    r"\blon\b|\blong\b|\blng\b|longitude|longitud|lengtegraad|langengrad|laengengrad|\blange geogr|geogr lange|oosterlengte|\blongit"
)
_CODE = re.compile(
    r"\bcode|code\b|\bnr\b|\bnummer\b|nummer\b|\bno\b|\bid\b|\bref\b|number|\bnum\b|\bkey\b|kenmerk|\bkurzel\b|referentie|reference|\bcod\b"
)
_REMARK = re.compile(
    r"opmerking|\bopm\b|toelichting|remark|comment|\bnote\b|\bnotes\b|notitie|remarque|observation|bemerkung|anmerkung|hinweis|notiz|bijzonderhed|"
    r"\binfo\b|aantekening|kommentar|\bbem\b|\bobs\b"
)
_VOLUME = re.compile(
    r"hoeveelheid|volume|tonnage|\bton\b|\btons\b|\btonnen\b|\btonnes?\b|gewicht|weight|\bkg\b|kilo|quantit|quantity|\bqty\b|menge|poids|\baantal|"
    r"massa\b|\bmasse\b|\bm2\b|\bm3\b|\bsqm\b|\bcbm\b|afname|\bamount\b|\bhvh\b|\bhoev\b|cantidad|quantita\b|\bmt\b|ingekocht volume|inkoopvolume|"
    r"stuks\b|\bpcs\b|containers|\bqte\b|\bqt\b|jaarvolume|jahresmenge|verbruik"
)
_UNIT = re.compile(
    r"^(?:maat)?eenheid|\beenh\b|^unit\b|^units\b|^unite\b|einheit|\buom\b|^me$|^u$|^ehd$|unit of measure|unite de mesure|^unit ?/|^me einheit"
)
_SHARE = re.compile(r"aandeel|\bshare|percentage|\bpct\b|pourcent|anteil|procent|prozent|percent|quote part|quota")
_MATERIAL = re.compile(
    r"steensoort|soort steen|\bsoort\b|materia|matiere|gestein|steinart|stone type|type (?:of )?stone|kind of stone|type steen|steentype|"
    r"type de pierre|type pierre|sorte de pierre|^pierre$|^steen$|^stone$|^stein$|^pierres?$|natuursteen$|natuursteensoort|natursteinart|naturstein$|"
    r"natural stone$|^rock|lithology|roche|nature de la pierre|art des steins|stone kind|steenfamilie"
)
_TRADE = re.compile(
    r"handelsnaam|handelsnamen|trade ?name|tradename|commerci|handelsname|handelsbezeichnung|artikel|article\b|product ?naam|product name|productnaam|"
    r"nom (?:du |de )?produit|omschrijving|description|designation|denomination|bezeichnung|variet|\bsorte\b|benaming|kleur|colou?r\b|couleur|farbe|"
    r"steennaam|name of stone|stone name|naam (?:van )?(?:de )?steen|nom de la pierre|nom pierre|\bitem\b|produktname|steinname|brand|marktnaam|naam product|"
    r"appellation|quality|kwaliteit$"
)
_PRODUCT = re.compile(
    r"toepassing|\btoep\b|product|produit|produkt|\busage|\buse\b|\bused\b|application|gebruik|verwendung|anwendung|\bemploi\b|utilisation|categor|kategorie|"
    r"bestemming|famille|einsatz|\bgroep$|assortiment|warengruppe|end use"
)
_ROW_NUMBER = re.compile(r"^(?:nr|no|n|num|numero|nummer|regel|regelnr|regelnummer|line|line no|lijn|volgnr|volgnummer|lfd nr|lfd|pos|id|ligne|zeile|rij|row|index|n0|nro|sr|sr no|s no|"
                         r"keten|ketennr|keten nr|chain|chain no)$")  # fmt: skip
_DATE = re.compile(
    r"datum|\bdate\b|\bjaar\b|\byear\b|periode|\bannee\b|\bjahr\b|\bmonth\b|\bmaand\b|exercice|leverdatum|boekjaar|\bdag\b"
)
_MONEY = re.compile(
    r"prijs|\bprice|bedrag|\beur\b|euro|waarde|\bvalue\b|\bprix\b|\bpreis|omzet|turnover|valeur|\bwert\b|kosten|\bcost|\busd\b|inkoopwaarde|montant|betrag"
)
_NOT_OURS = re.compile(
    r"contact|e ?mail|\bmail\b|telefoon|\btel\b|phone|website|\bwww\b|certifica|\biso ?9|sa ?8000|audit|\bbsci\b|handtekening|signature|afwerking|finish|"
    r"finition|oberflache|dikte|thickness|epaisseur|\bdicke|afmeting|dimension|\bmaat\b|\bsize\b|\bformaat|\bformat\b|factuur|\binvoice|\bfacture|\brechnung|\border|"
    r"bestell|incoterm|\bhs ?code|\bklant|customer|client|\bkunde|\bproject|\bwerf\b|risico|\brisk|gecontroleerd|checked"
)
_ABOUT_LEVEL = re.compile(
    r"^type|\btype$|bekend$|\bknown$|connue?$|bekannt$|gevraagd|\basked\b|demande|gefragt|\bstatus\b|^soort lever|^aantal|^number of|^nombre|^anzahl"
)
_NAME = re.compile(
    r"^(?:naam|name|nom|nome|nombre|bedrijf|bedrijfsnaam|company|societe|firma|firmenname|company name|raison sociale|entreprise|unternehmen|bedrijfsnamen)$"
)

_LEVELS: dict[str, dict[str, Field]] = {
    "supplier": {"name": F.SUPPLIER, "country": F.SUPPLIER_COUNTRY, "admin1": F.SUPPLIER_ADMIN1, "place": F.SUPPLIER_PLACE, "code": F.SUPPLIER_CODE,
                 "coordinates": F.SUPPLIER_COORDINATES, "lat": F.SUPPLIER_LAT, "lon": F.SUPPLIER_LON},
    "factory": {"name": F.FACTORY, "country": F.FACTORY_COUNTRY, "admin1": F.FACTORY_ADMIN1, "place": F.FACTORY_PLACE, "code": F.FACTORY_CODE,
                "coordinates": F.FACTORY_COORDINATES, "lat": F.FACTORY_LAT, "lon": F.FACTORY_LON},
    "area": {"name": F.QUARRY_AREA, "country": F.QUARRY_AREA_COUNTRY, "admin1": F.QUARRY_AREA_ADMIN1, "place": F.QUARRY_AREA, "code": F.QUARRY_AREA,
             "coordinates": F.QUARRY_AREA_COORDINATES, "lat": F.QUARRY_AREA_LAT, "lon": F.QUARRY_AREA_LON},
    "quarry": {"name": F.QUARRY, "country": F.QUARRY_COUNTRY, "admin1": F.QUARRY_ADMIN1, "place": F.QUARRY_PLACE, "code": F.QUARRY_CODE,
               "coordinates": F.QUARRY_COORDINATES, "lat": F.QUARRY_LAT, "lon": F.QUARRY_LON},
    "": {"country": F.COUNTRY, "admin1": F.ADMIN1, "place": F.PLACE, "coordinates": F.COORDINATES, "lat": F.LAT, "lon": F.LON},
}  # fmt: skip
_LANGUAGES = {
    "nl": re.compile(r"leverancier|fabriek|groeve|hoeveelheid|handelsnaam|steensoort|opmerking|\bland\b|gewicht|toepassing|plaats|materiaal|verwerking|herkomst|aandeel|eenheid|exporteur"),
    "fr": re.compile(r"fournisseur|usine|carriere|\bpays\b|pierre|nom commercial|quantite|tonnage|remarque|\bville\b|poids|\bunite\b|transformation"),
    "de": re.compile(r"lieferant|fabrik|steinbruch|menge|handelsname|gestein|bemerkung|\bort\b|gewicht in|verwendung|herkunft|einheit|anteil|hersteller"),
    "en": re.compile(r"supplier|factory|quarry|country|trade name|quantity|remark|\bcity\b|weight|processing|\bshare\b|\bunit\b"),
}  # fmt: skip


def subject_of(folded: str) -> str:
    """Which level of the chain a header speaks about."""
    if _EXTRACTION.search(folded) and not _FACTORY.search(folded):
        return "area"
    if _QUARRY.search(folded) and re.search(r"owner|eigenaar|proprietaire|besitzer|eigentumer", folded):
        return ""
    if _QUARRY.search(folded):
        return (
            "area"
            if _AREA_WORDS.search(folded) and not re.search(r"naam|name|\bnom\b", folded.replace("handelsnaam", ""))
            else "quarry"
        )
    if _SUPPLIER.search(folded):
        return "supplier"
    return "factory" if _FACTORY.search(folded) else ""


def is_quarry_with_area(header: str) -> bool:
    """Whether one column asks for the quarry and where it lies."""
    folded = fold(header)
    both = re.search(r"naam|name|\bnom\b|\ben\b|\band\b|\bet\b|\bund\b", folded) or any(s in header for s in "/+&")
    return bool(_QUARRY.search(folded) and _AREA_WORDS.search(folded) and both)


def attribute_of(folded: str, written: str) -> str:
    """Which of its properties: country, place, coordinates ... or name."""
    lat, lon = bool(_LAT.search(folded)), bool(_LON.search(folded))
    if _COORD.search(folded) or (lat and lon):
        return "lat" if lat and not lon else "lon" if lon and not lat else "coordinates"
    if lat or lon:
        return "lat" if lat else "lon"
    if _COUNTRY.search(folded):
        beside = " ".join(word for word in folded.split() if not _COUNTRY.search(word) and word != "van")
        return "place" if _PLACE.search(beside) else "country"
    if _ADMIN.search(folded):
        return "admin1"
    if _CODE.search(folded) or written.strip() in ("#", "N°"):
        return "code"
    return "place" if _PLACE.search(folded) else "name"


@lru_cache(maxsize=4_000)
def candidates(header: str) -> tuple[tuple[Field, float], ...]:
    """What a header can mean, the likeliest first, each from 0 to 1."""
    folded = fold(header)
    if not folded and header.strip() not in ("#", "%", "N°", "№"):
        return ()
    if len(folded) > 70:
        return ()
    if header.strip() in ("#", "N°", "№") or _ROW_NUMBER.match(folded):
        return ((F.ROW_NUMBER, 0.9),)
    if _REMARK.search(folded):
        return ((F.REMARK, 0.9),)
    subject, attribute = subject_of(folded), attribute_of(folded, header)
    found: dict[Field, float] = {}
    if attribute in ("lat", "lon", "coordinates"):
        field = _LEVELS[subject].get(attribute)
        return ((field, 0.95),) if field else ()
    if _UNIT.search(folded):
        return ((F.UNIT, 0.9),)
    if _MONEY.search(folded) and not re.search(r"\bkg\b|\bton", folded):
        return ()
    if "%" in header or _SHARE.search(folded):
        found[F.SHARE] = 0.9
    if _VOLUME.search(folded) and attribute != "country":
        found[F.VOLUME] = 0.85
    if not found:
        _level_fields(header, subject, attribute, found)
        _stone_fields(folded, subject, found)
    if _NOT_OURS.search(folded) and not subject:
        found = {field: score - 0.5 for field, score in found.items()}
    if _DATE.search(folded) and not found:
        found[F.DATE] = 0.8
    return tuple(sorted(((f, s) for f, s in found.items() if s > 0.2), key=lambda pair: -pair[1]))


def _level_fields(header: str, subject: str, attribute: str, found: dict[Field, float]) -> None:
    folded = fold(header)
    if subject and _ABOUT_LEVEL.search(folded):
        return  # "factory known?" is answered with yes or no, not with a name
    contact = _NOT_OURS.search(folded)
    if subject in ("area", "quarry") and is_quarry_with_area(header):
        found[F.QUARRY] = 0.9
    elif subject and not contact:
        field = _LEVELS[subject][attribute]
        found[field] = 0.95 if attribute == "name" or subject == "area" else 0.9
        if subject == "area" and attribute == "country":
            found[F.COUNTRY] = 0.4
    elif attribute in ("country", "admin1"):
        found[_LEVELS[""][attribute]] = 0.9
    elif _ORIGIN.search(folded):
        found[F.COUNTRY] = 0.7
        found[F.QUARRY_AREA] = 0.65
    elif _REGION.search(folded):
        found[F.QUARRY_AREA] = 0.6
        found[F.ADMIN1] = 0.55
    elif attribute == "place" and not contact:
        found[F.PLACE] = 0.7
    elif attribute == "code" and re.search(r"leveranc|suppl|fourn|lief", folded):
        found[F.SUPPLIER_CODE] = 0.8
    elif _NAME.match(folded):
        found[F.SUPPLIER] = 0.5


def _stone_fields(folded: str, subject: str, found: dict[Field, float]) -> None:
    if subject and not re.search(r"steensoort|materia", folded):
        return
    if _MATERIAL.search(folded):
        found[F.MATERIAL] = 0.8
        found[F.TRADE_NAME] = max(found.get(F.TRADE_NAME, 0), 0.45)
    if _TRADE.search(folded) and not _CODE.search(folded.replace("code commercial", "")):
        found[F.TRADE_NAME] = 0.85
        found.setdefault(F.MATERIAL, 0.3)
    if _PRODUCT.search(folded) and F.TRADE_NAME not in found and not _CODE.search(folded):
        found[F.PRODUCT_GROUP] = 0.75
        found[F.TRADE_NAME] = 0.4


def unit_in(header: str) -> str | None:
    """The unit that a header names."""
    for piece in re.findall(r"[(\[]([^)\]]*)[)\]]", header):
        unit = unit_of(piece) or next(
            (u for word in re.split(r"[\s/,]+", piece) if word and (u := unit_of(word))), None
        )
        if unit and unit != "eur":
            return unit
    for word in re.split(r"[\s/,:\-_]+", re.sub(r"[()\[\]]", " ", header)):
        unit = unit_of(word) if len(word) > 1 or word in ("t", "T") else None
        if unit and unit not in ("eur", "m") and fold(word) not in ("unit", "to", "units"):
            return unit
    folded = fold(header)
    if re.search(r"tonnage|tonnen", folded):
        return "t"
    return "kg" if re.search(r"kilogram|kilo", folded) else None


def language_of(headers: list[str]) -> str:
    """The language that most headers are in."""
    text = " | ".join(fold(header) for header in headers)
    scores = {language: len(pattern.findall(text)) for language, pattern in _LANGUAGES.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else ""


def is_attribute_only(header: str) -> bool:
    """Whether a header names only a property (name, country, place), as in the second of two header rows."""
    folded = fold(header)
    return bool(_NAME.match(folded)) or (not subject_of(folded) and attribute_of(folded, header) != "name")
