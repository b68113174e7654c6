"""How long a spreadsheet takes from upload to chains: the real site and its worker, through the real forms."""

from __future__ import annotations

import csv
import io
import re
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from toetssteen.config.bench import sites
from toetssteen.config.cli import CommandError

ROWS = 20_000
AIM_SECONDS = 30
PATIENCE = 300
HEAD = ["Steensoort", "Handelsnaam", "Toepassing", "Ton", "Leverancier", "Land", "Fabriek", "Groevegebied"]
GROUND = (
    ("graniet", "India", "Chittoor"),
    ("zandsteen", "India", "Bundi"),
    ("basalt", "Vietnam", "Thanh Hoa"),
    ("graniet", "Zimbabwe", "Mutoko"),
    ("marmer", "Turkije", "Afyon"),
    ("graniet", "China", "Shandong"),
)


def rows_of(count: int) -> bytes:
    """A list of so many rows that all differ: 400 suppliers, each stone with a trade name of its own."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    for number in range(count):
        stone, country, area = GROUND[number % len(GROUND)]
        supplier, factory = f"Verzonnen Steen {number % 400}", f"Fabriek {number % 900}"
        weight = f"{number % 300},5"
        writer.writerow([stone, f"Meetsteen {number}", "grafmonument", weight, supplier, country, factory, area])
    return text.getvalue().encode()


def measure(home: Path, address: str, rows: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of the whole way and of its parts; somebody else loads a page meanwhile, and that is timed too."""
    world = sites.environment(home, address)
    sites.build(world, 1)
    cookie = sites.inside("importer", environment=world)["cookie"]
    say(f"  a spreadsheet of {rows} rows")
    with sites.running_site(world, worker=True) as port:
        return _upload(_Visitor(f"http://127.0.0.1:{port}", cookie), rows, say)


def _upload(visitor: _Visitor, rows: int, say: Callable[[str], None]) -> dict[str, Any]:
    sheet = rows_of(rows)
    page = visitor.get("/chains/sheets/")
    began = time.monotonic()
    page = visitor.send(page, "upload", files={"upload": ("list.csv", sheet)})
    page = visitor.until(lambda now: "/columns/" in now.url, page.url)
    read = time.monotonic()
    page = visitor.send(page, "row_version")
    page = visitor.until(lambda now: "/rows/" in now.url, page.url)
    take = page.url.rpartition("/rows/")[0] + "/take-over/"
    understood = time.monotonic()
    page = visitor.get(take)
    page = visitor.send(page, "opened_on")
    visitor.until(lambda now: "/undo/" in now.text, page.url)
    done = time.monotonic()
    found = {
        "rows": rows,
        "seconds": round(done - began, 1),
        "aim_seconds": AIM_SECONDS,
        "reading_seconds": round(read - began, 1),
        "understanding_seconds": round(understood - read, 1),
        "taking_over_seconds": round(done - understood, 1),
        "other_pages_worst_ms": round(1000 * max(visitor.waited, default=0)),
    }
    say(f"  {found}")
    return found


class _Page:
    """One page as it came: its address after redirects, its text, and its forms with what is filled in."""

    def __init__(self, url: str, text: str) -> None:
        self.url, self.text = url, text
        reader = _Forms()
        reader.feed(text)
        self.forms = reader.forms

    def form_with(self, field: str) -> tuple[str, list[tuple[str, str]]]:
        """The first form that is sent and holds this field: where to, and what it holds."""
        for action, filled, names in self.forms:
            if field in names:
                return action, filled
        raise CommandError(f"{self.url} has no form with {field}.")


class _Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]], set[str]]] = []
        self.inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember fields with their values, and the option that is chosen."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = has.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append((has.get("action", ""), [], set()))
        if not self.inside:
            return
        _action, filled, names = self.forms[-1]
        if tag == "select":
            self.select = has.get("name", "")
        if tag == "option" and self.select and "selected" in has:
            filled.append((self.select, has.get("value", "")))
        name = has.get("name", "")
        if tag in ("input", "textarea", "select") and name:
            names.add(name)
        kind = has.get("type", "text")
        if tag == "input" and name and (kind not in ("checkbox", "radio", "file", "submit") or "checked" in has):
            filled.append((name, has.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """A form or a list of options ends."""
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""


class _Visitor:
    """Somebody who is signed in and loads pages."""

    def __init__(self, site: str, cookie: str) -> None:
        self.site, self.cookies = site, cookie
        self.waited: list[float] = []  # how long somebody else waited for a page meanwhile

    def get(self, path: str) -> _Page:
        """Load a page."""
        return self._open(urllib.request.Request(self._whole(path), headers={"Cookie": self.cookies}))  # noqa: S310

    def _whole(self, path: str) -> str:
        return path if path.startswith(self.site) else self.site + path

    def _open(self, request: urllib.request.Request) -> _Page:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own address
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies += "; " + line.partition(";")[0]
            return _Page(answer.url, answer.read().decode())

    def send(self, page: _Page, field: str, files: Mapping[str, tuple[str, bytes]] | None = None) -> _Page:
        """Send the form of a page that holds this field, as it is filled in, with these files."""
        action, filled = page.form_with(field)
        border = uuid.uuid4().hex
        parts = list(_parts(filled, files or {}))
        body = b"".join(f"--{border}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{border}--\r\n".encode()
        token = dict(filled).get("csrfmiddlewaretoken", "")
        headers = {
            "Cookie": self.cookies,
            "Content-Type": f"multipart/form-data; boundary={border}",
            "X-CSRFToken": token,
        }
        target = self._whole(action) if action else page.url
        return self._open(urllib.request.Request(target, data=body, headers=headers))  # noqa: S310

    def until(self, ready: Callable[[_Page], bool], path: str) -> _Page:
        """Look again and again, as the page does by itself, until it is ready."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            page = self.get(path)
            if ready(page):
                return page
            began = time.monotonic()
            self.get("/chains/")  # what somebody else does meanwhile
            self.waited.append(time.monotonic() - began)
            time.sleep(0.5)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
        raise CommandError(f"{page.url} was not ready in {PATIENCE} s: {heading and heading[1].strip()}")


def _parts(filled: list[tuple[str, str]], files: Mapping[str, tuple[str, bytes]]) -> Iterator[bytes]:
    for name, value in filled:
        yield f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
    for name, (file_name, content) in files.items():
        head = (
            f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: text/csv\r\n\r\n'
        )
        yield head.encode() + content
