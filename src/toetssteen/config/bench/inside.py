"""What the measurements do inside one world: `python -m toetssteen.config.bench.inside TASK`."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

COMPANY_USERS = 20
FIGURES_RUNS = 3


def prepare(*_: str) -> dict[str, Any]:
    """Sign people in by writing their sessions, and say which pages each of them loads."""
    from toetssteen.config.bench import people

    return people.prepare(COMPANY_USERS)


def importer(*_: str) -> dict[str, Any]:
    """Sign in somebody whose company takes a spreadsheet over."""
    from toetssteen.config.bench import people

    return {"cookie": people.hero()}


def engine(reports: str, *_: str) -> dict[str, Any]:
    """Score so many reports with levels drawn at random (the same ones every time), and propose a colour for each."""
    from toetssteen.config.settings import PACKS
    from toetssteen.core.frameworks import Share, load_pack, read_pack
    from toetssteen.core.scoring import Case, propose

    chance = random.Random(2019)  # noqa: S311 - not for secrets
    pack = load_pack(read_pack(PACKS / "trustone-2019"))
    profiles = [p.id for p in pack.framework.profiles if p.report_required and pack.has_rule(p.id)]
    levels = [level.id for level in pack.framework.levels]
    cases = [
        Case(
            profile=(profile := chance.choice(profiles)),
            report_year=chance.randint(1, 5),
            year_end=dt.date(2024, 9, 30),
            levels={q.id: chance.choice(levels) for q in pack.questions_for(profile)},
            coverage={level.id: Share(chance.randint(0, 20), 20) for level in pack.coverage_levels},
            report_delivered=True,
            plan_delivered=True,
            public_communication=True,
        )
        for _number in range(int(reports))
    ]
    began = time.perf_counter()
    meets = sum(bool(propose(pack, case).meets) for case in cases)
    taken = time.perf_counter() - began
    return {
        "reports": len(cases),
        "meets": meets,
        "seconds": round(taken, 3),
        "reports_per_second": round(len(cases) / taken),
    }


def figures(*_: str) -> dict[str, Any]:
    """Compute the figures of the last published year from the raw rows, as the secretariat and as the public."""
    from toetssteen.core.access import Audience
    from toetssteen.foundation import clock
    from toetssteen.insights import queries
    from toetssteen.insights.models import FigureSet

    number = FigureSet.objects.order_by("-year__number").values_list("year__number", flat=True).first()
    taken = []
    count = 0
    for _run in range(FIGURES_RUNS):
        began = time.perf_counter()
        count = len(queries.figures(number, Audience.SECRETARIAT, today=clock.today()))
        taken.append(time.perf_counter() - began)
    return {"year": number, "figures": count, "runs": FIGURES_RUNS, "seconds": round(min(taken), 3)}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": prepare,
    "importer": importer,
    "engine": engine,
    "figures": figures,
}


def main(arguments: list[str]) -> int:
    """Run one task and print its answer as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings")
    os.environ.setdefault("TOETSSTEEN_NO_POOL", "on")
    import django

    django.setup()
    print(json.dumps(TASKS[arguments[0]](*arguments[1:])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
