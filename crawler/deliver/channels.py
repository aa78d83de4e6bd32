"""Sends a note to a chat or another channel through Apprise, and says what came of it. Writes no text; logs nothing at all.

Apprise is the extra `channels`, imported where it is used. It knows how some hundred services are addressed and spoken to;
what it answers is yes or no, so the reason is read from what it logs, which is kept from every log, as are its addresses.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from urllib.parse import unquote

from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, Sent
from crawler.deliver.errors import DeliverError
from crawler.deliver.group_robots import MOST_BYTES, GroupRobot, send_to_robot, size_of
from crawler.deliver.visible import header_line

_NOT_NOW: Final = frozenset({408, 425, 429, 503})  # they ask to come back, with whatever it is
_SILENCED: Final = ("apprise", "urllib3.connectionpool", "urllib3.util.retry")  # they write tokens at DEBUG
_MOST_HEARD: Final = 200  # lines of Apprise's log that are looked at
_NO_APPRISE: Final = "channels need Apprise: pip install 'bureauwatch[channels]'"

_STATUS = re.compile(r"\berror[=:] ?([1-5][0-9]{2})\b")
_SYMPTOMS: Final[tuple[tuple[str, Delivery], ...]] = (
    ("CERTIFICATE_VERIFY_FAILED", Deferred(Cause.CERTIFICATE, "the service's certificate cannot be verified")),
    ("ConnectTimeout", Deferred(Cause.UNREACHABLE, "no connection to the service in time")),
    ("NewConnectionError", Deferred(Cause.UNREACHABLE, "no connection to the service")),
    ("NameResolutionError", Deferred(Cause.UNREACHABLE, "the service's host name is not known")),
    ("Read timed out", InDoubt("the service did not answer in time")),
    ("Connection aborted", InDoubt("the connection broke off before an answer")),
    ("Connection broken", InDoubt("the connection broke off within the answer")),
)
"""What requests says of a connection, and what it means; it stands in Apprise's log as the text of an exception."""


class AppriseMissing(DeliverError):
    """A channel is configured and Apprise is not installed. Cure: in the message."""

    def __init__(self) -> None:
        super().__init__(_NO_APPRISE)


class ChannelUnusable(DeliverError):
    """A channel's address is none that Apprise can send one note to. Cure: in the message; the address is not."""


class _Plugin(Protocol):
    """What we ask of a service as Apprise built it from its address."""

    service_name: Any
    body_maxlen: int  # characters
    logger: logging.Logger


@dataclass(frozen=True)
class _Said:
    """What one call of Apprise came to."""

    taken: bool
    lines: tuple[tuple[int, str], ...]  # level and text of what it logged, oldest first


def kind_of(url: str) -> str:
    """The service that an address belongs to, without anything secret: "WeCom Bot", "DingTalk", "Slack", "JSON".

    Args:
        url: as Apprise writes it (`wecombot://KEY`), or the https address that the service itself gives out.

    Raises:
        AppriseMissing: it is not installed.
        ChannelUnusable: Apprise does not understand it, or it names several targets, of which some could have a note twice.
    """
    return str(_plugin(url).service_name)


async def send_note(url: str, title: str, text: str, *, timeout_s: float = 60.0, rest_at: str = "") -> Delivery:
    """Send one note, cut at a line to what the service takes.

    Args:
        url: of the channel; secret.
        title: one line.
        text: plain.
        timeout_s: how long an answer is waited for.
        rest_at: where the whole text is, for the line that says how much was cut; "" where there is no such place.

    Returns:
        What came of it. Deferred where Apprise does not say why it failed; never an exception of a service.
    """
    try:
        plugin = _plugin(url, timeout_s=timeout_s)
    except AppriseMissing as missing:
        return Deferred(Cause.SERVER_NOT_NOW, str(missing))
    except ChannelUnusable as unusable:
        return Refused(None, str(unusable))
    robot = _robot(plugin)
    if robot is not None:
        note = fitted(title, text, MOST_BYTES[robot.kind], size_of(robot.kind), rest_at=rest_at)
        return await send_to_robot(robot, note, timeout_s=timeout_s, at=datetime.now(UTC))
    body = fitted("", text, max(1, plugin.body_maxlen - len(title) - 2), len, rest_at=rest_at)
    try:
        said = await asyncio.wait_for(_in_thread(lambda: _notify(plugin, title, body)), timeout_s)
    except TimeoutError:
        return InDoubt(f"the service did not answer within {timeout_s:g} s")
    return _meant(said, str(plugin.service_name), url)


def fitted(title: str, text: str, most: int, size: Callable[[str], int], *, rest_at: str) -> str:
    """Title and text, cut after a whole line where they are too long, with a line that says how many are missing.

    Args:
        title: its first line; "" where it is sent beside the text.
        text: plain.
        most: as `size` counts; room for one line at least.
        size: counts characters, or bytes.
        rest_at: where the whole text is; "" where that cannot be said.
    """
    lines = [*([title] if title else []), *text.rstrip().split("\n")]
    whole = "\n".join(lines)
    if size(whole) <= most:
        return whole
    room = most - size(_rest(len(lines), rest_at)) - size("\n")
    kept, used = 0, 0
    while kept < len(lines) and used + size(lines[kept]) + size("\n") <= room:
        used += size(lines[kept]) + size("\n")
        kept += 1
    if kept:
        return "\n".join([*lines[:kept], _rest(len(lines) - kept, rest_at)])
    return "\n".join([_begun(lines[0], room, size), _rest(len(lines), rest_at)]) if room > 0 else _begun(lines[0], most, size)


def _rest(count: int, rest_at: str) -> str:
    """The line that stands for those that were cut."""
    return f"…（余 {count} 行 / {count} more lines{f': {rest_at}' if rest_at else ''}）"


def _begun(line: str, most: int, size: Callable[[str], int]) -> str:
    """As much of one line as there is room for."""
    line = line[:most]
    while size(line) > most:
        line = line[: -max(1, (size(line) - most) // 4)]
    return line


def _plugin(url: str, *, timeout_s: float = 60.0) -> Any:  # noqa: ANN401  Apprise's, whose types are not ours to demand
    try:
        apprise = importlib.import_module("apprise")
    except ModuleNotFoundError as missing:
        raise AppriseMissing from missing
    with _unheard():
        asset = apprise.AppriseAsset(app_id="bureauwatch", async_mode=False, http_redirects=False, service_timeout=0)
        plugin = apprise.Apprise.instantiate(url, asset=asset)
    if plugin is None:
        raise ChannelUnusable(
            "Apprise does not understand the channel's address, or needs a package for it that is not installed; "
            "write it as https://appriseit.com/services/ says"
        )
    plugin.retry = 0  # the outbox tries again, with the same words; ?retry= could make two notes of one
    plugin.optional = False  # ?optional=yes would call a failure a success
    plugin.overflow_mode = apprise.OverflowMode.TRUNCATE  # one row is one note; the text was cut before, at a line
    plugin.redirects = False
    plugin.socket_connect_timeout = plugin.socket_read_timeout = timeout_s / 2  # a thread cannot be stopped from outside
    if len(plugin) > 1 and _robot(plugin) is None:
        raise ChannelUnusable(f"the channel's address names {len(plugin)} targets; give each a [[channel]] of its own")
    return plugin


def _robot(plugin: Any) -> GroupRobot | None:  # noqa: ANN401  as above
    """The group robots, to which we speak ourselves: see `group_robots`."""
    match plugin.secure_protocol:
        case "wecombot":
            return GroupRobot("wecom", plugin.notify_url.format(key=plugin.key))
        case "dingtalk":
            address = plugin.notify_url.format(token=plugin.token)
            return GroupRobot("dingtalk", address, plugin.secret or "", tuple(plugin.targets))
        case "feishu":
            return GroupRobot("feishu", plugin.notify_url.format(token=plugin.token))
        case "lark":
            return GroupRobot("feishu", plugin.webhook_url)
    return None


def _notify(plugin: _Plugin, title: str, body: str) -> _Said:
    """One call, in the thread that runs it. A logger of the plugin's own hears it at every level and passes nothing on."""
    heard = _Heard()
    plugin.logger = logging.Logger("apprise", logging.DEBUG)  # noqa: LOG001  outside the hierarchy: no handler sees it
    plugin.logger.addHandler(heard)
    apprise = importlib.import_module("apprise")
    with _unheard():
        taken = bool(apprise.Apprise(plugin).notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
    return _Said(taken, tuple(heard.lines))


def _meant(said: _Said, service: str, url: str) -> Delivery:
    if said.taken:
        return Sent(f"taken by {service}")
    complaints = [text for level, text in said.lines if level >= logging.WARNING]
    detail = _masked(url, "; ".join(complaints[-2:])) or f"{service} did not take it, without a reason"
    statuses = [int(found[1]) for text in complaints if (found := _STATUS.search(text))]
    if statuses:
        if statuses[-1] in _NOT_NOW:
            return Deferred(Cause.SERVER_NOT_NOW, detail)
        return Refused(statuses[-1], detail) if 400 <= statuses[-1] < 500 else Deferred(Cause.FAULTY, detail)
    for symptom, delivery in _SYMPTOMS:
        if any(symptom in text for _, text in said.lines):
            return delivery
    return Deferred(Cause.FAULTY, detail)


def _masked(url: str, text: str) -> str:
    """The text as one line, without any part of the address: host, user, path and query may each be the token."""
    parts = re.split(r"[/:@?&=#]", url.partition("://")[2])
    for secret in sorted({*parts, *(unquote(part) for part in parts)}, key=len, reverse=True):
        text = text.replace(secret, "…") if len(secret) >= 4 else text
    return header_line(text, 300)


class _Heard(logging.Handler):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep level and text; the newest lines are the ones that tell."""
        self.lines = [*self.lines[1 - _MOST_HEARD :], (record.levelno, record.getMessage()[:2_000])]


class _Silence(logging.Filter):
    """Holds back what is written in the context, of whatever thread, that this one of its kind stands for."""

    def filter(self, _record: logging.LogRecord) -> bool:
        """Whether it is written elsewhere."""
        return _silence.get() is not self


_silence: ContextVar[_Silence | None] = ContextVar("silence", default=None)


@contextmanager
def _unheard() -> Iterator[None]:
    """Nothing that Apprise, or what it uses, writes on our behalf reaches a log; what others write meanwhile does."""
    silence = _Silence()
    loggers = [logging.getLogger(name) for name in _SILENCED]
    for logger in loggers:
        logger.addFilter(silence)
    before = _silence.set(silence)  # Apprise hands its context on to the threads that it starts
    try:
        yield
    finally:
        _silence.reset(before)
        for logger in loggers:
            logger.removeFilter(silence)


def _in_thread(work: Callable[[], _Said]) -> asyncio.Future[_Said]:
    """Run it in a thread that the process does not wait for when it ends: `asyncio.to_thread` would, however long it hangs."""
    loop = asyncio.get_running_loop()
    said: asyncio.Future[_Said] = loop.create_future()

    def settle(outcome: _Said) -> None:
        if not said.done():
            said.set_result(outcome)

    def run() -> None:
        outcome = work()
        with suppress(RuntimeError):  # the loop ended meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=run, name="channel", daemon=True).start()
    return said
