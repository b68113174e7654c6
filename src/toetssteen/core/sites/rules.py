"""The rules of decision over what was compared: same, ask a person, or different, with the reasons.

A different unit, plot, pit, survey or road number is never automatic; an equal registry number is strongest; distance
counts both ways; a name that another firm could have needs a number or an address beside it.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from .cleaning import Cleaned
from .comparison import Agreement, Levels, NameFit
from .context import Context
from .decisions import Reason, Verdict
from .distances import FAR_KM, NEAR_KM, TOWN_KM
from .numbers import Fit, fit
from .words import GENERIC_TRADE

SAME, ASK, DIFFERENT = Verdict.SAME, Verdict.ASK, Verdict.DIFFERENT
SAME_HOUSE = 60  # of 100: how far two names in one house must agree to be worth a question


def decide(
    one: Cleaned, other: Cleaned, found: Levels, context: Context, explain_different: bool = True
) -> tuple[Verdict, list[Reason]]:
    """The verdict of the rules and why; long lists do without the reasons why two mentions are different."""
    more: list[Reason] = []
    verdict = _verdict(one, other, found, context, more)
    if verdict == DIFFERENT and not explain_different:
        return verdict, []
    return verdict, [*_reasons(one, other, found), *more]


def surely_different(one: Cleaned, other: Cleaned, names: tuple[NameFit, bool]) -> bool:
    """Whether names or numbers alone make two mentions different, so that a long list compares nothing else.

    It never says more than the rules: another name, another unit, or another pit or survey number, without an equal
    number beside it.
    """
    first, second = one.numbers, other.numbers
    if one.registry & other.registry or (one.country and other.country and one.country != other.country):
        return False
    if names == (NameFit.OTHER, False):
        return bool(fuzz.ratio(one.name.joined, other.name.joined) < SAME_HOUSE)
    plots = fit(first.plots, second.plots)
    if plots not in (Fit.MISSING, Fit.HALF):
        return False
    if fit(first.units, second.units) == Fit.CONFLICT:
        return fit(first.surveys, second.surveys) != Fit.AGREE and fit(first.pits, second.pits) != Fit.AGREE
    if fit(first.units, second.units) == Fit.AGREE:
        return False
    if first.surveys and second.surveys:
        return fit(first.surveys, second.surveys) == Fit.CONFLICT
    return not first.surveys and not second.surveys and fit(first.pits, second.pits) == Fit.CONFLICT


def _verdict(one: Cleaned, other: Cleaned, found: Levels, context: Context, reasons: list[Reason]) -> Verdict:
    conflict = _number_conflict(found)
    far = found.distance_km is not None and found.distance_km > FAR_KM
    if found.registry == Agreement.AGREE:
        return ASK if conflict or _unit_open(found) or found.country == Agreement.CONFLICT or far else SAME
    if found.name <= NameFit.ALIKE:
        return _other_names(found, conflict, far)
    if found.country == Agreement.CONFLICT:
        strong = found.name >= NameFit.CLOSE and found.street >= Agreement.AGREE and found.plots != Fit.CONFLICT
        return ASK if strong else DIFFERENT
    if found.family == Agreement.CONFLICT:
        near = found.plots == Fit.AGREE or found.place == Agreement.AGREE
        return (
            ASK
            if found.name >= NameFit.CLOSE and near and not conflict and found.firm != Agreement.CONFLICT
            else DIFFERENT
        )
    if conflict:
        return _other_numbers(found)
    if _other_firm(one, other, found):
        return _other_firms(one, other, found)
    if found.registry == Agreement.CONFLICT:
        return ASK if found.name >= NameFit.CLOSE else DIFFERENT
    if found.name in (NameFit.PART, NameFit.ORDER, NameFit.SOUND):
        return _weak_names(found, far)
    return _strong_names(one, other, found, context, far, reasons)


def _number_conflict(found: Levels) -> bool:
    return Fit.CONFLICT in (found.units, found.sites, found.plots, found.roads)


def _unit_open(found: Levels) -> bool:
    """One names a unit, the other none."""
    return found.units == Fit.HALF or Fit.NEAR in (found.units, found.sites, found.plots)


def _backed(found: Levels) -> bool:
    """The address confirms: an equal number and no contradiction in the street."""
    number = Fit.AGREE in (found.plots, found.sites)
    return number and found.street != Agreement.CONFLICT and found.place != Agreement.CONFLICT


def _other_names(found: Levels, conflict: bool, far: bool) -> Verdict:
    """Names differ: only a name that the ear could not compare, at one address, is worth a question."""
    if conflict or far or found.family == Agreement.CONFLICT or found.country == Agreement.CONFLICT:
        return DIFFERENT
    address = found.street == Agreement.AGREE and found.plots == Fit.AGREE
    if found.cross_script and (address or (found.distance_km is not None and found.distance_km < NEAR_KM)):
        return ASK
    if (
        found.name_ratio >= SAME_HOUSE
        and address
        and found.firm == Agreement.AGREE
        and found.legal != Agreement.CONFLICT
    ):
        return ASK
    if found.name == NameFit.ALIKE and found.sites == Fit.AGREE and found.firm != Agreement.CONFLICT:
        return ASK
    return ASK if found.name == NameFit.ALIKE and address and found.firm != Agreement.CONFLICT else DIFFERENT


def _other_numbers(found: Levels) -> Verdict:
    """Another number: two sites, or a question where the number itself is doubtful."""
    if found.street == Agreement.CONFLICT and Fit.CONFLICT in (found.plots, found.units):
        return ASK if found.place == Agreement.AGREE and found.units == Fit.MISSING else DIFFERENT
    told = [fit for fit in (found.units, found.sites, found.plots) if fit != Fit.MISSING]
    agreed = Fit.AGREE in told
    if found.sites == Fit.CONFLICT or found.units == Fit.CONFLICT:
        return ASK if agreed and found.name >= NameFit.CLOSE else DIFFERENT
    if found.roads == Fit.CONFLICT and found.plots != Fit.CONFLICT:
        return ASK if found.name >= NameFit.PART else DIFFERENT
    if found.name >= NameFit.CLOSE and found.street <= Agreement.OPEN and found.firm != Agreement.CONFLICT:
        return ASK
    return DIFFERENT


def _other_firm(one: Cleaned, other: Cleaned, found: Levels) -> bool:
    """The words of trade or the legal form say that it is another firm of the same name."""
    if found.cross_script and found.firm == Agreement.CONFLICT:
        return False
    return Agreement.CONFLICT in (found.firm, found.legal)


def _other_firms(one: Cleaned, other: Cleaned, found: Levels) -> Verdict:
    if _backed(found) and found.street == Agreement.AGREE and found.name >= NameFit.ORDER:
        return ASK
    bare = any(
        not side.name.legal and not side.has_address and side.name.firm <= GENERIC_TRADE for side in (one, other)
    )
    if found.firm == Agreement.CONFLICT and bare and found.name >= NameFit.CLOSE and found.place != Agreement.CONFLICT:
        return ASK
    return DIFFERENT


def _weak_names(found: Levels, far: bool) -> Verdict:
    """Names that agree in part, in another order or in sound."""
    if far:
        return DIFFERENT
    if _backed(found) or (found.plots == Fit.NEAR and found.street == Agreement.AGREE):
        return ASK
    if found.street == Agreement.AGREE or (found.distance_km is not None and found.distance_km < NEAR_KM):
        return ASK
    if found.name == NameFit.ORDER:
        return DIFFERENT
    if found.plots == Fit.MISSING or found.plots == Fit.HALF:
        return ASK if found.place == Agreement.AGREE else DIFFERENT
    return DIFFERENT


def _strong_names(
    one: Cleaned, other: Cleaned, found: Levels, context: Context, far: bool, reasons: list[Reason]
) -> Verdict:
    """Equal names, or equal but for a slip, and nothing that contradicts."""
    if far:
        return ASK if found.name == NameFit.EQUAL and found.place == Agreement.AGREE else DIFFERENT
    if found.place == Agreement.CONFLICT and found.street != Agreement.AGREE and found.plots != Fit.AGREE:
        near = found.distance_km is not None and found.distance_km <= TOWN_KM
        return (
            ASK
            if near or found.postcode >= Agreement.PARTLY or not (one.has_address and other.has_address)
            else DIFFERENT
        )
    if _unit_open(found):
        return ASK
    if _backed(found):
        sure = found.name == NameFit.EQUAL or found.street == Agreement.AGREE or found.sites == Fit.AGREE
        return SAME if (sure and not found.cross_script) or found.street == Agreement.AGREE else ASK
    several = context.has_several(one) or context.has_several(other)
    if several and found.units != Fit.AGREE:
        reasons.append(Reason("several_units"))
        return ASK
    if _same_words(found):
        return SAME
    quarry = "quarry" in (one.family, other.family)
    placed = Agreement.AGREE in (found.place, found.street) or (
        found.distance_km is not None and found.distance_km <= TOWN_KM
    )
    told = found.firm == Agreement.AGREE or (found.firm == Agreement.OPEN and found.legal == Agreement.AGREE)
    if found.name == NameFit.EQUAL and placed and told and not quarry and not found.cross_script:
        return SAME
    return ASK


def _same_words(found: Levels) -> bool:
    """An equal name at an address that is told in equal words without any number."""
    numberless = found.plots == found.sites == Fit.MISSING
    equal = found.name == NameFit.EQUAL and found.street == Agreement.AGREE and not found.cross_script
    return numberless and equal and found.firm >= Agreement.OPEN


def _reasons(one: Cleaned, other: Cleaned, found: Levels) -> list[Reason]:
    """What agrees and what does not, weightiest first."""
    said: list[Reason] = []
    if found.registry == Agreement.AGREE:
        said.append(Reason("registry_equal", tuple(sorted(one.registry & other.registry))))
    if found.registry == Agreement.CONFLICT:
        said.append(Reason("registry_other", (_list(one.registry), _list(other.registry))))
    if found.country == Agreement.CONFLICT:
        said.append(Reason("country_other", (one.country, other.country)))
    if found.family == Agreement.CONFLICT:
        said.append(Reason("kind_other", (one.family, other.family)))
    numbers, others = one.numbers, other.numbers
    for code, fits, first, second in (
        ("unit", found.units, numbers.units, others.units),
        ("site_number", found.sites, numbers.surveys | numbers.pits, others.surveys | others.pits),
        ("plot", found.plots, numbers.plots, others.plots),
        ("road", found.roads, numbers.roads, others.roads),
    ):
        if fits != Fit.MISSING:
            word = {Fit.CONFLICT: "other", Fit.NEAR: "near", Fit.HALF: "one_sided", Fit.AGREE: "equal"}[fits]
            said.append(Reason(f"{code}_{word}", (_list(first), _list(second))))
    said.append(Reason(f"name_{found.name.name.lower()}", (" ".join(one.name.core), " ".join(other.name.core))))
    if found.firm == Agreement.CONFLICT:
        said.append(Reason("trade_other", (_list(one.name.firm), _list(other.name.firm))))
    if found.legal == Agreement.CONFLICT:
        said.append(Reason("legal_form_other", (_list(one.name.legal), _list(other.name.legal))))
    if found.street != Agreement.OPEN:
        said.append(Reason(f"address_{found.street.name.lower()}"))
    if found.place != Agreement.OPEN:
        said.append(Reason(f"place_{found.place.name.lower()}", (one.place, other.place)))
    if found.distance_km is not None:
        code = "near" if found.distance_km <= NEAR_KM else "far" if found.distance_km > FAR_KM else "apart"
        said.append(Reason(f"distance_{code}", (f"{found.distance_km:.1f}",)))
    if found.swapped:
        said.append(Reason("coordinates_swapped"))
    return said


def _list(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))
