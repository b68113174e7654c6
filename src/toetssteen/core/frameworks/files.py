"""Packs as files and as one canonical text: reading, digest and the difference between two versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from .findings import Finding, PackError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe YAML reader that refuses a key written twice, which plain YAML silently lets win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' is written twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_yaml(text: str, name: str) -> Any:
    """Parse one YAML text; a fault becomes a finding with its line."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with one check more
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        place = f"line {mark.line + 1}" if mark else ""
        raise PackError([Finding(name, place, f"This is not valid YAML: {problem}.")]) from error
    except ValueError as error:
        raise PackError([Finding(name, "", f"This is not valid YAML: {error}.")]) from error


def read_pack(folder: Path) -> dict[str, Any]:
    """All YAML files of a pack folder, keyed by file name without ending; the only function here that reads files."""
    if not folder.is_dir():
        raise PackError([Finding(folder.name, "", "There is no such pack folder.")])
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if not files:
        raise PackError([Finding(folder.name, "", "The folder holds no YAML files.")])
    raw: dict[str, Any] = {}
    findings: list[Finding] = []
    for path in files:
        try:
            raw[path.stem] = read_yaml(path.read_text(encoding="utf-8"), path.name)
        except UnicodeDecodeError:
            findings.append(Finding(path.name, "", "The file is not UTF-8 text."))
        except PackError as error:
            findings.extend(error.findings)
    if findings:
        raise PackError(findings)
    return raw


def _plain(value: object) -> object:
    """Turn a value into what JSON knows: dates as ISO text, exact numbers as text, keys as text, sets sorted."""
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical JSON form.")


def _key(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return key.isoformat() if isinstance(key, date) else str(key)


def canonical_json(obj: object, *, is_plain: bool = False) -> str:
    """The one JSON text for this content, for digests: keys sorted, no spaces, dates ISO, exact numbers as text.

    Content that was read from JSON is plain; saying so saves a walk over all of it.
    """
    content = obj if is_plain else _plain(obj)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def pack_digest(raw: Mapping[str, Any]) -> str:
    """SHA-256 of a pack's content; the same content gives the same digest, however the files are laid out."""
    return hashlib.sha256(canonical_json(raw).encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Difference:
    """One thing that changed between two packs; None means that it was not there."""

    file: str
    id: str
    field: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        place = " ".join(part for part in (self.file, self.id, self.field) if part)
        if self.old is None:
            return f"{place}: new: {self.new}"
        if self.new is None:
            return f"{place}: removed, was: {self.old}"
        return f"{place}: {self.old} -> {self.new}"


def compare_packs(old_raw: Mapping[str, Any], new_raw: Mapping[str, Any]) -> tuple[Difference, ...]:
    """All that changed between two packs, list elements matched by their id; their order alone is no difference."""
    found: list[Difference] = []
    for name in sorted(set(old_raw) | set(new_raw)):
        if name not in old_raw:
            found.append(Difference(name, "", "", None, "file"))
        elif name not in new_raw:
            found.append(Difference(name, "", "", "file", None))
        else:
            found.extend(_differences(name, "", "", _plain(old_raw[name]), _plain(new_raw[name])))
    return tuple(found)


_MISSING = object()


def _differences(file: str, element: str, place: str, old: Any, new: Any) -> Iterator[Difference]:
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{place}.{key}" if place else str(key)
            yield from _differences(file, element, inner, old.get(key, _MISSING), new.get(key, _MISSING))
    elif _by_id(old) is not None and _by_id(new) is not None:
        olds, news = _by_id(old) or {}, _by_id(new) or {}
        for key in [*olds, *(key for key in news if key not in olds)]:
            inner_id = f"{element} > {key}" if element else key
            yield from _differences(file, inner_id, "", olds.get(key, _MISSING), news.get(key, _MISSING))
    else:
        yield Difference(file, element, place, _readable(old), _readable(new))


def _by_id(value: object) -> dict[str, Any] | None:
    """The elements of a list by their identifying field, if every element has one."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return None
    for field in ("id", "type", "year", "colour"):
        if all(field in item for item in value):
            keyed = {str(item[field]): item for item in value}
            if len(keyed) == len(value):
                return keyed
    return None


def _readable(value: object) -> str | None:
    if value is _MISSING:
        return None
    if isinstance(value, str):
        return value
    text = canonical_json(value)
    return text if len(text) <= 400 else text[:399] + "…"
