"""All icons in one place: one path each on a grid of 20 by 20; the meaning always stands beside it in words."""

# ruff: noqa: E501  a path is one line

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS = {
    "add": "M10 4v12M4 10h12",
    "arrow": "M4 10h12M11.5 5.5L16 10l-4.5 4.5",
    "back": "M16 10H4M8.5 5.5L4 10l4.5 4.5",
    "bell": "M5 14V9a5 5 0 0110 0v5l1.5 1.500h-13zM8.500 17.500h3",
    "building": "M4 17V4h8v13M12 8h4v9M2.500 17h15M7 7.500h2M7 10.500h2M7 13.500h2",
    "calendar": "M3.500 5h13v12h-13zM3.500 9h13M7 3v4M13 3v4",
    "chain": "M8.500 11.500a3.200 3.200 0 004.500 0l3-3a3.200 3.200 0 00-4.500-4.500l-1 1M11.500 8.500a3.200 3.200 0 00-4.500 0l-3 3A3.200 3.200 0 008.500 16l1-1",
    "check": "M4 10.5l4 4 8-9",
    "clock": "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 6v4.3l3 1.7",
    "copy": "M7 6.500h10v11H7zM13 6.500V2.500H3v11h4",
    "cross": "M5 5l10 10M15 5L5 15",
    "down": "M10 4v12M6 12l4 4 4-4",
    "download": "M10 3v9M6.5 9l3.5 3.5L13.5 9M4 13v3.5h12V13",
    "edit": "M4 16l.7-3.200L13.500 4l2.500 2.500-8.800 8.800zM11.500 6l2.500 2.500",
    "eye": "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 8a2 2 0 100 4 2 2 0 000-4z",
    "file": "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5",
    "flag": "M5 17.500V3h10l-2 3.500 2 3.500H5",
    "globe": "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM2.5 10h15M10 2.5c-5 5-5 10 0 15M10 2.5c5 5 5 10 0 15",
    "help": "M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM8 8a2 2 0 112.900 1.800c-.6.3-.9.7-.9 1.400M10 13.700v.1",
    "info": "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 9v5M10 6.2v.1",
    "key": "M12.500 3a4.500 4.500 0 00-4.200 6.100L3 14.400V17h2.600v-2h2v-2h1.600l1-1.100A4.500 4.500 0 1012.500 3zM13.500 6.500v.1",
    "lock": "M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9",
    "mail": "M2.500 4.500h15v11h-15zM2.500 5.500l7.500 6 7.500-6",
    "message": "M3 4h14v9.500H9L5 17v-3.500H3z",
    "minus": "M4 10h12",
    "people": "M7.500 4a2.800 2.800 0 100 5.600 2.800 2.800 0 000-5.600zM2 16.500c.6-3.200 2.600-4.500 5.500-4.500s4.900 1.300 5.500 4.500M13 4.300a2.800 2.800 0 010 5M15 12.300c1.700.6 2.700 2 3 4.200",
    "refresh": "M16.500 10a6.500 6.500 0 11-2-4.700M16.500 3v3.500H13",
    "refused": "M5 5l10 10M15 5L5 15",
    "search": "M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM13 13l4 4",
    "send": "M3 10l14-7-5 14-3-6z",
    "shield": "M10 2.500l6.500 2.500v5c0 4-3 6.500-6.500 7.500-3.500-1-6.500-3.500-6.500-7.500V5z",
    "signout": "M8 3H3.5v14H8M8 10h9M13 6l4 4-4 4",
    "trend": "M3 15.500l4.500-6 3.500 3.500 6-8",
    "unknown": "M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM8 8a2 2 0 112.900 1.800c-.6.3-.9.7-.9 1.400M10 13.700v.1",
    "up": "M10 16V4M6 8l4-4 4 4",
    "user": "M10 3.500a3.200 3.200 0 100 6.400 3.200 3.200 0 000-6.400zM3.500 17c.8-3.500 3.200-5 6.500-5s5.700 1.500 6.500 5",
    "warn": "M10 3l8 14H2zM10 8v4M10 14.6v.1",
}
# Icons that point somewhere turn around in scripts that run from right to left.
DIRECTED = frozenset({"arrow", "back", "signout", "send"})
VERDICTS = {
    "green": (
        "M10 1a9 9 0 100 18 9 9 0 000-18zM5.200 10.400l1.600-1.600 2.200 2.200 4.300-4.700 1.700 1.500-5.900 6.500z"
    ),
    "orange": "M10 .5l9.500 9.500L10 19.500.5 10zM10.800 4.600v10.800l5.400-5.400z",
    "red": (
        "M1.500 1.500h17v17h-17zM6.700 5.200L5.200 6.700 8.500 10l-3.300 3.300 1.500 1.500"
        "L10 11.500l3.300 3.300 1.500-1.500L11.500 10l3.300-3.300-1.500-1.500L10 8.500z"
    ),
    "none": "M4 9h12v2H4z",
}


@cache
def _drawn(name: str) -> SafeString:
    return format_html(
        '<svg class="i{}" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" '
        'aria-hidden="true"><path d="{}"/></svg>',
        " i--dir" if name in DIRECTED else "",
        PATHS[name],
    )


def icon_svg(name: str, label: str = "") -> SafeString:
    """One icon; with a label it is named for those who do not see it, else it is silent."""
    if name not in PATHS:
        raise KeyError(f"There is no icon {name!r}. Choose one of: {', '.join(sorted(PATHS))}")
    drawn = _drawn(name)
    return format_html('{}<span class="sr">{}</span>', drawn, label) if label else drawn


@cache
def verdict_svg(colour: str) -> SafeString:
    """The shape of a verdict: circle, half-filled diamond, square, dash."""
    return format_html(
        '<svg class="i i--fill" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        VERDICTS[colour],
    )
