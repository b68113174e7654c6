"""Do the priorities follow severity, and is it known where the risks were heard of?"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.quality.cases import Case, Check, Outcome
from toetssteen.assessment.said import SaidRisk
from toetssteen.core.prioritisation import follows_volume, moved, tells_volume, unexplained
from toetssteen.risks.sources import OLD, age_of_date


def order_by_severity(case: Case) -> Check | None:
    """The order follows severity and then likelihood; who stands elsewhere has a reason."""
    if not said.holds(case.content, "risks") or case.pack.severity is None:
        return None
    risks = case.risks
    ratings = {risk.key: risk.rating for risk in risks}
    if not risks:
        return Check("order", Outcome.NOTHING, _("No risks were handed in, so there is no order to look at."))
    order = [risk.key for risk in risks]
    against = moved(case.pack.severity, ratings, order)
    without = unexplained(case.pack.severity, ratings, order, said.moves_in(case.content))
    bare = [risk for risk in risks if risk.key in without]
    if bare:
        sentence = ngettext(
            "%(n)s risk stands against severity and likelihood without a reason.",
            "%(n)s risks stand against severity and likelihood without a reason.",
            len(bare),
        )
        return Check("order", Outcome.LOOK, sentence % {"n": len(bare)}, tuple(map(case.risk_name, bare)))
    if against:
        moved_ones = tuple(case.risk_name(risk) for risk in risks if risk.key in against)
        sentence = ngettext(
            "%(n)s risk was moved against severity and likelihood, with a reason.",
            "%(n)s risks were moved against severity and likelihood, each with a reason.",
            len(against),
        )
        return Check("order", Outcome.OK, sentence % {"n": len(against)}, moved_ones)
    return Check("order", Outcome.OK, _("The order follows severity, and then likelihood."))


def rated(case: Case) -> Check | None:
    """Every risk has a severity with a reason and a likelihood."""
    risks = case.risks
    if not risks:
        return None
    bare = [r for r in risks if r.severity(case.pack) is None or r.rating.likelihood is None or not r.reason]
    if not bare:
        return Check("rated", Outcome.OK, _("Every risk has a severity with a reason, and a likelihood."))
    sentence = ngettext(
        "%(n)s of %(all)s risks has no full rating: severity, its reason, or likelihood is missing.",
        "%(n)s of %(all)s risks have no full rating: severity, its reason, or likelihood is missing.",
        len(bare),
    )
    return _look(case, "rated", sentence, bare)


def not_by_volume(case: Case) -> Check | None:
    """The order is not simply that of how much is bought."""
    risks = case.risks
    volumes = {risk.key: risk.volume for risk in risks}
    if not tells_volume(volumes.values()):
        return None
    if follows_volume([risk.key for risk in risks], volumes):
        sentence = _("The order is exactly that of volume, largest first. Volume says nothing of harm to people.")
        return Check("volume", Outcome.LOOK, sentence, tuple(map(case.risk_name, risks)))
    return Check("volume", Outcome.OK, _("The order is not that of volume."))


def heard(case: Case) -> Check | None:
    """Somebody from outside the company said what they think of the priorities."""
    if not case.risks:
        return None
    views = said.views_in(case.content)
    if not views:
        return Check("heard", Outcome.LOOK, _("No view of a stakeholder on the priorities was recorded."))
    sentence = ngettext(
        "%(n)s view of a stakeholder on the priorities was recorded.",
        "%(n)s views of stakeholders on the priorities were recorded.",
        len(views),
    )
    return Check("heard", Outcome.OK, sentence % {"n": len(views)})


def sourced(case: Case) -> Check | None:
    """Every risk says how the company knows of it, and when."""
    risks = case.risks
    if not risks:
        return None
    dates = {risk.key: [date for source in risk.sources if (date := source.date(case.pack))] for risk in risks}
    bare = [risk for risk in risks if not dates[risk.key]]
    if bare:
        sentence = ngettext(
            "%(n)s of %(all)s risks has no source with a date.",
            "%(n)s of %(all)s risks have no source with a date.",
            len(bare),
        )
        return _look(case, "sourced", sentence, bare)
    old = [risk for risk in risks if all(age_of_date(date, case.on) == OLD for date in dates[risk.key])]
    if old:
        sentence = ngettext(
            "%(n)s of %(all)s risks is known from sources older than five years only.",
            "%(n)s of %(all)s risks are known from sources older than five years only.",
            len(old),
        )
        return _look(case, "sourced", sentence, old)
    return Check("sourced", Outcome.OK, _("Every risk has a source with a date."))


def _look(case: Case, check: str, sentence: str, found: Sequence[SaidRisk]) -> Check:
    """So many of all risks are worth a look, with their names."""
    words = sentence % {"n": len(found), "all": len(case.risks)}
    return Check(check, Outcome.LOOK, words, tuple(map(case.risk_name, found)))
