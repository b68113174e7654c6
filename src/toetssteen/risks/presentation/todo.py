"""What to do next, in words and with an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.figures import number
from toetssteen.risks.presentation.words import points_of_reasons, theme_name
from toetssteen.risks.steps import Step


def steps(found: Iterable[Step], pack: Pack, year: Any) -> list[dict[str, Any]]:
    """The next steps as links with the reason; those that no page answers are left out."""
    lines = [_step(step, pack, year.number) for step in found]
    return [line for line in lines if line["url"]]


def _step(step: Step, pack: Pack, year: int) -> dict[str, Any]:
    names = [theme_name(pack, row.risk.theme) for row in step.rows]
    letters = [row.letter for row in step.rows]
    title, reason = _said(step, _listed(letters), pack, year)
    first = step.rows[0].risk.pk if step.rows else 0
    named = "; ".join(f"{letter} {name}" for letter, name in zip(letters[:3], names[:3], strict=True))
    return {
        "what": step.what,
        "title": title,
        "reason": f"{reason} ({named}{'; …' if len(names) > 3 else ''})" if named else reason,
        "url": _address(step.what, year, first),
    }


def _listed(letters: list[str]) -> str:
    """A, B and C."""
    if len(letters) < 2:
        return "".join(letters)
    return _("%(some)s and %(last)s") % {"some": ", ".join(letters[:-1]), "last": letters[-1]}


def _address(what: str, year: int, first: int) -> str:
    names: dict[str, tuple[str, list[int]]] = {
        "carry": ("risk_carry", [year]),
        "decide": ("risk_proposals", [year]),
        "begin": ("risk_add", [year]),
        "onward": ("risk_year", [year]),
        "rate": ("risk_rate", [first]),
        "reason": ("risk_rate", [first]),
        "look_again": ("risk_edit", [first]),
        "source": ("risk_source_add", [first]),
        "fresh": ("risk_source_add", [first]),
        "explain": ("risk_year", [year]),
        "hear": ("stakeholder_view_add", [year]),
        "plan": ("objective_add", [year]),
    }
    name, args = names[what]
    try:
        return reverse(name, args) + (f"#r{first}" if what == "explain" else "")
    except NoReverseMatch:
        return ""


def _said(step: Step, letters: str, pack: Pack, year: int) -> tuple[str, str]:
    n = step.count
    about = {"n": n, "which": letters, "year": year, "points": number(points_of_reasons(pack))}
    said: dict[str, tuple[str, str]] = {
        "carry": (
            _("Take last year's risks along"),
            ngettext(
                "%(n)s risk of last year waits: is it as it was, did it change, or did it end?",
                "%(n)s risks of last year wait: are they as they were, did they change, or did they end?",
                n,
            ),
        ),
        "decide": (
            ngettext("Decide on %(n)s proposal", "Decide on %(n)s proposals", n),
            _("What is reported for the countries and materials of your chains, and what suppliers answered."),
        ),
        "begin": (
            _("Note your first risk"),
            _("From a visit, an audit, a talk or a report. How severe it is comes after that."),
        ),
        "rate": (
            ngettext("Rate risk %(which)s", "Rate risks %(which)s", n),
            ngettext(
                "Nobody rated it yet, so it stands at the end of the order.",
                "Nobody rated them yet, so they stand at the end of the order.",
                n,
            ),
        ),
        "reason": (
            ngettext("Say why you rated risk %(which)s so", "Say why you rated risks %(which)s so", n),
            _("Without a reason the rating does not count for your points (at most %(points)s)."),
        ),
        "onward": (
            _("Go on with the risks of covenant year %(year)s"),
            _("The report of this year was handed in, so its risks stay as they were. Take them along and look again."),
        ),
        "look_again": (
            ngettext("Look again at risk %(which)s", "Look again at risks %(which)s", n),
            _("You said that something changed. Adapt what you wrote, and the rating."),
        ),
        "source": (
            ngettext("Say how you know of risk %(which)s", "Say how you know of risks %(which)s", n),
            _("Without a source nobody can check it."),
        ),
        "fresh": (
            ngettext("Look for a newer source for risk %(which)s", "Look for newer sources for risks %(which)s", n),
            _("Everything noted is older than five years, or has no date."),
        ),
        "explain": (
            ngettext("Explain the place of risk %(which)s", "Explain the places of risks %(which)s", n),
            _("It goes against severity and likelihood without a reason. Move it with one, or follow severity again."),
        ),
        "hear": (
            _("Ask somebody from there about your order"),
            _("A union or an organisation near the quarry sees what you cannot see. Record what they say."),
        ),
        "plan": (
            ngettext("Set a goal for risk %(which)s", "Set goals for risks %(which)s", n),
            _("It comes first, and no goal of your plan aims at it yet."),
        ),
    }
    title, reason = said[step.what]
    return title % about, reason % about
