"""Loopback receivers of webhooks and notes: what they were sent is kept byte for byte, what they answer is scripted."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from crawler.deliver.letter_content import (
    Absence,
    Digest,
    EventLine,
    Evidence,
    FailedCheck,
    FigureLine,
    Health,
    IssueLine,
    LetterEvent,
    LetterVersion,
    OpenIssues,
    OutlineLine,
    Storm,
    WatchCount,
)
from crawler.flow import EventKind, Significance
from spiders.fetched import AttachmentLink
from tests.letter_shapes import paragraph, stretch
from tests.raw_sites import Site, listening

AT = datetime(2026, 3, 5, 8, 20, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str  # with its query, as sent
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Where a receiver listens, and what it was sent."""

    port: int = 0
    requests: list[Received] = field(default_factory=list)

    def url(self, path: str = "/hooks/bureauwatch") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def receiving(*answers: tuple[int, str], headers: Mapping[str, str] | None = None) -> AsyncIterator[Receiver]:
    """A receiver that gives each of the answers once, and the last one ever after."""
    receiver = Receiver()

    async def take(request: web.Request) -> web.Response:
        receiver.requests.append(Received(request.raw_path, dict(request.headers), await request.read()))
        status, text = answers[min(len(receiver.requests), len(answers)) - 1]
        return web.Response(status=status, text=text, headers=headers)

    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        await runner.cleanup()


@contextmanager
def breaking(answer: bytes = b"", *, silent: bool = False, drip: bytes = b"") -> Iterator[Site]:
    """A server that reads a request, says these bytes of an answer and breaks off.

    Or keeps silent until the client goes; or says one byte and one more, 300 times.
    """

    def serve(line: socket.socket, site: Site) -> None:
        read_whole(line, site)
        line.sendall(answer)
        for _ in range(300 if drip else 0):
            line.sendall(drip)
            time.sleep(0.01)
        while silent and line.recv(65_536):
            pass

    with listening(serve) as site:
        yield site


@contextmanager
def unaccepting() -> Iterator[int]:
    """A port whose queue is full: whoever connects waits. The kernel drops what comes beyond the queue (listen(2))."""
    with socket.socket() as listener, ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            first = waiting.enter_context(socket.socket())
            first.settimeout(0)
            first.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def read_whole(line: socket.socket, site: Site) -> None:
    """Read a request to its end, as its Content-Length says."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65_536)
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
    while lengths and len(body) < lengths[0]:
        body += line.recv(65_536)
    site.asked.append(head.split(b"\r\n")[0].decode("latin-1"))


def signature_of(secret: str, received: Received) -> str:
    """The signature as a receiver works it out for itself: HMAC by its definition (RFC 2104), without the module `hmac`."""
    key = base64.b64decode(secret.split("_", 1)[1]).ljust(64, b"\0")
    told = f"{received.headers['webhook-id']}.{received.headers['webhook-timestamp']}.".encode() + received.body
    inner = hashlib.sha256(bytes(one ^ 0x36 for one in key) + told).digest()
    return "v1," + base64.b64encode(hashlib.sha256(bytes(one ^ 0x5C for one in key) + inner).digest()).decode()


def dingtalk_sign(secret: str, timestamp: str) -> str:
    """The signature that 钉钉 expects, unquoted."""
    return base64.b64encode(hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), "sha256")).decode()


def revised() -> LetterEvent:
    """A revision with something in every field that a revision has."""
    old = LetterVersion(
        1,
        AT.date(),
        "上海市闵行区司法局",
        Evidence("ab" * 32, AT, 41_873),
        "2020年，闵行区司法局…",
        Evidence("ef" * 32, AT, 41_873),
    )
    return LetterEvent(
        event_id=21,
        report_id=4,
        kind=EventKind.REVISED,
        at=AT,
        bureau="闵行区司法局",
        title="2020年闵行区司法局行政工作总结",
        url="https://www.shmh.gov.cn/shmh/sfj-gzzj/20210218/490385.html",
        summary="1 处数据改动：行政复议案件 226件 → 236件",
        significance=Significance.FIGURE,
        old=old,
        new=LetterVersion(2, None, "", Evidence("cd" * 32, AT, 41_870), ""),
        changes=(
            paragraph(
                "全年共新收行政复议案件226件。",
                "全年共新收行政复议案件\u200b236件。",
                (
                    stretch("全年共新收行政复议案件", "全年共新收行政复议案件\u200b", "equal"),
                    stretch("226件", "236件"),
                    stretch("。", "。", "equal"),
                ),
                section="三、行政复议",
            ),
        ),
        attachments=(AttachmentLink("https://www.shmh.gov.cn/shmh/files/1.pdf", "工作总结（签章版）"),),
        absence=Absence(AT, 3, AT),
        former_url="https://www.shmh.gov.cn/old.html",
        region="上海市/闵行区",
        report_kind="年度工作总结",
        outline=(OutlineLine(1, "一、主要工作"),),
        figures=(FigureLine("行政复议案件", "三、行政复议", "226件", "236件", "+4.4%"),),
        checks=(FailedCheck("190 + 11 = 212", "相差 11"),),
        page_url="https://watch.example.org/events/21",
        file=Evidence("01" * 32, AT, 9_000),
    )


def line() -> EventLine:
    whole = revised()
    return EventLine(
        whole.event_id,
        whole.kind,
        AT,
        whole.bureau,
        whole.region,
        whole.title,
        whole.url,
        whole.summary,
        whole.significance,
        "https://watch.example.org/events/21",
    )


def issue(*, healed: bool = False) -> IssueLine:
    words = ("网页打不开", "请查看网址是否改变")
    return IssueLine(
        7,
        "闵行区司法局",
        "上海市/闵行区",
        "工作总结",
        "https://www.shmh.gov.cn/",
        "unreachable",
        *words,
        AT,
        AT,
        5,
        AT if healed else None,
    )


COUNT = WatchCount(312, 4, 1)
CONTENTS: dict[str, LetterEvent | Digest | Storm | Health | OpenIssues] = {
    "event": revised(),
    "digest": Digest("daily", AT, AT, (revised(),), (line(), line()), COUNT, (issue(),)),
    "backlog": Digest("backlog", None, AT, (), (), COUNT),
    "storm": Storm("www.shmh.gov.cn", (line(),), (revised(),)),
    "health": Health((issue(),), (issue(healed=True),), COUNT),
    "open": OpenIssues((issue(),), COUNT),
    "nothing open": OpenIssues((), COUNT),
}
"""One of every shape that a letter can have."""
