"""Score a file of examples in the form of a pack's `worked_examples.yaml`, so that anyone can check the rules."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from toetssteen.config.cli import CommandError
from toetssteen.core.frameworks import PackError, load_pack, read_pack, read_yaml
from toetssteen.core.scoring import ExampleError, score_file

PREPARES_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the pack and the form of the answer."""
    parser.add_argument("file", type=Path, help="YAML file with examples")
    parser.add_argument(
        "--format", choices=["json", "table"], default="table", help="form of the answer (default: table)"
    )
    parser.add_argument("--pack", type=Path, help="pack folder (default: the pack that the file names, under packs/)")


def run(args: argparse.Namespace) -> int:
    """Print the scores of every example, keyed by its id."""
    raw = _read_examples(args.file)
    folder = args.pack or _pack_of(raw, args.file)
    try:
        results = score_file(raw, load_pack(read_pack(folder)))
    except PackError as error:
        raise CommandError(
            f"the pack in {folder} cannot be used; see `toetssteen pack check {folder}`.\n{error}"
        ) from error
    except ExampleError as error:
        raise CommandError("\n".join(error.messages)) from error
    if args.format == "json":
        print(json.dumps(results, ensure_ascii=False, indent=2, default=str))
    else:
        print(_table(results))
    return 0


def _read_examples(path: Path) -> Any:
    try:
        return read_yaml(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError as error:
        raise CommandError(f"there is no file {path}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read as UTF-8 text: {error}") from error
    except PackError as error:
        raise CommandError(str(error)) from error


def _pack_of(raw: Any, path: Path) -> Path:
    from toetssteen.config.settings import PACKS

    name = raw.get("pack") if isinstance(raw, dict) else None
    if not isinstance(name, str):
        raise CommandError(f"{path} does not say `pack: <id>`. Add it, or give the folder with --pack.")
    found = next((folder for folder in (PACKS / name, *PACKS.glob(f"*/{name}")) if folder.is_dir()), None)
    if found is None or not found.resolve().is_relative_to(PACKS.resolve()):
        raise CommandError(f"the pack '{name}' is not in {PACKS}. Give its folder with --pack.")
    return found


def _table(results: dict[str, Any]) -> str:
    lines = [f"{'example':<12} {'total':>7}  {'proposal':<9} meets"]
    for example_id, result in results.items():
        if result.get("exempt"):
            lines.append(f"{example_id:<12} {'-':>7}  {'-':<9} exempt: {result.get('exemption')}")
            continue
        meets = "yes" if result.get("meets") else "no"
        lines.append(f"{example_id:<12} {result['total']!s:>7}  {result['proposal']!s:<9} {meets}")
        lines += [f"             - {_sentence(reason)}" for reason in result.get("reasons", ())]
    return "\n".join(lines)


def _sentence(reason: Any) -> str:
    text = reason.get("text", reason) if isinstance(reason, dict) else reason
    return str(text.get("en", text) if isinstance(text, dict) else text)
