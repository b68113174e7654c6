"""One mention at a time and a whole list give the same answers; the weights in Python are those of Splink."""

from __future__ import annotations

import itertools
import logging
import time

import pytest
from splink import Linker

from toetssteen.core.sites import Mention, Verdict
from toetssteen.core.sites.context import prepared
from toetssteen.core.sites.matching import compare_cleaned
from toetssteen.core.sites.weights import FLOOR, steps_of, worth_a_look
from toetssteen.sites.matching import Registry, bulk, match_against, match_all
from toetssteen.sites.matching.backends import duckdb_in, table_of
from toetssteen.sites.matching.blocking import block_keys, row_of
from toetssteen.sites.matching.model import read_model, weights
from toetssteen.sites.matching.settings import worth_a_look as worth_in_sql
from toetssteen.sites.matching.synthetic import mentions


@pytest.fixture(scope="module")
def listed() -> list[Mention]:
    return [mention for mention, _site in mentions(1_200, seed=5)]


def test_splink_and_python_give_one_probability(listed: list[Mention]) -> None:
    ready, context = prepared(listed[:400], weights())
    api = duckdb_in()
    table = table_of(api, [row_of(number, mention) for number, mention in enumerate(ready)])
    found = Linker(table, read_model(), log_level=logging.ERROR).inference.predict()
    rows = api.duckdb_con.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability, {worth_in_sql(weights())} FROM {found.physical_name}"
    ).fetchall()
    assert len(rows) > 300
    for first, second, probability, worth in rows:
        steps = steps_of(ready[first], ready[second])
        assert context.weights.probability(steps) == pytest.approx(probability, abs=1e-6), steps
        assert worth_a_look(steps) == worth, steps
    blocked = {frozenset(row[:2]) for row in rows}
    keys = [set(block_keys(mention)) for mention in ready]
    shared = {frozenset((a, b)) for a, b in itertools.combinations(range(len(ready)), 2) if keys[a] & keys[b]}
    assert blocked == shared


def test_the_whole_list_and_single_mentions_are_answered_alike(listed: list[Mention]) -> None:
    result = match_all(listed)
    assert result.links
    assert result.questions
    ready, context = prepared(listed, weights())
    keys = [set(block_keys(mention)) for mention in ready]
    alone: dict[tuple[str, str], Verdict] = {}
    for a, b in itertools.combinations(range(len(ready)), 2):
        if keys[a] & keys[b]:
            answer = compare_cleaned(ready[a], ready[b], context)
            if answer.verdict != Verdict.DIFFERENT and answer.probability >= FLOOR:
                alone[ready[a].id, ready[b].id] = answer.verdict
    ids = [mention.id for mention in listed]
    together = {(ids[link.first], ids[link.second]): Verdict.SAME for link in result.links}
    kept = {
        (question.first_id, question.second_id): Verdict.ASK
        for question in result.questions
        if question.answer.reasons[0].code != "cluster_conflict"
    }
    assert together | kept == alone


def test_several_processes_answer_like_one(listed: list[Mention], monkeypatch: pytest.MonkeyPatch) -> None:
    one = match_all(listed, workers=1)
    monkeypatch.setattr(bulk, "CHUNK", 500)
    monkeypatch.setattr("toetssteen.sites.matching.answers.STEP", 400)
    two = match_all(listed, workers=2)
    assert one.clusters == two.clusters
    assert {(q.first_id, q.second_id) for q in one.questions} == {(q.first_id, q.second_id) for q in two.questions}


def test_no_cluster_joins_two_sites(listed: list[Mention]) -> None:
    site_of = {mention.id: site for mention, site in mentions(1_200, seed=5)}
    clusters = match_all(listed).clusters
    assert len(clusters) > 100
    assert [cluster for cluster in clusters if len({site_of[key] for key in cluster}) > 1] == []


def test_a_new_mention_is_answered_against_thousands_of_sites_at_once() -> None:
    sites: dict[str, Mention] = {}
    new: list[tuple[Mention, str]] = []
    for mention, site in mentions(9_000, seed=6):
        if site in sites:
            new.append((mention, site))
        else:
            sites[site] = mention
    assert len(sites) > 3_000
    registry = Registry([Mention(**{**_fields(m), "id": key}) for key, m in sites.items()])
    began = time.process_time()
    answered = [(site, registry.matches(mention)) for mention, site in new[:200]]
    assert (time.process_time() - began) / 200 < 0.1
    same = [(site, m.site_id) for site, found in answered for m in found if m.answer.verdict == Verdict.SAME]
    assert len(same) > 120
    assert [pair for pair in same if pair[0] != pair[1]] == []


def _fields(mention: Mention) -> dict[str, object]:
    return {name: getattr(mention, name) for name in Mention.__dataclass_fields__}


def test_two_sites_that_are_both_the_same_are_asked() -> None:
    site = Mention("S1", "Verzinsa Granites Pvt Ltd", address="Plot 5, Fabel Road, Kota", place="Kota", country="India")
    twice = [site, Mention(**{**_fields(site), "id": "S2"})]
    found = match_against([Mention(**{**_fields(site), "id": "M1"})], twice)
    assert [(match.site_id, match.answer.verdict) for match in found] == [("S1", "ask"), ("S2", "ask")]


def test_short_lists_do_not_fail() -> None:
    assert match_all([]).clusters == []
    assert match_all([Mention("1", "Verzinsa")]).links == []
    assert match_against([Mention("1", "")], []) == []
