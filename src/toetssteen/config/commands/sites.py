"""Measure and train the recognition of sites on lists that people labelled."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from toetssteen.config.cli import CommandError
from toetssteen.sites.matching.records import Pair, RecordsError, read_mentions, read_pairs

PREPARES_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which files."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    evaluate = actions.add_parser("evaluate", help="measure the answers on labelled pairs")
    evaluate.add_argument("--records", type=Path, metavar="FILE", help="CSV with one mention a row")
    evaluate.add_argument("--pairs", type=Path, metavar="FILE", required=True, help="CSV with labelled pairs")
    evaluate.add_argument("--format", choices=["json", "table"], default="table", help="default: table")
    evaluate.add_argument("--show", action="store_true", help="print every pair with its answer and reasons as well")
    train = actions.add_parser("train", help="train the weights on labelled pairs and write a model file")
    train.add_argument("--records", type=Path, metavar="FILE", help="CSV with one mention a row")
    train.add_argument(
        "--pairs", type=Path, metavar="FILE", required=True, action="append", help="CSV with labelled pairs"
    )
    train.add_argument("--out", type=Path, metavar="FILE", required=True, help="the model file to write")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with the figures; 1 when a file cannot be used."""
    try:
        return _train(args) if args.action == "train" else _evaluate(args)
    except RecordsError as error:
        raise CommandError(str(error)) from error


def _evaluate(args: argparse.Namespace) -> int:
    from toetssteen.sites.matching.evaluation import answers, figures

    pairs, inline = read_pairs(args.pairs)
    mentions = _joined(read_mentions(args.records) if args.records else [], inline)
    if not pairs:
        raise CommandError(f"{args.pairs} has no pairs.")
    known = {mention.id for mention in mentions}
    if not any(pair.first in known and pair.second in known for pair in pairs):
        where = f"in {args.records}" if args.records else "in it; give the mentions with --records"
        raise CommandError(f"{args.pairs} names mentions that are not {where}.")
    judged = list(answers(mentions, pairs))
    result = {
        "records": len(mentions),
        **figures((pair.label, answer.verdict if answer else None) for pair, answer in judged),
    }
    if result["pairs_without_record"]:
        print(
            f"{result['pairs_without_record']} pairs name a mention that is missing; they are left out.",
            file=sys.stderr,
        )
    if args.show:
        result["judged"] = [_judged(pair, answer) for pair, answer in judged]
    print(json.dumps(result, ensure_ascii=False, indent=2) if args.format == "json" else _table(result))
    return 0


def _train(args: argparse.Namespace) -> int:
    from toetssteen.sites.matching.training import train

    records = read_mentions(args.records) if args.records else []
    lists = []
    for path in args.pairs:
        pairs, inline = read_pairs(path)
        lists.append((inline or records, pairs))
    matches = sum(pair.label == "match" for _mentions, pairs in lists for pair in pairs)
    if not matches:
        raise CommandError("there is no pair labelled match to learn from.")
    train(lists, args.out)
    print(f"Learnt from {matches} pairs labelled match; the model is in {args.out}.")
    return 0


def _joined(records: list[Any], inline: list[Any]) -> list[Any]:
    """The mentions of both files; a row of the records goes before the same id in a pair."""
    found = {mention.id: mention for mention in inline}
    found.update({mention.id: mention for mention in records})
    return list(found.values())


def _judged(pair: Pair, answer: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "pair": pair.id,
        "first": pair.first,
        "second": pair.second,
        "label": pair.label,
        "verdict": "missing",
    }
    if answer:
        row["verdict"] = answer.verdict.value
        row["probability"] = round(answer.probability, 4)
        row["reasons"] = [[reason.code, *reason.values] for reason in answer.reasons]
    return row


def _table(result: dict[str, Any]) -> str:
    names = ("automatic_precision", "automatic_recall", "recall_with_questions", "asked_share")
    lines = [f"{name:<24} {'-' if result[name] is None else format(result[name], '.4f')}" for name in names]
    lines += ["", f"{'label':<12} {'pairs':>6} {'same':>6} {'ask':>6} {'different':>9}"]
    for label, total in result["labels"].items():
        answers = result["answers"][label]
        lines.append(f"{label:<12} {total:>6} {answers['same']:>6} {answers['ask']:>6} {answers['different']:>9}")
    for row in result.get("judged", ()):
        reasons = " ".join(
            code if not values else f"{code}({' / '.join(values)})" for code, *values in row.get("reasons", ())
        )
        lines.append(f"{row['pair']} {row['label']} -> {row['verdict']} {row.get('probability', '')} {reasons}")
    return "\n".join(lines)
