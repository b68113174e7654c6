# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Cells that are no name but an answer: unknown, refused, not applicable, the same as above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .folding import fold


class Answer(StrEnum):
    """What a cell says instead of a name."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"
    REFUSED_INFERRED = "refused_inferred"
    DITTO = "ditto"  # the cell above
    SAME_AS_SUPPLIER = "same_as_supplier"
    SAME_AS_FACTORY = "same_as_factory"
    SAME_AS_QUARRY = "same_as_quarry"
    ON_SITE = "on_site"
    DIRECT = "direct"
    OWN = "own"


_UNKNOWN = frozenset(
    fold(word)
    for word in """
    onbekend|onb|onbek|niet bekend|nog niet bekend|nog onbekend|nb|n b|nog niet gevraagd|niet gevraagd|weet ik niet|weet niet|
    weten we niet|weten wij niet|geen idee|geen info|geen informatie|geen gegevens|geen opgave|niet opgegeven|niet ingevuld|leeg|
    navragen|nog navragen|nog na te vragen|nog uit te zoeken|uitzoeken|wordt nagevraagd|wordt uitgezocht|opvragen|nog opvragen|
    nog op te vragen|opgevraagd|gevraagd|in aanvraag|aangevraagd|volgt|volgt nog|nader te bepalen|nog te bepalen|n t b|ntb|
    in onderzoek|nog in te vullen|invullen|niet gekend|ongekend|onduidelijk|niet duidelijk|niet te achterhalen|niet achterhaald|
    unknown|unk|unkn|not known|not yet known|not known yet|no info|no information|no data|not available|not provided|not given|
    not stated|to be determined|to be confirmed|to be checked|to be completed|to be advised|to follow|tbd|tbc|tba|t b d|t b c|t b a|
    asked|requested|pending|in progress|not asked|not asked yet|not yet asked|dont know|do not know|we dont know|no idea|unclear|
    not specified|unspecified|none given|undisclosed yet|missing|none|geen|nil|null|nan|aucun|keine|
    inconnu|inconnue|inconnus|inconnues|pas connu|pas connue|non connu|non connue|non communique|non communiquee|pas communique|
    non precise|non precisee|non renseigne|non renseignee|non disponible|nd|n d|nc|n c|a determiner|a preciser|a completer|
    a verifier|a demander|demande en cours|demande|en attente|ne sait pas|ne sais pas|je ne sais pas|on ne sait pas|sans reponse encore|
    pas encore connu|pas d information|pas d info|ignore|
    unbekannt|nicht bekannt|noch nicht bekannt|noch unbekannt|unbek|keine angabe|keine angaben|k a|ka|keine information|keine info|
    keine daten|weiss nicht|wissen wir nicht|noch zu klaeren|zu klaeren|wird geklaert|wird nachgereicht|folgt|noch offen|offen|
    angefragt|in klaerung|nicht angegeben|ohne angabe|o a|noch nicht gefragt|
    sconosciuto|sconosciuta|non noto|non nota|desconocido|desconocida|desconhecido|desconhecida|bilinmiyor|khong ro|khong biet|
    x|xx|xxx|xxxx
    """.replace("\n", "").split("|")
)
_NOT_APPLICABLE = frozenset(
    fold(word)
    for word in """nvt|n v t|niet van toepassing|n/a|not applicable|does not apply|na|n.a.|so|s o|sans objet|non applicable|
    ne s applique pas|entfaellt|entfallt|nicht zutreffend|nicht anwendbar|trifft nicht zu|nz|n z|n vt|nvt.""".replace(
        "\n", ""
    ).split("|")
)
_REFUSED = re.compile(
    r"^(?:refus|refuse|refused|refuses|refusee|refuses|geweigerd|weigert|weigering|weigerde|verweigert|verweigerung|abgelehnt|declined|"
    r"declines|denied|afgewezen|rifiutato|rifiuta|negado|recusado|reddedildi|tu choi)$|"
    r"\bgeweigerd\b|\bweigert\b|\bweigerde\b|\brefused\b|\brefuses?\b.{0,30}\b(?:to|de|d|share|tell|say|disclose|name|give)\b|"
    r"\bdeclined to\b|\bdeclines to\b|\bverweigert\b|\bverweigerte\b|\ba refuse\b|\brefuse de\b|\bdemande refus|\basked refus|\bgevraagd geweiger|"
    r"\bangefragt (?:abgelehnt|verweigert)|\basked and (?:refused|declined)|"
    r"\bwil(?:len|de|den)?\b.{0,40}\bniet\b.{0,25}\b(?:zeggen|delen|noemen|geven|vertellen|kwijt|meedelen|opgeven|vrijgeven|prijsgeven|doorgeven|melden)\b|"
    r"\bwil(?:len)?\b.{0,25}\bniet$|"
    r"\b(?:wilt|mag|zegt|noemt|geeft|deelt)\b.{0,20}\bniet\b(?:.{0,20}\b(?:zeggen|delen|noemen|vrij|prijs|geven)\b)?|"
    r"\bniet (?:prijsgeven|vrijgeven|willen zeggen|willen delen|prijsgegeven|vrijgegeven)\b|\bgeen medewerking\b|\bantwoord nee\b|"
    r"\b(?:will not|wont|does not want|doesnt want|do not want|unwilling|not willing|would not|wouldnt|cannot disclose|did not want)\b"
    r".{0,30}\b(?:say|tell|share|disclose|name|reveal|give|provide|inform|answer)?|"
    r"\bne (?:veut|veulent|souhaite|souhaitent) pas\b|\bveut pas\b|\brefus d[eu]?\b|\brefus du fournisseur\b|\bnon divulgue|"
    r"\b(?:will|wollen|mochte|moechte|mochten)\b.{0,30}\bnicht\b.{0,20}\b(?:sagen|nennen|mitteilen|angeben|preisgeben|teilen|verraten)\b|"
    r"\bnicht (?:nennen|mitteilen|preisgeben|preisgegeben)\b|\bno quiere\b|\bnon vuole\b"
)
_INFERRED = re.compile(
    r"^(?:geheim|vertrouwelijk|bedrijfsgeheim|bedrijfsvertrouwelijk|fabrieksgeheim|confidential|strictly confidential|secret|trade secret|"
    r"business secret|confidentiel|confidentielle|secret commercial|secret d affaires|vertraulich|streng vertraulich|"
    r"geschaftsgeheimnis|geschaeftsgeheimnis|betriebsgeheimnis|riservato|confidencial|concurrentiegevoelig|commercieel gevoelig|"
    r"commercially sensitive|niet openbaar|not disclosed|undisclosed|non public|wordt niet gedeeld|private|prive)$|"
    r"\b(?:is|blijft|vertrouwelijk|zegt) ?(?:bedrijfs)?geheim\b|\bleverancier.{0,20}\b(?:geheim|vertrouwelijk)\b|"
    r"\bgeen (?:antwoord|reactie|respons|gehoor)\b|\bniet geantwoord\b|\breageert niet\b|\bantwoordt niet\b|\bgeeft geen antwoord\b|"
    r"\bno (?:answer|reply|response|reaction|feedback)\b|\bnot answered\b|\bdid not (?:answer|reply|respond)\b|\bdoes not (?:answer|reply|respond)\b|"
    r"\bunanswered\b|\bpas de reponse\b|\bsans reponse\b|\bn a pas repondu\b|\bne repond pas\b|\bkeine (?:antwort|ruckmeldung|rueckmeldung|auskunft|reaktion)\b|"
    r"\bantwortet nicht\b|\bnicht geantwortet\b|\bsin respuesta\b|\bnessuna risposta\b"
)
_STILL_WAITING = re.compile(
    r"\bnog geen (?:antwoord|reactie|info)|\bno (?:answer|reply|response) yet\b|\bnot (?:answered|replied) yet\b|\bnoch keine? (?:antwort|ruckmeldung)|"
    r"\bpas encore (?:de|recu|repondu)\b"
)
_UNKNOWN_PHRASE = re.compile(
    r"^(?:nog )?(?:niet|onbekend|unknown|not|non|pas|nicht)\b.{0,12}\b(?:bekend|known|connue?|bekannt|doorgekregen|ontvangen|received|recue?)\b|"
    r"\b(?:weet|weten)\b.{0,30}\bniet\b|\b(?:onbekend|unknown|inconnue?|unbekannt)\b (?:bij|to|for|a|aupres|beim|volgens|according|leverancier|supplier|via|groeve|fabriek|quarry|factory)|"
    r"^(?:leverancier|supplier|fournisseur|groeve|quarry|fabriek|factory)? ?(?:is )?(?:nog )?(?:onbekend|unknown|inconnue?|unbekannt)$|"
    r"\bwordt (?:nog )?(?:nagevraagd|uitgezocht|opgevraagd|onderzocht|gevraagd)\b|\bnog (?:na|op|uit) te (?:vragen|zoeken)\b|"
    r"^(?:nog )?(?:gevraagd|angefragt|asked|demande)\b.{0,25}\b(?:wacht|waiting|pending|attente|wartet|warten|loopt|op)\b|"
    r"\b(?:to be|still to be|needs to be) (?:asked|checked|confirmed|determined|verified|completed|requested)\b|"
    r"\bwaiting for\b|\bwacht(?:en)? op\b|\bin afwachting\b|\bnog geen (?:antwoord|info|informatie|gegevens)\b.{0,3}\bontvangen\b|"
    r"\bkan (?:ik|wij|we|men) niet\b|\bkunnen (?:we|wij) niet\b"
)
_DITTO_SIGNS = frozenset(
    [
        '"',
        "''",
        "″",
        "〃",
        "”",
        "“",
        "„",
        ",,",
        "''",
        "´´",
        "‟",
        '""',
        '- " -',
        '-"-',
        "-''-",
        "↑",
        "^",
        '"""',
        "\u3003",
        "“”",
        "''",
        "||",
        "= ",
        "id",
        "do",
    ]
)
_DITTO = frozenset(
    fold(word)
    for word in """idem|id|dito|ditto|zelfde|hetzelfde|dezelfde|same|the same|same as above|as above|see above|zie boven|zie hierboven|
    zie vorige|zelfde als boven|zelfde als hierboven|als boven|als hierboven|idem als boven|idem hierboven|idem boven|meme|le meme|la meme|memes|
    idem ci dessus|voir ci dessus|ci dessus|comme ci dessus|meme que ci dessus|gleich|gleiche|derselbe|dieselbe|dasselbe|wie oben|siehe oben|
    desgl|desgleichen|ebenso|ebd|ebenda|do|dto|id em|idem dito|zelfde leverancier|same supplier|meme fournisseur|gleicher lieferant|
    zelfde fabriek|same factory|same plant|meme usine|zelfde groeve|same quarry|meme carriere|zelfde gebied|same area|same region|
    als vorige|vorige|als voorgaande|same as previous|previous|stesso|igual|lo stesso|aynı|nt|ibid|ibidem""".replace(
        "\n", ""
    ).split("|")
)
_SAME = r"(?:idem|zelfde|hetzelfde|dezelfde|same|ditto|dito|gelijk|gelijk aan|meme|identique|gleich|wie|als|zie|see|voir|siehe|equal to|is|id)"
_LINK = r"(?:\b(?: als| aan| as| the| de| het| que| le| la| l| a| au| der| die| dem| den| mit| bij| to| du| zu| wie)*)"
_SAME_SUPPLIER = re.compile(
    rf"^{_SAME}{_LINK} (?:exporteur|leverancier|supplier|fournisseur|lieferant|exporter|exportateur|vendor|seller|trader|handelaar|importeur)$|"
    r"^(?:de )?(?:leverancier|exporteur|supplier|exporter) (?:zelf|itself)$|^(?:leverancier|supplier) (?:is|=) (?:fabriek|factory)$|"
    r"^(?:le )?fournisseur (?:meme|lui meme)$|^lieferant selbst$"
)
_SAME_FACTORY = re.compile(
    rf"^{_SAME}{_LINK} (?:fabriek|factory|usine|fabrik|werk|plant|producent|producer|processor|verwerker|fabrikant|atelier|hersteller)$|"
    r"^(?:de )?(?:fabriek|factory) (?:zelf|itself)$"
)
_SAME_QUARRY = re.compile(rf"^{_SAME}{_LINK} (?:groeve|steengroeve|quarry|carriere|steinbruch|mine|mijn)$")
_ON_SITE = re.compile(
    r"^(?:sur place|sur site|ter plaatse|ter plekke|on site|onsite|on the spot|vor ort|in loco|bij de groeve|aan de groeve|at the quarry|at quarry|"
    r"a la carriere|im steinbruch|am steinbruch|lokaal|op locatie)$"
)
_DIRECT = re.compile(
    r"^(?:(?:wij )?(?:direct|rechtstreeks|rechtstreekse|directe|direkt|directement|direto|diretto|directly)"
    r"(?: (?:import|inkoop|aankoop|levering|purchase|achat|einkauf|bezug|geimporteerd|gekocht|ingekocht|bought|purchased|import|achete|supply))?"
    r"(?: (?:van|bij|from|at|von|vom|beim|aupres|chez|de|a|uit|via|at)(?: (?:de|the|het|la|l|der|dem|du))?"
    r"(?: (?:fabriek|groeve|factory|quarry|producent|producer|usine|carriere|fabrik|werk|steinbruch|hersteller|fabrikant|plant|mill|producteur))?)?|"
    r"direktimport|direkteinkauf|direktbezug|eigen import|own import|achat direct|import direct|fabriek direct|factory direct|ex works factory|"
    r"geen tussenhandel|no intermediary|sans intermediaire|eigene einfuhr)$"
)
_OWN = re.compile(
    r"^(?:wij zelf|wijzelf|zelf|zelf bewerkt|zelf verwerkt|bewerken wij zelf|in eigen beheer|in eigen huis|in huis|eigen|inhouse|in house|"
    r"ourselves|we do it ourselves|by ourselves|nous memes|chez nous|en interne|wir selbst|selbst|intern|bij ons|"
    r"(?:in |op |door |our |dans |in der )?(?:eigen|onze|our|our own|own|notre|notre propre|propre|eigene|eigener|unsere|unser|eigenem|eigenes)"
    r" (?:\w+ ){0,2}?(?:werkplaats|atelier|zagerij|bedrijf|fabriek|steenhouwerij|productie|verwerking|bewerking|loods|machines|workshop|"
    r"factory|plant|sawmill|processing|production|facility|yard|company|usine|transformation|production|scierie|werkstatt|betrieb|fertigung|"
    r"produktion|verarbeitung|saegewerk|fabrik|werk)(?: .{0,40})?|(?:atelier|usine|scierie) propre|eigenproduktion|eigenfertigung|"
    r"zagen (?:wij|we) zelf|(?:bewerking|verwerking|gezaagd) in eigen (?:bedrijf|huis|werkplaats|atelier|beheer|zagerij))$"
)
_MARKS = frozenset(
    [
        "?",
        "??",
        "???",
        "????",
        "-",
        "--",
        "---",
        "–",
        "—",
        "/",
        "//",
        ".",
        "..",
        "...",
        "…",
        "*",
        "**",
        "x",
        "X",
        "_",
        "__",
        ":",
        ";",
    ]
)


@lru_cache(maxsize=40_000)
def read_answer(text: str) -> Answer | None:
    """What a cell says when it names nothing; None when it names something."""
    bare = text.strip()
    if not bare:
        return None
    if bare in _DITTO_SIGNS or bare.lower().rstrip(".") in _DITTO_SIGNS:
        return Answer.DITTO
    if bare in _MARKS or not any(c.isalnum() for c in bare):
        return Answer.UNKNOWN
    if len(bare) > 140:
        return None
    folded = fold(re.sub(r"[?!]+$", "", bare.replace("=", " = ").replace("=", "is")))
    if _STILL_WAITING.search(folded):
        return Answer.UNKNOWN
    for words, answer in ((_UNKNOWN, Answer.UNKNOWN), (_NOT_APPLICABLE, Answer.NOT_APPLICABLE), (_DITTO, Answer.DITTO)):
        if folded in words:
            return answer
    for pattern, answer in _PATTERNS:
        if pattern.search(folded):
            return answer
    first = fold(re.split(r"\s+[-–]\s+|[,;:(]", bare)[0])
    if first != folded and len(folded.split()) <= 12 and len(first) >= 4:
        if first in _UNKNOWN and first not in ("geen", "none", "offen", "folgt", "volgt"):
            return Answer.UNKNOWN
        if _REFUSED.fullmatch(first):
            return Answer.REFUSED
    without = re.sub(r"\s*\([^)]*\)\s*", " ", bare).strip()
    if without and without != bare:
        return (
            read_answer(without)
            if fold(without) in _UNKNOWN | _NOT_APPLICABLE or _REFUSED.fullmatch(fold(without))
            else None
        )
    return None


_PATTERNS = (
    (_SAME_SUPPLIER, Answer.SAME_AS_SUPPLIER),
    (_SAME_FACTORY, Answer.SAME_AS_FACTORY),
    (_SAME_QUARRY, Answer.SAME_AS_QUARRY),
    (_ON_SITE, Answer.ON_SITE),
    (_DIRECT, Answer.DIRECT),
    (_OWN, Answer.OWN),
    (_REFUSED, Answer.REFUSED),
    (_INFERRED, Answer.REFUSED_INFERRED),
    (_UNKNOWN_PHRASE, Answer.UNKNOWN),
)
_UNCERTAIN_AFTER = re.compile(
    r"(?:\s*\(\s*\?+\s*\)|\s*\?+|\s*[,;(\-–]?\s*\(?(?:waarschijnlijk|vermoedelijk|verm\.|wsch\.?|mogelijk|misschien|onzeker|niet zeker|denk ik|"
    r"denken we|dacht ik|probably|presumably|possibly|perhaps|maybe|i think|we think|uncertain|not sure|unsure|to be confirmed|tbc|nog te bevestigen|"
    r"nog bevestigen|te bevestigen|te controleren|probablement|peut-[êe]tre|sans doute|pas s[ûu]r|incertain|[àa] confirmer|[àa] v[ée]rifier|"
    r"vermutlich|wahrscheinlich|m[öo]glicherweise|vielleicht|unsicher|nicht sicher|noch zu best[äa]tigen)\s*\??\)?)\s*$",
    re.IGNORECASE,
)
_UNCERTAIN_BEFORE = re.compile(
    r"^\s*(?:waarschijnlijk|vermoedelijk|verm\.|wsch\.?|mogelijk|misschien|probably|presumably|possibly|perhaps|maybe|likely|most likely|"
    r"probablement|peut-[êe]tre|sans doute|vermutlich|wahrscheinlich|m[öo]glicherweise|vielleicht|vm\.?\s|\?+\s)\s*[:,]?\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sure:
    """A name without the words of doubt around it."""

    text: str
    certain: bool


@lru_cache(maxsize=40_000)
def without_doubt(text: str) -> Sure:
    """Take words of doubt away from a name."""
    rest, certain = text, True
    match = _UNCERTAIN_BEFORE.match(rest)
    if match:
        rest, certain = rest[match.end() :], False
    match = _UNCERTAIN_AFTER.search(rest)
    if match and match.start() > 0:
        rest, certain = rest[: match.start()], False
    return Sure(rest.strip(" ,;") or text, certain)
