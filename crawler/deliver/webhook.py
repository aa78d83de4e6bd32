"""Sends one signed JSON body to a webhook, by Standard Webhooks 1.0.0, and says what came of it. Writes no body, logs none."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from crawler.deliver.answer import Answer, judged
from crawler.deliver.delivery import Delivery
from crawler.deliver.errors import DeliverError

_PREFIX = "whsec_"
_LEAST_SECRET, _MOST_SECRET = 24, 64  # bytes; Standard Webhooks 1.0.0, "Signature scheme"


class WebhookUnusable(DeliverError):
    """A webhook's address or secret cannot be used. Cure: in the message; it holds neither."""


@dataclass(frozen=True)
class Webhook:
    """Where signed bodies go.

    Raises:
        WebhookUnusable: not https to another machine, or a secret that is no `whsec_` of 24 to 64 bytes.
    """

    url: str = field(repr=False)  # its path may be a secret too
    secret: str = field(repr=False)  # "whsec_" and base64
    timeout_s: float = 30.0  # until the head of an answer is there

    def __post_init__(self) -> None:
        """Refuse what could not be sent, when the configuration is read and not when a letter is due."""
        _check_address(self.url)
        _key(self.secret)


async def send_json(hook: Webhook, message_id: str, body: bytes, *, at: datetime) -> Delivery:
    """Send a body, signed. Tried again later, it has the same id and the same bytes, and a new time and signature.

    Args:
        hook: where to.
        message_id: the letter's stable Message-ID, with or without its angle brackets.
        body: as `as_json` made it; sent byte for byte.
        at: the time of this try, aware: receivers refuse what is minutes old.

    Returns:
        What came of it; a fault of the network is never raised. 410 and other 4xx are final, and so is a redirect.
    """
    from crawler.deliver.posting import post  # noqa: PLC0415  whoever has mail alone need not wait for aiohttp

    answer = await post(hook.url, body, signed_headers(hook.secret, message_id, body, at=at), timeout_s=hook.timeout_s)
    return judged(answer, hook.url) if isinstance(answer, Answer) else answer


def signed_headers(secret: str, message_id: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of one try: HMAC-SHA256 over `id.timestamp.body`.

    Args:
        secret: "whsec_" and base64.
        message_id: with or without angle brackets.
        body: the bytes that are sent.
        at: the time of the try, aware.
    """
    webhook_id, timestamp = message_id.strip("<>"), str(int(at.timestamp()))
    signed = b".".join((webhook_id.encode(), timestamp.encode(), body))
    signature = base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "bureauwatch",
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
    }


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise WebhookUnusable("a webhook's url is no address; write https://host/path") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise WebhookUnusable("a webhook's url is no address; write https://host/path")
    if parts.scheme == "http" and not _is_loopback(host):
        raise WebhookUnusable("a webhook's url is not encrypted; http is only for this machine itself: write https://")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _key(secret: str) -> bytes:
    """The bytes that sign. The error says nothing of them."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _LEAST_SECRET <= len(key) <= _MOST_SECRET:
        raise WebhookUnusable(
            f'a webhook\'s secret is not "{_PREFIX}" and the base64 of {_LEAST_SECRET} to {_MOST_SECRET} random bytes; '
            f"make one: python -c \"import base64, os; print('{_PREFIX}' + base64.b64encode(os.urandom(32)).decode())\""
        )
    return key
