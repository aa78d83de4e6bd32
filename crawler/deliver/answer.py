"""What the answer to a posted body means, with nothing in its words that is secret. Posts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.deliver.delivery import Cause, Deferred, Delivery, Refused, Sent, TooLarge
from crawler.deliver.visible import header_line

_NOT_NOW = frozenset({408, 425, 429, 503})  # they ask to come back, with whatever it is
MOST_SHOWN = 300
"""Characters of a detail, at most."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    said: bytes  # how its body begins


def judged(answer: Answer, url: str) -> Delivery:
    """What an answer's status means.

    Args:
        answer: what the server said.
        url: it was asked at; the detail does not repeat what of it may be secret, though some servers do.
    """
    status, detail = answer.status, without(url, f"{answer.status} {answer.said.decode('utf-8', 'replace')}")
    if 200 <= status < 300:
        return Sent(detail)
    if status == 413:
        return TooLarge(None, detail)
    if status in _NOT_NOW or 500 <= status < 600:
        return Deferred(Cause.SERVER_NOT_NOW if status in _NOT_NOW else Cause.FAULTY, detail)
    if 300 <= status < 400:
        return Refused(status, f"{detail}; redirects are not followed: name the final address")
    if status == 410:
        return Refused(status, f"{detail}; the receiver wants no more: take it out of the configuration")
    return Refused(status, detail)


def without(url: str, text: str) -> str:
    """The text as one bounded line in which the user, password, path and query of the address are not to be read."""
    parts = urlsplit(url)
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    hidden = {user, password, parts.query, parts.path, *parts.path.split("/")}
    hidden |= {value for pair in parts.query.split("&") for value in pair.split("=", 1)[1:]}
    for secret in sorted((one for one in hidden if len(one) >= 6), key=len, reverse=True):
        text = text.replace(secret, "…")
    return header_line(text, MOST_SHOWN)
