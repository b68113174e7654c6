"""A broken pack is refused with a finding that names the file, the element and the reason."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toetssteen.core.frameworks import (
    Pack,
    PackError,
    canonical_json,
    check_pack,
    compare_packs,
    load_pack,
    pack_digest,
    read_pack,
    read_yaml,
)

Raw = dict[str, Any]
Change = Callable[[Raw], object]


def question(raw: Raw, question_id: str) -> Any:
    return next(q for q in raw["framework"]["questions"] if q["id"] == question_id)


def item(items: list[Any], item_id: str) -> Any:
    return next(x for x in items if x["id"] == item_id)


def year(raw: Raw, profile: str, number: int) -> Any:
    rules = next(r for r in raw["year_rules"]["year_rules"] if r["type"] == profile)
    return next(y for y in rules["years"] if y["year"] == number)


def put(path: str, value: object) -> Change:
    """Set a field deep in the raw pack; a number in the path is a place in a list."""

    def change(raw: Raw) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
        here: Any = raw
        for part in way:
            here = here[part]
        here[last] = value

    return change


def drop(path: str) -> Change:
    def change(raw: Raw) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
        here: Any = raw
        for part in way:
            here = here[part]
        del here[last]

    return change


def in_question(question_id: str, **fields: object) -> Change:
    return lambda raw: question(raw, question_id).update(fields)


BROKEN: list[tuple[str, Change, str, str, str]] = [
    ("no framework file", lambda raw: raw.pop("framework"), "framework", "", "is missing"),
    ("no year rules file", lambda raw: raw.pop("year_rules"), "year_rules", "", "is missing"),
    ("file is a list", put("themes", []), "themes", "", "at its top"),
    ("file of another pack", put("themes/pack", "other"), "themes", "", "belongs to pack 'other'"),
    ("field missing", drop("framework/questions/0/text"), "framework", "q-1-1-01", "'text' is missing"),
    ("typing error", in_question("q-1-1-01", visble_if=None), "framework", "q-1-1-01", "'visble_if' is unknown"),
    ("points are words", in_question("q-1-1-01", max_points="many"), "framework", "q-1-1-01", "max_points"),
    ("points are zero", in_question("q-1-1-01", max_points=0), "framework", "q-1-1-01", "max_points"),
    ("year zero", in_question("q-1-1-02", from_year=0), "framework", "q-1-1-02", "from_year"),
    ("English missing", drop("framework/questions/0/text/en"), "framework", "q-1-1-01", "English"),
    ("English empty", put("themes/themes/0/name/en", " "), "themes", "child_labour", "English"),
    ("Dutch missing", drop("library/items/0/title/nl"), "library", "lib-guide-due-diligence", "Dutch"),
    (
        "id twice",
        lambda raw: raw["themes"]["themes"].append(raw["themes"]["themes"][0]),
        "themes",
        "child_labour",
        "uniq",
    ),
    (
        "question id twice",
        lambda raw: raw["framework"]["questions"].append(copy.deepcopy(raw["framework"]["questions"][0])),
        "framework",
        "q-1-1-01",
        "unique",
    ),
    ("weights add up to 101", put("framework/weight_groups/0/weight", 10), "framework", "C", "add up to 101"),
    ("step weight differs", put("framework/steps/0/weight", 21), "framework", "s-1", "21"),
    ("unknown group", put("framework/profiles/0/weight_groups/0", "g-9"), "framework", "C", "'g-9'"),
    ("member unknown", put("framework/weight_groups/0/members", ["9.9"]), "framework", "g-1-1", "'9.9'"),
    (
        "group over two steps",
        put("framework/weight_groups/0/members", ["1.1", "2.1"]),
        "framework",
        "g-1-1",
        "one step",
    ),
    ("level without criterion", drop("framework/questions/0/criteria/partly"), "framework", "q-1-1-01", "'partly'"),
    (
        "criterion without level",
        lambda raw: question(raw, "q-1-1-01")["criteria"].update(superb={"nl": "x", "en": "x"}),
        "framework",
        "q-1-1-01",
        "'superb'",
    ),
    ("levels out of order", put("framework/scoring/levels/1/factor", "0.8"), "framework", "largely", "higher"),
    ("full marks out of reach", put("framework/scoring/levels/3/factor", "0.9"), "framework", "fully", "factor 1"),
    ("unanswered unknown", put("framework/scoring/unanswered/level", "bad"), "framework", "unanswered", "'bad'"),
    (
        "key level unknown",
        put("framework/scoring/key_questions/min_level", "bad"),
        "framework",
        "key_questions",
        "'bad'",
    ),
    ("library unknown", in_question("q-1-1-01", library=["lib-x"]), "framework", "q-1-1-01", "'lib-x'"),
    ("evidence unknown", in_question("q-1-1-01", evidence=["oath"]), "framework", "q-1-1-01", "'oath'"),
    ("profile unknown", in_question("q-1-1-01", applies_to=["Z"]), "framework", "q-1-1-01", "'Z'"),
    ("sub-step unknown", in_question("q-1-1-01", sub_step="7.1"), "framework", "q-1-1-01", "'7.1'"),
    ("sub-step without weight", in_question("q-1-1-01", applies_to=["B"]), "framework", "q-1-1-01", "no weight"),
    ("fact unknown", in_question("q-2-1-01", derived_from="x.y"), "framework", "q-2-1-01", "'x.y'"),
    ("derived from nothing", in_question("q-2-1-01", derived_from=None), "framework", "q-2-1-01", "derived_from"),
    ("derived without bounds", in_question("q-2-1-01", auto_level={}), "framework", "q-2-1-01", "auto_level"),
    (
        "bounds not stricter",
        in_question("q-2-1-01", auto_level={"partly": 80, "largely": 70, "fully": 100}),
        "framework",
        "q-2-1-01",
        "stricter",
    ),
    (
        "reverse bounds not stricter",
        in_question("q-5-1-01", auto_level_reverse={"partly": 12, "largely": 18, "fully": 24}),
        "framework",
        "q-5-1-01",
        "stricter",
    ),
    (
        "condition on unknown fact",
        in_question("q-1-1-01", visible_if={"fact": "x.y", "op": ">", "value": 0}),
        "framework",
        "q-1-1-01",
        "'x.y'",
    ),
    (
        "condition with unknown sign",
        in_question("q-1-1-01", visible_if={"fact": "chains.count", "op": "~", "value": 0}),
        "framework",
        "q-1-1-01",
        "visible_if.op",
    ),
    ("answer kind unknown", put("framework/questions/0/answer/kind", "poem"), "framework", "q-1-1-01", "'poem'"),
    (
        "options from nowhere",
        put("framework/questions/1/answer/options_from", "poems"),
        "framework",
        "q-1-1-02",
        "'poems'",
    ),
    ("key before asked", in_question("q-2-3-01", key_from_year=1), "framework", "q-2-3-01", "only from year 2"),
    ("key summary differs", in_question("q-1-1-02", key_from_year=3), "year_rules", "q-1-1-02", "summary"),
    (
        "year missing",
        lambda raw: raw["year_rules"]["year_rules"][0]["years"].pop(),
        "year_rules",
        "C year 5",
        "missing",
    ),
    ("score over 100", lambda raw: year(raw, "C", 1)["min_score"].update(value=101), "year_rules", "C year 1", "100"),
    ("score empty", lambda raw: year(raw, "B", 2)["min_score"].update(value=None), "year_rules", "B year 2", "empty"),
    (
        "coverage over 100",
        lambda raw: year(raw, "C", 2)["coverage"]["quarries"].update(value=150),
        "year_rules",
        "C year 2",
        "coverage.quarries",
    ),
    (
        "coverage level unknown",
        lambda raw: year(raw, "C", 2)["coverage"].update(moons={"value": 1, "status": "fact"}),
        "year_rules",
        "C year 2",
        "'moons'",
    ),
    (
        "duty is a word",
        lambda raw: year(raw, "C", 2)["plan_required"].update(value="?"),
        "year_rules",
        "C year 2",
        "plan",
    ),
    ("rules for nobody", put("year_rules/year_rules/0/type", "Z"), "year_rules", "Z", "not a profile"),
    (
        "situation unknown",
        put("year_rules/settings/coverage_scope/situations", ["Q"]),
        "year_rules",
        "coverage_scope",
        "'Q'",
    ),
    ("unit unknown", put("year_rules/settings/coverage_unit/value", "moon"), "year_rules", "", "coverage_unit.value"),
    (
        "year has a gap",
        put("year_rules/settings/covenant_year/ends", "09-29"),
        "year_rules",
        "covenant_year",
        "day before",
    ),
    ("leap day", put("year_rules/settings/covenant_year/starts", "02-29"), "year_rules", "", "MM-DD"),
    (
        "no colour for meeting",
        put("year_rules/decision_rule/proposal/0/kind", "otherwise"),
        "year_rules",
        "decision_rule",
        "meets",
    ),
    ("colour twice", put("year_rules/decision_rule/proposal/1/colour", "green"), "year_rules", "green", "twice"),
    ("no extension", drop("year_rules/extension"), "year_rules", "extension", "max_months"),
    (
        "no publication rule",
        drop("year_rules/decision_rule/public_communication_present"),
        "year_rules",
        "C year 2",
        "communication",
    ),
    ("no cut-off", drop("year_rules/late_joiner"), "year_rules", "late_joiner", "cut_off"),
    ("nobody says why", drop("year_rules/exemptions/0/no_report_for"), "year_rules", "A", "no exemption"),
    (
        "coverage fact unknown",
        put("year_rules/coverage_levels/0/fact", "x.y"),
        "year_rules",
        "direct_suppliers",
        "'x.y'",
    ),
    (
        "merged points differ",
        put("small_importer/variant/merged/0/max_points", 23),
        "small_importer",
        "q-s-1-1-a",
        "22",
    ),
    (
        "merged twice",
        put("small_importer/variant/merged/1/replaces/0", "q-1-1-01"),
        "small_importer",
        "q-1-1-01",
        "more than once",
    ),
    ("drops the unknown", put("small_importer/variant/dropped/0/id", "q-x"), "small_importer", "q-x", "does not have"),
    ("base unknown", put("small_importer/variant/base_profile", "Z"), "small_importer", "trustone-2019-small", "'Z'"),
    (
        "merged over sub-steps",
        put("small_importer/variant/merged/0/sub_step", "1.2"),
        "small_importer",
        "q-s-1-1-a",
        "another",
    ),
    (
        "drop condition unknown",
        put("small_importer/variant/dropped/1/keep_if/fact", "x"),
        "small_importer",
        "q-2-1-06",
        "'x'",
    ),
    ("root cause unknown", put("themes/themes/0/measures/0/root_cause", "luck"), "themes", "child_labour", "'luck'"),
    ("theme unknown", put("library/items/3/themes", ["luck"]), "library", "lib-guide-supplier-china", "'luck'"),
    ("step unknown", put("library/items/0/steps", [9]), "library", "lib-guide-due-diligence", "step 9"),
    (
        "site of unknown level",
        put("site_kinds/site_kinds/0/coverage_level", "moon"),
        "site_kinds",
        "direct_supplier",
        "'moon'",
    ),
    ("country is a boolean", put("materials/areas_named/0/country", False), "materials", "qa-bundi", "quotes"),
    ("country in and out", put("materials/origin_countries/in_eea/0", "IN"), "materials", "IN", "both"),
    ("risk on unknown theme", put("risk_profiles/risk_profiles/0/theme", "luck"), "risk_profiles", "rp-01", "'luck'"),
    (
        "threshold of one",
        put("disclosure/small_cells/min_companies_default/value", 1),
        "disclosure",
        "min_companies_default",
        "nobody",
    ),
    ("poster misses a promise", drop("grievance/posters/texts/0/promises/name"), "grievance", "en", "'promises.name'"),
    ("poster says too much", put("grievance/posters/texts/1/words/extra", "x"), "grievance", "nl", "used nowhere"),
    ("criterion unknown", put("grievance/own_mechanisms/criteria/0", "kind"), "grievance", "own_mechanisms", "'kind'"),
    ("complaint level", put("grievance/made_known/site_levels/0", "mines"), "grievance", "made_known", "'mines'"),
    ("bins with a hole", put("disclosure/bins/score_percent/bins/1/from", 25), "disclosure", "s-20", "exactly"),
]


@pytest.mark.parametrize(
    ("change", "file", "element", "reason"),
    [row[1:] for row in BROKEN],
    ids=[row[0].replace(" ", "-") for row in BROKEN],
)
def test_a_broken_pack_is_refused_with_file_id_and_reason(
    changed: Callable[[Change], Raw], change: Change, file: str, element: str, reason: str
) -> None:
    with pytest.raises(PackError) as refusal:
        load_pack(changed(change))
    findings = refusal.value.findings
    matching = [f for f in findings if f.file == file and (not element or element in f.id) and reason in f.reason]
    assert matching, str(refusal.value)
    assert all(f.reason.endswith(".") and "\n" not in f.reason for f in findings)


def test_both_packs_pass(stone_raw: Raw, cocoa_raw: Raw) -> None:
    assert check_pack(stone_raw) == ()
    assert check_pack(cocoa_raw) == ()


@pytest.mark.parametrize(
    "name",
    ["clauses", "covenant_actions", "disclosure", "effort", "grievance", "passport", "targets"],
)
def test_an_optional_file_may_be_left_out(changed: Callable[[Change], Raw], name: str) -> None:
    pack = load_pack(changed(lambda raw: raw.pop(name)))
    assert len(pack.framework.questions) == 64


def test_what_refers_to_a_left_out_file_is_named(changed: Callable[[Change], Raw]) -> None:
    findings = check_pack(changed(lambda raw: raw.pop("library")))
    assert {f.file for f in findings} == {"themes", "supplier_questionnaire", "model_documents"}
    findings = check_pack(changed(lambda raw: raw.pop("small_importer")))
    assert {f.file for f in findings} == {"public_report"}


def test_yaml_faults_name_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text("a: 1\nb: [\n", encoding="utf-8")
    (tmp_path / "year_rules.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    (tmp_path / "themes.yaml").write_bytes(b"a: \xff\n")
    with pytest.raises(PackError) as refusal:
        read_pack(tmp_path)
    texts = [str(f) for f in refusal.value.findings]
    assert any("framework.yaml: line 3" in text for text in texts)
    assert any("year_rules.yaml: line 2" in text and "'a' is written twice" in text for text in texts)
    assert any("themes.yaml" in text and "UTF-8" in text for text in texts)


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no YAML files"):
        read_pack(tmp_path)
    with pytest.raises(PackError, match="no such pack folder"):
        read_pack(tmp_path / "nowhere")


def test_yaml_cannot_build_objects() -> None:
    with pytest.raises(PackError):
        read_yaml("!!python/object/apply:os.getcwd []", "x.yaml")


def test_a_pack_stored_as_json_is_the_same_pack(stone_raw: Raw, stone: Pack) -> None:
    stored = json.loads(canonical_json(stone_raw))
    assert check_pack(stored) == ()
    assert pack_digest(stored) == pack_digest(stone_raw) == stone.digest
    assert load_pack(stored) == stone


def test_digest_ignores_order_but_not_content(stone_raw: Raw, changed: Callable[[Change], Raw]) -> None:
    shuffled = dict(reversed([(k, dict(reversed(list(v.items())))) for k, v in stone_raw.items()]))
    assert pack_digest(shuffled) == pack_digest(stone_raw)
    assert pack_digest(changed(in_question("q-1-1-01", max_points=10))) != pack_digest(stone_raw)


def test_a_changed_pack_has_a_readable_difference(stone_raw: Raw, changed: Callable[[Change], Raw]) -> None:
    def change(raw: Raw) -> None:
        question(raw, "q-1-1-01")["max_points"] = 10
        year(raw, "C", 3)["min_score"]["value"] = 55
        raw["themes"]["themes"].pop()
        raw["targets"] = {**raw["targets"], "note": "new"}
        del raw["passport"]

    found = {str(d) for d in compare_packs(stone_raw, changed(change))}
    assert "framework q-1-1-01 max_points: 9 -> 10" in found
    assert "year_rules C > 3 min_score.value: 60 -> 55" in found
    assert "targets note: new: new" in found
    assert "passport: removed, was: file" in found
    assert len(found) == 5
    assert compare_packs(stone_raw, stone_raw) == ()


def test_canonical_json_refuses_what_it_cannot_write() -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": object()})
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"a": float("nan")})


def test_a_pack_of_before_the_questionnaire_could_be_asked_loads_for_ever(stone_raw: Raw, stone: Pack) -> None:
    text = Path(__file__).with_name("older_questionnaire.yaml").read_text(encoding="utf-8")
    older = {**stone_raw, "supplier_questionnaire": read_yaml(text, "supplier_questionnaire.yaml")}
    older.pop("trade_names")
    pack = load_pack(older)
    assert pack.questionnaire is None
    assert stone.questionnaire is not None
    assert (pack.framework, pack.themes, pack.year_rules) == (stone.framework, stone.themes, stone.year_rules)
    assert pack.digest == pack_digest(older) != stone.digest  # what was stored stays what was stored
    # A pack that is new needs today's form, and what else is wrong in an older pack is still said.
    assert any(f.file == "supplier_questionnaire" and "'asks' is missing" in f.reason for f in check_pack(older))
    with pytest.raises(PackError):
        load_pack({**older, "themes": {"themes": []}})
