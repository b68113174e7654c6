"""Read a spreadsheet of a company and print what it says, without storing anything."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from toetssteen.config.cli import CommandError

PREPARES_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The deed, the file and the form of the answer."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    reading = deeds.add_parser("read", help="print the chains and the problems of a file")
    reading.add_argument("file", type=Path, help="XLSX, XLSM, XLS, ODS or CSV file")
    reading.add_argument("--format", choices=["json", "table"], default="table", help="form of the answer")
    reading.add_argument("--home-country", default=None, help="country of the company itself (two letters)")


def run(args: argparse.Namespace) -> int:
    """Print what was read; that a file is refused is an answer as well, in words with exit code 1."""
    from toetssteen.sheets.reading.guarded import read_guarded
    from toetssteen.sheets.reading.normal_form import as_table, normal_form

    if not args.file.is_file():
        raise CommandError(f"there is no file {args.file}.")
    result = read_guarded(args.file, filename=args.file.name, home_country=args.home_country)
    if args.format == "json":
        print(json.dumps(normal_form(result, args.file.name), ensure_ascii=False, indent=1))
        return 0
    print(as_table(result))
    return 0 if result.reject_code is None else 1
