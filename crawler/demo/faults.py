"""The ways in which the replica can misbehave on demand, and the misbehaving itself. Decides not where or when."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from aiohttp import web

from crawler.demo.answers import Answer
from crawler.demo.state import ReplicaError

CHUNK = 64 * 1024


class FaultKind(Enum):
    """A way to misbehave; the value is its name in `Fault.named`, a colon and a number follow where one is meant."""

    STATUS = "status"  # status:CODE, with a short error page
    BUSY = "busy"  # busy:SECONDS, 503 with Retry-After
    CHALLENGE = "challenge"  # 412 with a `$_ts` script, for ever
    CHALLENGE_ONCE = "challenge-once"  # as above until the page's script has set its cookie and reloaded
    CAPTCHA = "captcha"  # 200 with a page that asks for the characters of a picture
    MAINTENANCE = "maintenance"  # 200 with 网站维护中
    SHORT = "short"  # 200 with 50 bytes
    EMPTY_LISTING = "empty-listing"  # the list's shell without rows
    TRUNCATED_LENGTH = "truncated-length"  # half the body promised by Content-Length, then the line is cut
    TRUNCATED_CHUNKED = "truncated-chunked"  # half the body in chunks, then the line is cut without the last chunk
    OVERSIZE = "oversize"  # oversize:BYTES of markup, in chunks
    SLOW = "slow"  # slow:MILLISECONDS between every two bytes of the body
    REDIRECT_HOME = "redirect-home"  # 302 to the home page
    REDIRECT_LOOP = "redirect-loop"  # 302 from a to b and back
    DROP = "drop"  # the line is cut before any answer


_NUMBERED = {FaultKind.STATUS, FaultKind.BUSY, FaultKind.OVERSIZE, FaultKind.SLOW}


@dataclass(frozen=True)
class Fault:
    """A way to misbehave, with its number: a status, seconds, bytes or milliseconds; 0 where the kind takes none."""

    kind: FaultKind
    number: int = 0

    @classmethod
    def named(cls, spelled: str) -> Fault:
        """Read a fault as tests and the control endpoint write it: `challenge`, `status:503`, `oversize:25000000`.

        Raises:
            ReplicaError: there is no such fault; the message lists those there are.
        """
        kinds = {kind.value: kind for kind in FaultKind}
        match = re.fullmatch(r"([a-z-]+)(?::(\d{1,12}))?", spelled)
        kind = kinds.get(match[1]) if match else None
        if match is None or kind is None or (kind in _NUMBERED) != (match[2] is not None):
            names = ", ".join(f"{kind.value}:N" if kind in _NUMBERED else kind.value for kind in FaultKind)
            raise ReplicaError(f"no fault {spelled!r}; there are {names}")
        if kind is FaultKind.STATUS and not 400 <= int(match[2]) <= 599:
            raise ReplicaError(f"status:{match[2]} is no fault; give an error status, 400 to 599")
        return cls(kind, int(match[2] or 0))


async def misbehave(fault: Fault, request: web.Request, whole: Answer) -> web.StreamResponse:
    """Answer a request wrongly.

    Args:
        fault: the way.
        request: what was asked.
        whole: what would have been the right answer.
    """
    if fault.kind in _PAGES_INSTEAD:
        status, page = _PAGES_INSTEAD[fault.kind]
        return web.Response(status=status, text=page, content_type="text/html")
    match fault.kind:
        case FaultKind.STATUS | FaultKind.BUSY:
            return _error(fault)
        case FaultKind.CHALLENGE_ONCE if _COOKIE not in request.cookies:
            return web.Response(status=412, text=_CHALLENGE + _PASS, content_type="text/html")
        case FaultKind.REDIRECT_HOME | FaultKind.REDIRECT_LOOP:
            turn = "b" if request.query.get("turn") == "a" else "a"
            target = "/" if fault.kind is FaultKind.REDIRECT_HOME else f"{request.path}?turn={turn}"
            return web.Response(status=302, headers={"Location": target})
        case FaultKind.CHALLENGE_ONCE | FaultKind.EMPTY_LISTING:  # passed; and emptied where the page was made
            return plain_response(whole)
        case _:
            return await _break_off_or_drag_on(fault, request, whole)


def plain_response(whole: Answer) -> web.Response:
    """The right answer, as aiohttp sends it."""
    headers = {"Content-Type": whole.content_type, **dict(whole.headers)}
    return web.Response(status=whole.status, body=whole.body, headers=headers)


async def _break_off_or_drag_on(fault: Fault, request: web.Request, whole: Answer) -> web.StreamResponse:
    """The faults that need the line itself."""
    response = web.StreamResponse(headers={"Content-Type": whole.content_type})
    if fault.kind is FaultKind.DROP:
        _cut(request)
        return response
    if fault.kind is FaultKind.TRUNCATED_LENGTH:
        response.content_length = len(whole.body)
    await response.prepare(request)
    if fault.kind is FaultKind.OVERSIZE:
        line = b"<p>" + "法治政府建设。".encode() * 64 + b"</p>\n"
        for start in range(0, fault.number, CHUNK):
            await response.write((line * (CHUNK // len(line) + 1))[: min(CHUNK, fault.number - start)])
    elif fault.kind is FaultKind.SLOW:
        for at in range(len(whole.body)):
            await response.write(whole.body[at : at + 1])
            await asyncio.sleep(fault.number / 1000)
    else:
        await response.write(whole.body[: len(whole.body) // 2])
        _cut(request)
    return response


def _cut(request: web.Request) -> None:
    """Close the connection once what was written is out."""
    if request.transport is not None:
        request.transport.close()


def _error(fault: Fault) -> web.Response:
    """A short error page, as nginx sends it."""
    busy = fault.kind is FaultKind.BUSY
    status = 503 if busy else fault.number
    said = f"{status} {HTTPStatus(status).phrase}" if status in set(HTTPStatus) else str(status)
    page = f"<html>\r\n<head><title>{said}</title></head>\r\n<body><center><h1>{said}</h1></center><hr></body></html>\r\n"
    headers = {"Retry-After": str(fault.number)} if busy else {}
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)


_COOKIE = "FSSBBIl1UgzbN7N80T"
# As 瑞数 River Security sends it: nothing to read, a script, and status 412.
_CHALLENGE = (
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=92441;"
    '$_ts.cd="qEJmrrAnDqqEDaqcqqLrqGVhDaGqraLEqaAEraEq";</script>'
    '<script src="/4QbVtADbnLVIc/d.FxJzG50F.js"></script></head><body></body></html>'
)
_PASS = f"<script>document.cookie='{_COOKIE}=60a1; path=/';setTimeout(function(){{location.reload();}},200);</script>"
_MAINTENANCE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>系统维护</title></head><body><div style="text-align:center">'
    "<h1>网站维护中</h1><p>尊敬的用户：为提升服务质量，本网站正在进行系统升级维护，请稍后访问。给您带来不便，敬请谅解。</p></div></body></html>"
)
_CAPTCHA = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>访问验证</title></head><body><form action="/verify" method="post">'
    '<h2>您的访问过于频繁，请输入验证码后继续访问</h2><img id="captcha" src="/captcha.jpg" alt="验证码">'
    '<input name="captcha" placeholder="请输入图片中的字符"><button>提交</button></form></body></html>'
)
_SHORT = "<html><head></head><body>".ljust(36) + "</body></html>"
_PAGES_INSTEAD: Mapping[FaultKind, tuple[int, str]] = {
    FaultKind.CHALLENGE: (412, _CHALLENGE),
    FaultKind.CAPTCHA: (200, _CAPTCHA),
    FaultKind.MAINTENANCE: (200, _MAINTENANCE),
    FaultKind.SHORT: (200, _SHORT),
}
