"""A pack that arrives as one ZIP file: read in memory, bounded, never unpacked on disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import Any

from toetssteen.core.frameworks import Finding, PackError, read_yaml

MOST_FILES = 100
MOST_BYTES = 8 * 1024 * 1024  # unpacked, all files together; our largest pack has 0.4 MB
ENDINGS = (".yaml", ".yml")


def read_archive(content: bytes, name: str = "zip") -> dict[str, Any]:
    """All YAML files of a pack in a ZIP, keyed by file name without ending; other files are left aside.

    Raises PackError with what is wrong and where; sizes are counted while reading, not believed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise PackError([Finding(name, "", "This is not a ZIP file that can be read.")]) from error


def _read(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    entries = [entry for entry in archive.infolist() if PurePosixPath(entry.filename).suffix in ENDINGS]
    if not entries:
        raise PackError([Finding(name, "", "The ZIP file holds no YAML files.")])
    if len(entries) > MOST_FILES:
        raise PackError([Finding(name, "", f"The ZIP file holds more than {MOST_FILES} YAML files.")])
    folders = {PurePosixPath(entry.filename).parent for entry in entries}
    if len(folders) > 1:
        raise PackError([Finding(name, "", "The YAML files are in more than one folder. Pack one folder.")])
    raw: dict[str, Any] = {}
    findings: list[Finding] = []
    left = MOST_BYTES
    for entry in entries:
        path = PurePosixPath(entry.filename)
        with archive.open(entry) as file:
            text = file.read(left + 1)
        left -= len(text)
        if left < 0:
            raise PackError([Finding(name, "", "The unpacked files are too large for a pack.")])
        try:
            raw[path.stem] = read_yaml(text.decode("utf-8"), path.name)
        except UnicodeDecodeError:
            findings.append(Finding(path.name, "", "The file is not UTF-8 text."))
        except PackError as error:
            findings.extend(error.findings)
    if findings:
        raise PackError(findings)
    return raw
