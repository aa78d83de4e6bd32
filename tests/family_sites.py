"""The families' fixture folders: what each site answers and what is to be read there; and each site on loopback."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import starmap
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from spiders.fetched import Ask
from spiders.page import Page, read_page

FOLDER = Path(__file__).parent / "families"
TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".json": "application/json",
    ".xml": "text/xml",
    ".pdf": "application/pdf",
    ".js": "text/javascript",
    ".docx": "application/octet-stream",
}


@dataclass(frozen=True)
class Answer:
    """What a site answers to one request."""

    ask: str  # path and query; "*" stands for any value of a parameter
    method: str
    form: str
    file: Path
    type: str

    def fits(self, method: str, target: str, form: str) -> bool:
        """Whether this is what is asked for: the query and the form are compared by their values, in any order."""
        own, asked = urlsplit(self.ask), urlsplit(target)
        return (
            method == self.method
            and own.path == asked.path
            and _fit(_values(own.query), _values(asked.query))
            and _fit(_values(self.form), _values(form))
        )

    @property
    def is_markup(self) -> bool:
        return self.type == "text/html"


@dataclass(frozen=True)
class Fixture:
    """One folder: a site of a family, or of a variant of it (`family--variant`)."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def family(self) -> str:
        return self.name.partition("--")[0]

    @property
    def base(self) -> str:
        """Where the site stands in tests that fetch nothing."""
        return f"https://{self.name}.example.gov.cn"

    @property
    def listing(self) -> str:
        """The one address that a person would give."""
        return str(self.site["listing"])

    @cached_property
    def site(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "site.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        return found

    @property
    def reports_are_of(self) -> str | None:
        """The family that reads this site's reports; None where no family does (a search finds other systems' pages)."""
        found: str | None = self.site.get("reports_are_of", self.family)
        return found

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        def made(ask: str, file: str, method: str = "", form: str = "", type: str = "") -> Answer:  # noqa: A002  the format's own names
            path = self.folder / file
            return Answer(ask, method or ("POST" if form else "GET"), form, path, type or TYPES[path.suffix.lower()])

        return tuple(made(**answer) for answer in self.site["answers"])

    def answer(self, method: str, target: str, form: str) -> Answer | None:
        """What the site answers to a request, or None where it has no such page."""
        return next((answer for answer in self.answers if answer.fits(method, target.partition("#")[0], form)), None)

    def listings(self) -> Iterator[tuple[dict[str, Any], Answer]]:
        """What is expected of each page of the listing, with what the site sends there."""
        form = ""
        for expected in self.expected["listings"]:
            answer = self.answer("POST" if form else "GET", expected["ask"], form)
            assert answer is not None, f"{self.name} has no answer to {expected['ask']}"
            yield expected, answer
            form = expected.get("following_form", "")

    def page(self, ask: Ask) -> Page:
        """The page that is asked for, without a server between."""
        target = ask.url.removeprefix(self.base)
        answer = self.answer("POST" if ask.form else "GET", target, ask.form)
        assert answer is not None, f"{self.name} has no answer to {target} {ask.form}"
        return read_page(ask.url.partition("#")[0], answer.file.read_bytes())

    def report(self, path: str) -> bytes:
        """The bytes of a report's page."""
        answer = self.answer("GET", path, "")
        assert answer is not None, f"{self.name} has no answer to {path}"
        return answer.file.read_bytes()


def fixtures() -> tuple[Fixture, ...]:
    """All sites, by name."""
    return tuple(Fixture(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "site.json").is_file())


class FamilySite:
    """A fixture's site on a port of its own of 127.0.0.1. Use as a context manager."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.asked: Counter[tuple[str, str, str]] = Counter()  # method, path with query, form
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.respond(self, "")

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                site.respond(self, self.rfile.read(length).decode("utf-8"))

            def log_message(self, *_: object) -> None:
                """Nothing: the requests are counted."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host_port(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def base(self) -> str:
        return f"http://{self.host_port}"

    def respond(self, request: BaseHTTPRequestHandler, form: str) -> None:
        """Send what the fixture has for this request."""
        self.asked[request.command, request.path, form] += 1
        answer = self.fixture.answer(request.command, request.path, form)
        cookie = self.fixture.site.get("cookie")
        path = urlsplit(request.path).path
        if answer is None:
            self._send(
                request, 404, "text/html", "<html><head><title>404</title></head><body>页面不存在</body></html>".encode()
            )
        elif (
            cookie and path in _paths(cookie["needed_by"]) and f"{cookie['name']}=" not in (request.headers.get("Cookie") or "")
        ):
            self._send(request, 403, "text/html", b"<html><body>403 Forbidden</body></html>")
        else:
            headers = {"Set-Cookie": f"{cookie['name']}=1; Path=/"} if cookie and path in _paths([cookie["given_by"]]) else {}
            self._send(request, 200, answer.type, self._own(answer), **headers)

    def _own(self, answer: Answer) -> bytes:
        """The file, with this site's address where it prints its own in full."""
        body = answer.file.read_bytes()
        if not answer.type.startswith("text/") and answer.type != "application/json":
            return body
        host = self.fixture.base.partition("://")[2]
        for scheme in ("https", "http"):
            body = body.replace(f"{scheme}://{host}".encode(), self.base.encode())
            body = body.replace(f"{scheme}:\\/\\/{host}".encode(), self.base.replace("/", "\\/").encode())
        return body.replace(f'"//{host}'.encode(), f'"//{self.host_port}'.encode())

    @staticmethod
    def _send(request: BaseHTTPRequestHandler, status: int, kind: str, body: bytes, **headers: str) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)


def _paths(asks: list[str]) -> set[str]:
    return {urlsplit(ask).path for ask in asks}


def _values(text: str) -> Any:
    """A query or a form by its values: JSON as it is, all else as sorted pairs."""
    if text.startswith(("{", "[")):
        return json.loads(text)
    return sorted(parse_qsl(text, keep_blank_values=True))


def _fit(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(_fit(value, found[key]) for key, value in wanted.items())
    if isinstance(wanted, list | tuple) and isinstance(found, list | tuple):
        return len(wanted) == len(found) and all(starmap(_fit, zip(wanted, found, strict=True)))
    return bool(wanted in ("*", found))
