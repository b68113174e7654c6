"""How good the answers are, on lists that people or a generator labelled.

The rules were written with the development list at hand, so its own figures flatter. Two things flatter less: weights
that are trained on one half of the sites and measured on the other, and invented lists of other countries and words.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from toetssteen.core.sites import Mention
from toetssteen.core.sites.context import prepared
from toetssteen.core.sites.matching import compare_cleaned
from toetssteen.sites.matching.evaluation import figures, measure
from toetssteen.sites.matching.model import weights
from toetssteen.sites.matching.records import Pair, read_mentions, read_pairs
from toetssteen.sites.matching.synthetic import mentions
from toetssteen.sites.matching.training import train

LISTS = Path(__file__).parent / "fixtures" / "matching"


@pytest.fixture(scope="module")
def records() -> list[Mention]:
    return read_mentions(LISTS / "site_mentions.csv")


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs(LISTS / "site_pairs_labelled.csv")[0]


def reaches_the_aims(found: dict[str, Any]) -> None:
    assert found["automatic_precision"] >= 0.99, found
    assert found["recall_with_questions"] >= 0.97, found
    assert found["asked_share"] <= 0.2, found


def test_the_development_list(records: list[Mention], pairs: list[Pair]) -> None:
    found = measure(records, pairs)
    reaches_the_aims(found)
    assert found["automatic_recall"] >= 0.8, found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_weights_from_one_half_of_the_sites_hold_for_the_other(
    records: list[Mention], pairs: list[Pair], seed: int, tmp_path: Path
) -> None:
    with (LISTS / "site_mentions_truth.csv").open() as file:
        site_of = {row["mention_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    held_out = set(random.Random(seed).sample(sorted(set(site_of.values())), len(set(site_of.values())) // 2))
    learnt = [pair for pair in pairs if not {site_of[pair.first], site_of[pair.second]} & held_out]
    kept = [pair for pair in pairs if {site_of[pair.first], site_of[pair.second]} <= held_out]
    seen = [mention for mention in records if site_of[mention.id] not in held_out]
    train([(seen, learnt)], tmp_path / "model.json")
    ready, context = prepared([m for m in records if site_of[m.id] in held_out], weights(tmp_path / "model.json"))
    by_id = {mention.id: mention for mention in ready}
    found = figures(
        (pair.label, compare_cleaned(by_id[pair.first], by_id[pair.second], context).verdict) for pair in kept
    )
    assert found["labels"]["match"] > 200
    reaches_the_aims(found)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_invented_lists_of_other_countries_and_words(seed: int) -> None:
    listed, site_of, members = [], {}, defaultdict(list)
    for mention, site in mentions(2_500, seed):
        listed.append(mention)
        site_of[mention.id] = site
        members[site].append(mention.id)
    labelled = [Pair("", *two, "match") for ids in members.values() for two in itertools.combinations(ids, 2)]
    for site, ids in members.items():
        labelled += [
            Pair("", a, b, "distinct") for a in ids for b in members.get(site.rstrip("bc"), ()) if site[-1] in "bc"
        ]
    rng, town = random.Random(seed), defaultdict(list)
    for mention in listed:
        town[mention.place].append(mention.id)
    for ids in town.values():
        for _ in range(20):
            first, second = rng.choice(ids), rng.choice(ids)
            if site_of[first].rstrip("bc") != site_of[second].rstrip("bc"):
                labelled.append(Pair("", first, second, "distinct"))
    found = measure(listed, labelled)
    assert found["labels"]["match"] > 1_000
    assert found["labels"]["distinct"] > 400
    reaches_the_aims(found)


def test_real_texts_of_another_trade_stay_as_good_as_they_are() -> None:
    """One pair is labelled distinct with one name, lot and zone: of so few pairs that keeps precision below the aim."""
    labelled, inline = read_pairs(LISTS / "sites_osh_training_pairs.csv")
    found = measure(inline, labelled)
    assert found["answers"]["distinct"]["same"] <= 1, found
    assert found["automatic_recall"] >= 0.6, found
    assert found["recall_with_questions"] >= 0.97, found
    assert found["asked_share"] <= 0.2, found


def test_hard_pairs_of_many_countries_and_scripts() -> None:
    """Written by hand before the rules were changed; every other pair was never looked at while they were."""
    labelled, inline = read_pairs(LISTS / "hard_pairs.csv")
    found = measure(inline, labelled)
    assert found["labels"] == {"match": 40, "distinct": 32, "unsure": 6}
    assert found["automatic_precision"] == 1.0, found
    assert found["automatic_recall"] >= 0.65, found
    assert found["recall_with_questions"] >= 0.97, found
    assert found["answers"]["unsure"]["same"] == 0, found
