"""`toetssteen sites evaluate` with files as people have them, and `toetssteen sites train`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toetssteen.config.cli import main
from toetssteen.sites.matching.model import weights

LISTS = Path(__file__).parent / "fixtures" / "matching"
RECORDS = (
    "mention_id,name,address,place,country\n1,Verzinsa Mermer,No 5 Fabel,Kota,Indië\n"
    "2,VERZINSA MERMER,5 Fabel,Kota,India\n"
)
PAIRS = "pair_id,mention_a,mention_b,label\np1,1,2,match\n"


def evaluate(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, object]:
    assert main(["sites", "evaluate", *map(str, arguments), "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_records_and_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    found = evaluate(capsys, "--records", LISTS / "site_mentions.csv", "--pairs", LISTS / "site_pairs_labelled.csv")
    assert {"automatic_precision", "automatic_recall", "recall_with_questions", "asked_share"} <= found.keys()
    assert (found["records"], found["pairs"]) == (1228, 1971)
    assert found["labels"] == {"match": 640, "distinct": 1173, "unsure": 158}


def test_pairs_with_their_mentions_in_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    found = evaluate(capsys, "--pairs", LISTS / "sites_osh_training_pairs.csv")
    assert found["labels"] == {"match": 47, "distinct": 65, "unsure": 0}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, encoding: str, separator: str
) -> None:
    records = written(tmp_path, "r.csv", RECORDS.replace(",", separator), encoding)
    found = evaluate(capsys, "--records", records, "--pairs", written(tmp_path, "p.csv", PAIRS))
    assert found["answers"]["match"]["same"] == 1  # type: ignore[index]


def test_missing_columns_empty_cells_and_short_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    records = written(tmp_path, "r.csv", 'mention_id,name\n1,Verzinsa\n2,\n3\n\n4,"Verz""insa"\n')
    pairs = written(tmp_path, "p.csv", "mention_a,mention_b,label\n1,2,1\n1,3,0\n1,4,unsure\n1,9,match\n")
    found = evaluate(capsys, "--records", records, "--pairs", pairs)
    assert found["pairs_without_record"] == 1
    assert found["labels"] == {"match": 1, "distinct": 1, "unsure": 1}
    assert found["automatic_precision"] is None, "nothing was automatic, so there is no share"


@pytest.mark.parametrize(
    ("written_label", "meant"),
    [
        ("duplicate", "match"),
        ("Not duplicate", "distinct"),
        ("no match", "distinct"),
        ("1.0", "match"),
        ("?", "unsure"),
    ],
)
@pytest.mark.parametrize("sides", ["_a _b", "_l _r", "_1 _2", "left_ right_"])
def test_other_words_for_labels_and_sides(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written_label: str, meant: str, sides: str
) -> None:
    one, other = (side.strip("_") for side in sides.split())
    names = [f"{side}_name" if sides.startswith("left") else f"name_{side}" for side in (one, other)]
    pairs = written(tmp_path, "p.csv", f"{names[0]};{names[1]};Label\nVerzinsa;Verzinsa;{written_label}\n", "utf-8-sig")
    found = evaluate(capsys, "--pairs", pairs)
    assert found["labels"][meant] == 1  # type: ignore[index]
    assert found["records"] == 2


@pytest.mark.parametrize(
    ("records", "pairs", "said"),
    [
        (None, None, "there is no file"),
        ("name\nVerzinsa\n", PAIRS, "no column 'mention_id'"),
        ("mention_id,colour\n1,red\n", PAIRS, "no column 'name'"),
        (RECORDS, "mention_a,mention_b\n1,2\n", "no column 'label'"),
        (RECORDS, "colour,label\nred,match\n", "names no mentions"),
        (RECORDS, "mention_a,mention_b,label\n1,2,perhaps\n", "is not match, distinct or unsure"),
        (RECORDS, "mention_a,mention_b,label\n8,9,match\n", "names mentions that are not in"),
        (RECORDS, "mention_a,mention_b,label\n", "has no pairs"),
        ("", PAIRS, "is empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, records: str | None, pairs: str | None, said: str
) -> None:
    for name, text in (("r.csv", records), ("p.csv", pairs)):
        if text is not None:
            written(tmp_path, name, text)
    arguments = ["sites", "evaluate", "--records", str(tmp_path / "r.csv"), "--pairs", str(tmp_path / "p.csv")]
    assert main(arguments) == 1
    assert said in capsys.readouterr().err


def test_the_table_shows_every_pair_with_its_reasons(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    records, pairs = written(tmp_path, "r.csv", RECORDS), written(tmp_path, "p.csv", PAIRS)
    assert main(["sites", "evaluate", "--records", str(records), "--pairs", str(pairs), "--show"]) == 0
    assert "p1 match -> same" in capsys.readouterr().out


@pytest.mark.slow
def test_training_writes_the_model_that_is_shipped(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "model.json"
    arguments = ["--records", LISTS / "site_mentions.csv", "--pairs", LISTS / "site_pairs_labelled.csv"]
    arguments += ["--pairs", LISTS / "sites_osh_training_pairs.csv", "--out", out]
    assert main(["sites", "train", *map(str, arguments)]) == 0
    assert "687 pairs labelled match" in capsys.readouterr().out
    learnt, shipped = weights(out), weights()
    for name, steps in shipped.bits.items():
        assert learnt.bits[name] == pytest.approx(steps, abs=0.2), name
