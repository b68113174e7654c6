"""Templates hold nothing that the content security policy forbids, and every text can be translated."""

from __future__ import annotations

import re

import pytest

from .source import PROJECT, report, templates, where

FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json[\"'])[^>]*>", re.I),
    "a style element": re.compile(r"<style[\s>]", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "an hx-on attribute": re.compile(r"\shx-on[:\w-]*\s*=", re.I),
    "a data: address": re.compile(r"(?:src|href|srcset)\s*=\s*[\"']\s*data:", re.I),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.I),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I
    ),
    "an escape from escaping": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}
EXAMPLES = {
    "an inline script": "<script>alert(1)</script>",
    "a style element": "<style>p{}</style>",
    "a style attribute": '<p class="a" style="color:red">',
    "an event attribute": '<button onclick="go()">',
    "an hx-on attribute": '<div hx-on:click="go()">',
    "a data: address": '<img src="data:image/png;base64,AA">',
    "a javascript: address": '<a href="javascript:go()">',
    "something from elsewhere": '<script src="https://cdn.example/x.js">',
    "an escape from escaping": "{{ text|safe }}",
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_no(what: str) -> None:
    assert FORBIDDEN[what].search(EXAMPLES[what]), "the rule itself does not see its example"
    found = []
    for path in templates():
        if path.suffix != ".html":
            continue
        text = COMMENT.sub(lambda m: "\n" * m.group().count("\n"), path.read_text(encoding="utf-8"))
        found += [where(path, text[: m.start()].count("\n") + 1) for m in FORBIDDEN[what].finditer(text)]
    report(found, f"Templates hold no {what.removeprefix('an ').removeprefix('a ')}.")


def test_scripts_do_not_evaluate_text() -> None:
    found = [
        where(path)
        for path in (PROJECT / "src").glob("**/static/**/*.js")
        if "vendor" not in path.parts
        and ".min." not in path.name
        and re.search(r"\beval\(|new Function\(|innerHTML\s*=", path.read_text())
    ]
    report(found, "Our scripts neither evaluate text nor write raw HTML.")


def test_every_text_has_a_dutch_translation() -> None:
    from toetssteen.config.translations import check

    faults, _warnings = check()
    report(faults, "Every text has a complete Dutch translation (`toetssteen messages check`).")
