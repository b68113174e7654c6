"""The gallery in a real browser: every component is accessible, fits small screens and breaks no security rule."""

from __future__ import annotations

import pytest

from tests.browser import look_at

pytestmark = pytest.mark.browser


def test_the_gallery_is_sound_at_all_widths_in_both_languages(site, open_page):
    assert look_at(open_page, f"{site.url}/gallery/", "gallery") == []
