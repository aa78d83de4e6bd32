"""How `check-config` shows whom letters go to, and by which ways. Tries none of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.schedule.ways import Ways


def way_lines(known: Ways) -> Iterator[str]:
    """The same for a terminal."""
    nobody = not known.subscriptions and not known.health
    yield f"  mail     {known.mail or 'none'}"
    for name, service in known.channels.items():
        yield f"  channel  {name}: {service}"
    for name, host in known.webhooks.items():
        yield f"  webhook  {name}: {host}"
    for name, whom in known.subscriptions.items():
        yield f"  tells    {name}: {whom}"
    if known.health:
        yield f"  health   to {', '.join(known.health)}"
    if nobody:
        yield "  tells    nobody anything; add [mail] and [[subscription]]"


def way_json(known: Ways) -> dict[str, Any]:
    """The same for other programmes."""
    return {
        "mail": known.mail or None,
        "channels": known.channels,
        "webhooks": known.webhooks,
        "health": list(known.health),
        "subscriptions": known.subscriptions,
    }
