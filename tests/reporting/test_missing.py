"""The way to green: quick, and the same as scoring again."""

from __future__ import annotations

from itertools import pairwise

from tests.cast import TODAY, Cast
from tests.reporting import world
from toetssteen.core.scoring import asked, rounded
from toetssteen.covenant.queries import pack_of
from toetssteen.reporting import queries, trial


def test_the_quick_change_of_the_total_is_the_same_as_scoring_again(cast: Cast) -> None:
    world.chain(cast, "mason", known=2)
    report = world.open_report(cast)
    world.answer(cast, report, "q-1-1-01", "partly")
    pack, standing = pack_of(report.year), queries.live_standing(report)
    sheet = standing.estimate(pack).sheet
    compared = 0
    for question in asked(pack, standing.profile, standing.report_year, standing.facts, standing.variant):
        for level in pack.framework.levels:
            change = trial.change_of(pack, standing.profile, sheet, question, level.id)
            again = standing.estimate(pack, levels={**standing.levels, question.id: level.id}).sheet
            assert again.exact_total == sheet.exact_total + change
            assert again.total == rounded(sheet.exact_total + change, sheet.decimals)
            compared += again.exact_total != sheet.exact_total
    assert compared > 20


def test_doing_everything_on_the_list_leads_where_it_says(cast: Cast) -> None:
    world.chain(cast, "mason", known=1)
    report = world.open_report(cast)
    path = queries.path_of(queries.live_state(report), TODAY)
    assert path.meets_after
    assert path.after_colour == "green"
    assert path.needed is not None
    assert path.total < path.needed <= path.after
    assert sum(step.gain for step in path.steps) == path.after - path.total
    assert len({(step.kind, step.subject) for step in path.steps}) == len(path.steps)
    rest = [step.gain / step.minutes for step in path.steps if step.kind == "question"]
    assert all(first >= second - rest[0] / 10 for first, second in pairwise(rest))
