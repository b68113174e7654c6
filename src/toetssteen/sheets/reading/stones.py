# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Materials, trade names and product groups as people write them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from .folding import fold, key

_MATERIALS = {
    "granite": "graniet granit granite granito granieten graniti granitos granits gabbro larvikiet larvikite doleriet dolerite gneis "
    "gneiss gnais syeniet syenite dioriet diorite da hoa cuong",
    "basalt": "basalt basalte basalto bazalt basalten basaltsteen basaltlava lavasteen",
    "limestone": "kalksteen kalkstein limestone calcaire caliza calcario calcare kalkstenen hardsteen arduin bluestone blauwsteen "
    "blaustein travertijn travertin travertine travertino traverten dolomiet dolomite muschelkalk kireçtaşı pierrebleue blauwesteen "
    "blauwehardsteen petitgranit bluestones kalkstenen jurakalk",
    "marble": "marmer marbre marble marmor marmo marmol marmore mermer marbres marbles marmi",
    "sandstone": "zandsteen gres sandstein sandstone arenaria arenisca arenito zandstenen sandstones pietraserena kumtasi",
    "slate": "leisteen lei ardoise schiefer slate ardesia pizarra ardosia leistenen ardoises slates phyllite fylliet schist kayrak",
    "porphyry": "porfier porphyre porphyr porphyry porfido porfido",
    "quartzite": "kwartsiet quartzite quarzit quarzite cuarcita quartzito quartsite kwartziet",
    "composite": "composiet composite kwartscomposiet quartzcomposite quarzkomposit komposit engineeredstone",
    "ceramics": "keramiek keramisch ceramics ceramic ceramique keramik",
}
MATERIAL_WORDS = {
    fold(word).replace(" ", ""): material for material, words in _MATERIALS.items() for word in words.split()
}
_PHRASES = {"blue stone": "limestone", "blauwe steen": "limestone", "pierre bleue": "limestone", "blauwe hardsteen": "limestone", "petit granit": "limestone",
            "lime stone": "limestone", "sand stone": "sandstone", "grauwacke": "sandstone", "basalt lava": "basalt",
            "pietra calcarea": "limestone", "pierre calcaire": "limestone", "belgisch arduin": "limestone"}  # fmt: skip

_GROUPS = {
    "cobbles": "kassei kasseien kasseistenen kinderkopjes kinderkoppen kinderkop cobble cobbles cobblestone cobblestones sett setts pave "
    "paves pflasterstein pflastersteine kopfsteinpflaster kleinpflaster grosspflaster keien kei straatkei straatkeien adoquines cubetti portuguesecobble "
    "calcada mozaiekkeien mozaiekkei pavesdepierre",
    "kerbs": "boordsteen boordstenen trottoirband trottoirbanden band banden stoepband stoepbanden opsluitband opsluitbanden kerb kerbs "
    "kerbstone kerbstones curb curbs curbstone curbstones bordure bordures bordstein bordsteine randstein randsteine kantsteen "
    "kantstenen rabatstein randsteen randstenen edging edgings cordoli bordillo bordillos lancil guia bordsteen",
    "steps and kerbs": "trede treden traptreden traptrede trap trappen traptreed step steps stair stairs staircase staircases treads "
    "marche marches escalier escaliers stufe stufen treppe treppen treppenstufen blockstufe blockstufen bloktreden bloktrede "
    "stepsandkerbs tredenenboordstenen gradini scalini opstap traptredes",
    "monuments": "grafmonument grafmonumenten grafsteen grafstenen grafzerk grafzerken zerk zerken monument monuments monumenten "
    "gedenksteen gedenktekens gedenkteken gedenkstenen tombstone tombstones gravestone gravestones gravemonument gravemonuments headstone headstones "
    "memorial memorials funeraire monumentfuneraire monumentsfuneraires pierretombale pierrestombales grabstein grabsteine grabmal grabmale grabmaler "
    "grabdenkmal grabanlagen funerary grafbedekking grafbedekkingen grafkunst funerair tombale tombe tombes stele steles urnengraf "
    "funeraires cemetery begraafplaats grafwerk",
    "worktops": "keukenblad keukenbladen werkblad werkbladen aanrechtblad aanrechtbladen aanrecht keuken keukens worktop worktops "
    "countertop countertops kitchen kitchens kitchentop kitchentops plandetravail plansdetravail plantravail plandecuisine arbeitsplatte arbeitsplatten "
    "kuechenarbeitsplatte kuchenarbeitsplatte kuchenarbeitsplatten kuechenplatten kuchenplatten kitchenworktop kitchenworktops "
    "worktopslabs vanity vanitytops badkamerblad wastafelblad cuisine kuche kueche benchtop benchtops",
    "tiles": "tegel tegels vloertegel vloertegels wandtegel wandtegels binnenvloer binnenvloeren vloer vloeren binnentegel binnentegels "
    "tile tiles floortile floortiles walltiles flooring floor floors carrelage carrelages carreau carreaux fliese fliesen bodenfliesen "
    "wandfliesen piastrelle pavimento azulejo plavuis plavuizen vloerbedekking interieur interior solinterieur dallageinterieur innenboden "
    "natuursteenvloer vloerplaten badkamertegels",
    "cladding": "gevelbekleding wandbekleding bekleding cladding wallcladding bardage parement parements verkleidung wandverkleidung "
    "wandverblender verblender steenstrips stonestrips stripstone revetement revetementmural wallcovering muurbekleding rivestimento",
    "facades": "gevelplaat gevelplaten gevelpanelen gevelpaneel gevelelementen gevelelement facade facades fassade fassaden fassadenplatten "
    "facadepanel facadepanels facadepanelen facadeplaten fachada fachadas facciata gevelwerk gevelsteen gevels "
    "fassadenbekleidung facadecladding",
    "paving": "terras terrassen terrastegel terrastegels terrasse terrasses terrace terraces bestrating bestratingen bestratingstegel "
    "bestratingstegels straatwerk plaveisel paving pavings pavingslab pavingslabs pavement pavers paver flagstone flagstones flags patio "
    "dalle dalles dallage dallages terrassenplatte terrassenplatten bodenplatte bodenplatten gehwegplatten bodenbelag buitentegel "
    "buitentegels tuintegel tuintegels tuin buitenvloer buitenbestrating plaveien flagstonesterras stapstenen stapsteen openbareruimte "
    "outdoor outdoortiles gardenpaving platten pflaster gehweg pavage tuinpad oprit trottoir trottoirs stoep stoeptegels stoeptegel exterieur "
    "losa losas pavimentazione",
}
GROUP_WORDS = {fold(word).replace(" ", ""): group for group, words in _GROUPS.items() for word in words.split()}
_PACK_IDS = {"paving slab": "paving", "grave monument": "monuments", "cobble": "cobbles", "kerb": "kerbs", "worktop": "worktops",
             "tile": "tiles", "facade": "facades", "facade panel": "facades", "steps and kerbs": "steps and kerbs"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TradeName:
    """A name in the trade and the material it stands for (None when only the name is known)."""

    name: str
    material: str | None
    sure: bool = True


@lru_cache(maxsize=20_000)
def read_material(text: str) -> str | None:
    """The material that a text names as a kind of stone."""
    folded = fold(text)
    for phrase, material in _PHRASES.items():
        if phrase in folded:
            return material
    words = folded.split()
    for word in words:
        if word in MATERIAL_WORDS:
            return MATERIAL_WORDS[word]
    joined = folded.replace(" ", "")
    if joined in MATERIAL_WORDS:
        return MATERIAL_WORDS[joined]
    for word in words:
        for known, material in _LONG_WORDS:
            if word.endswith(known) or word.startswith(known):
                return material
    for word in words:
        if len(word) >= 5:
            near = process.extractOne(word, _FUZZY_WORDS, scorer=fuzz.ratio, score_cutoff=85)
            if near:
                return MATERIAL_WORDS[near[0]]
    return None


_LONG_WORDS = [(word, material) for word, material in MATERIAL_WORDS.items() if len(word) >= 6]
_FUZZY_WORDS = [word for word in MATERIAL_WORDS if len(word) >= 5]


def is_only_material(text: str) -> bool:
    """Whether a text says the material and next to nothing more."""
    words = [word for word in fold(text).split() if not word.isdigit()]
    left = [word for word in words if word not in MATERIAL_WORDS and word not in _BESIDE]
    return bool(words) and not left and read_material(text) is not None


_BESIDE = frozenset(
    [
        "steen",
        "stone",
        "pierre",
        "stein",
        "natuursteen",
        "natural",
        "naturelle",
        "natur",
        "blauwe",
        "bleue",
        "blue",
        "petit",
        "hard",
        "stones",
        "en",
        "and",
    ]
)


class TradeNames:
    """The list of trade names of a pack with the names that were added."""

    def __init__(self, entries: Mapping[str, TradeName]) -> None:
        self.exact = dict(entries)
        self.long = sorted((name for name in entries if len(name) >= 4), key=lambda name: -len(name))
        self.fuzzy = [name for name in self.long if len(name) >= 6]
        self.joined = {name.replace(" ", ""): name for name in self.long}
        self.cache: dict[str, TradeName | None] = {}

    def find(self, text: str) -> TradeName | None:
        """The known trade name in a text."""
        if text not in self.cache:
            self.cache[text] = self._find(fold(text))
        return self.cache[text]

    def _find(self, folded: str) -> TradeName | None:
        if not folded:
            return None
        if folded in self.exact:
            return self.exact[folded]
        bare = " ".join(word for word in folded.split() if not _SIZE.fullmatch(word))
        if bare in self.exact:
            return self.exact[bare]
        padded = f" {bare} "
        for name in self.long:
            if f" {name} " in padded:
                return self.exact[name]
        stripped = " ".join(word for word in bare.split() if word not in MATERIAL_WORDS and word not in GROUP_WORDS)
        if stripped and stripped in self.exact:
            return self.exact[stripped]
        joined = self.joined.get(bare.replace(" ", ""))
        if joined:
            return self.exact[joined]
        for candidate in (bare, stripped):
            if len(candidate) >= 6:
                near = process.extractOne(candidate, self.fuzzy, scorer=fuzz.ratio, score_cutoff=88)
                if near:
                    return self.exact[near[0]]
        return None


_SIZE = re.compile(r"\d+(?:x\d+)*(?:cm|mm|m2)?|cm|mm")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_lists: dict[tuple[tuple[str, str], ...], TradeNames] = {}


def trade_names(extra: Mapping[str, str] | None = None) -> TradeNames:
    """The pack's list with extra names (any spelling) and their material."""
    cached = tuple(sorted((extra or {}).items()))
    if cached not in _lists:
        entries = dict(_packed())
        for name, material in cached:
            entries[fold(name)] = TradeName(name, material)
        if len(_lists) > 8:
            _lists.clear()
        _lists[cached] = TradeNames(entries)
    return _lists[cached]


@lru_cache(maxsize=1)
def _packed() -> dict[str, TradeName]:
    packs = Path(os.environ.get("TOETSSTEEN_PACKS") or Path(__file__).parents[4] / "packs")
    entries: dict[str, TradeName] = {}
    for path in sorted(packs.glob("*/trade_names.yaml")):
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        for item in (content or {}).get("trade_names", []):
            entry = TradeName(item["name"], item.get("material"))
            for name in [item["name"], *item.get("others", [])]:
                entries.setdefault(fold(name), entry)
    return entries


def plain_trade_name(text: str) -> str:
    """A trade name that is not on the list, without the material, product or size around it."""
    words = text.replace("\n", " ").split()
    kept = [word for word in words if key(word) not in MATERIAL_WORDS and key(word) not in GROUP_WORDS]
    kept = [word for word in kept if not re.fullmatch(r"\d+([.,]\d+)?(x\d+)*(cm|mm)", word.lower())]
    return " ".join(kept).strip(" -,;:/") or text.strip()


@lru_cache(maxsize=20_000)
def read_group(text: str, material: str | None = None) -> str | None:
    """The product group that a text names; `gevel` alone is cladding for slate and a facade for other stone."""
    folded = fold(text)
    if folded in _PACK_IDS:
        return _PACK_IDS[folded]
    joined = folded.replace(" ", "")
    if joined in GROUP_WORDS:
        return GROUP_WORDS[joined]
    if joined in ("gevel", "gevelsteen", "gevels", "facade", "mur", "wand", "muur", "wall") and joined in (
        "gevel",
        "gevels",
    ):
        return "cladding" if material == "slate" else "facades"
    words = folded.split()
    pairs = ["".join(words[i : i + n]) for n in (3, 2) for i in range(len(words) - n + 1)]
    for word in [*pairs, *words]:
        if word in GROUP_WORDS:
            return GROUP_WORDS[word]
        if word == "gevel":
            return "cladding" if material == "slate" else "facades"
    for word in words:
        for known, group in _LONG_GROUPS:
            if word.startswith(known) or word.endswith(known):
                return group
    for word in words:
        if len(word) >= 6:
            near = process.extractOne(word, _FUZZY_GROUPS, scorer=fuzz.ratio, score_cutoff=86)
            if near:
                return GROUP_WORDS[near[0]]
    return None


_LONG_GROUPS = sorted(
    ((word, group) for word, group in GROUP_WORDS.items() if len(word) >= 6), key=lambda pair: -len(pair[0])
)
_FUZZY_GROUPS = [word for word in GROUP_WORDS if len(word) >= 6]
