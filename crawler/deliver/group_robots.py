"""Sends a note to the robot of a group chat: 企业微信, 钉钉, 飞书, Lark. Reads no addresses; cuts no text, tries nothing twice.

Apprise 2.2 sends to them too, but takes every HTTP 200 for success: these servers answer 200 to a wrong key as well and say
in the body that they took nothing. And it counts characters where they count bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

from crawler.deliver.answer import Answer, judged, without
from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, Sent, TooLarge

Kind = Literal["wecom", "dingtalk", "feishu"]  # Lark speaks as 飞书 does, at another address

MOST_BYTES: dict[Kind, int] = {"wecom": 2_048, "dingtalk": 19_000, "feishu": 19_000}
"""Of a note, as `size_of` counts. 钉钉 and 飞书 take a request of 20 kB the JSON around the text included."""

_REFUSALS: dict[Kind, frozenset[int]] = {
    "wecom": frozenset({93000}),  # invalid webhook url
    "dingtalk": frozenset({300001, 300005, 310000}),  # token is not exist; keywords, signature or address do not match
    "feishu": frozenset({19001, 19021, 19024}),  # token invalid; signature does not match; keywords not found
}
"""Codes that stay the same until a person mends the robot or its address; any other is tried again."""

_TOO_LONG = 40058  # of 企业微信: content exceed max length


@dataclass(frozen=True)
class GroupRobot:
    """One robot, as its address names it."""

    kind: Kind
    url: str = field(repr=False)  # whoever knows it can write to the group
    secret: str = field(default="", repr=False)  # of a 钉钉 robot that wants signatures
    mobiles: tuple[str, ...] = ()  # of people whom 钉钉 names with @


async def send_to_robot(robot: GroupRobot, text: str, *, timeout_s: float, at: datetime) -> Delivery:
    """Send a text.

    Args:
        robot: whose group it is for.
        text: at most `MOST_BYTES` long, as `size_of` counts.
        timeout_s: until the head of an answer is there.
        at: the time of this try, aware; 钉钉 refuses a signature of another hour.

    Returns:
        What came of it: Sent only where the server says 0.
    """
    body = json.dumps(_message(robot, text), ensure_ascii=False).encode("utf-8", "replace")
    url = robot.url + _signature(robot.secret, at) if robot.secret else robot.url
    from crawler.deliver.posting import post  # noqa: PLC0415  whoever has mail alone need not wait for aiohttp

    answer = await post(url, body, {"Content-Type": "application/json; charset=utf-8"}, timeout_s=timeout_s)
    if not isinstance(answer, Answer):
        return answer
    if answer.status != 200:
        return judged(answer, url)
    return _meant(robot.kind, answer, without(url, answer.said.decode("utf-8", "replace")))


def size_of(kind: Kind) -> Callable[[str], int]:
    """How a service counts a text: 企业微信 its bytes in UTF-8, 钉钉 and 飞书 the bytes that it takes in JSON."""
    return _bytes if kind == "wecom" else _json_bytes


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _json_bytes(text: str) -> int:
    return _bytes(json.dumps(text, ensure_ascii=False)) - len('""')


def _message(robot: GroupRobot, text: str) -> dict[str, Any]:
    match robot.kind:
        case "wecom":
            return {"msgtype": "text", "text": {"content": text}}
        case "dingtalk":
            return {"msgtype": "text", "text": {"content": text}, "at": {"atMobiles": robot.mobiles, "isAtAll": False}}
        case "feishu":
            return {"msg_type": "text", "content": {"text": text}}


def _signature(secret: str, at: datetime) -> str:
    timestamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"&timestamp={timestamp}&sign={quote(base64.b64encode(digest), safe='')}"


def _meant(kind: Kind, answer: Answer, detail: str) -> Delivery:
    code = _code(kind, answer.said)
    if code is None:
        return InDoubt(f"200, but not in this service's words: {detail}")
    if code == 0:
        return Sent(detail)
    if code == _TOO_LONG:
        return TooLarge(MOST_BYTES[kind], detail)
    return Refused(None, detail) if code in _REFUSALS[kind] else Deferred(Cause.SERVER_NOT_NOW, detail)


def _code(kind: Kind, said: bytes) -> int | None:
    """The code that the body says; None where it says none."""
    try:
        answered = json.loads(said)
    except (ValueError, RecursionError):
        return None
    code = answered.get("code" if kind == "feishu" else "errcode") if isinstance(answered, dict) else None
    return code if isinstance(code, int) and not isinstance(code, bool) else None
