"""The loopback endpoint by which another program changes a running replica. Knows verbs, not how they work.

POST /__control, `Content-Type: application/json`, one object with `verb` and its arguments; answers the states as JSON, 400
with `error` for what makes no sense, 403 to anybody who is not on this machine. GET /__control answers the states.

    {"verb": "publish", "report": "shanghai-2019"}                a draft goes on top of the list
    {"verb": "revise", "report": …, "old": …, "new": …}           one place of its text is edited
    {"verb": "withdraw" | "restore" | "unlist", "report": …}      list and page go; both come back; the row alone goes
    {"verb": "move_down", "report": …, "places": 5}               it goes down the list by so many rows
    {"verb": "readdress" | "change_attachments", "report": …}     another address; other bytes in its files
    {"verb": "reseed_noise", "seed": 2}                           counters, related lists, tokens are drawn anew
    {"verb": "steady", "on": true}                                no noise at all; ETag and Last-Modified on pages
    {"verb": "serve_static", "on": true}                          rows in the HTML where a script built them
    {"verb": "set_template", "template": "br"}                    p, span, br, div, table, section, early-end, gbk
    {"verb": "fail", "where": …, "fault": "status:503"}           where: full address, report, bureau, or "*"; see faults
    {"verb": "mend"}                                              no more faults
    {"verb": "take_down" | "bring_up", "bureau": …}               close or open its port (ask at the other one)
    {"verb": "reset"}                                             as at the start
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from crawler.demo.state import ReplicaError

if TYPE_CHECKING:
    from crawler.demo.site import ReplicaSite

VERBS: Mapping[str, Mapping[str, type]] = {
    "publish": {"report": str},
    "revise": {"report": str, "old": str, "new": str},
    "withdraw": {"report": str},
    "restore": {"report": str},
    "unlist": {"report": str},
    "move_down": {"report": str, "places": int},
    "readdress": {"report": str},
    "change_attachments": {"report": str},
    "reseed_noise": {"seed": int},
    "steady": {"on": bool},
    "serve_static": {"on": bool},
    "set_template": {"template": str},
    "fail": {"where": str, "fault": str},
    "mend": {},
    "take_down": {"bureau": str},
    "bring_up": {"bureau": str},
    "reset": {},
}
"""Every verb with the names and types of its arguments; each is a method of the site by the same name."""


class ControlEndpoint:
    """Answers `/__control` for a site.

    Args:
        site: has a method for each of `VERBS`.
    """

    def __init__(self, site: ReplicaSite) -> None:
        self._site = site

    async def respond(self, request: web.Request) -> web.Response:
        """Do as the request says, if it comes from this machine and not out of a web page."""
        if not (is_loopback(request.remote) and is_loopback(urlsplit(f"//{request.host}").hostname)):
            return _json(403, {"error": "only this machine may control the replica; use 127.0.0.1"})
        if request.method == "GET":
            return _json(200, self._site.describe())
        # A web page can post text across sites without asking, but not this type (Fetch standard, CORS-safelisted types).
        if request.method != "POST" or request.content_type != "application/json":
            return _json(400, {"error": "POST one JSON object with Content-Type: application/json"})
        try:
            verb, named = read_order(await request.text())
            await asyncio.to_thread(getattr(self._site, verb), **named)
        except ReplicaError as error:
            return _json(400, {"error": str(error)})
        return _json(200, self._site.describe())


def read_order(text: str) -> tuple[str, dict[str, Any]]:
    """The verb and its arguments.

    Raises:
        ReplicaError: it is no known verb with its arguments; the message says what was expected.
    """
    try:
        order = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReplicaError(f"not JSON: {error}") from error
    if not isinstance(order, dict) or not isinstance(order.get("verb"), str) or order["verb"] not in VERBS:
        raise ReplicaError(f'expected {{"verb": …}} with one of {", ".join(VERBS)}')
    verb = order.pop("verb")
    expected = VERBS[verb]
    if set(order) != set(expected) or any(type(order[name]) is not kind for name, kind in expected.items()):
        wanted = ", ".join(f"{name} ({kind.__name__})" for name, kind in expected.items()) or "no arguments"
        raise ReplicaError(f"{verb} takes {wanted}")
    return verb, order


def is_loopback(host: str | None) -> bool:
    """Whether a peer's or a Host header's name is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _json(status: int, said: object) -> web.Response:
    return web.json_response(said, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))
