"""When two addresses are one: the canonical form under which a document is remembered. Fetches nothing."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SESSION_NAMES = frozenset({"jsessionid", "phpsessid", "aspsessionid", "sessionid", "session_id"})
_NOISE_NAMES = frozenset({"_", "_t", "t", "v", "r", "rand", "random", "rnd", "timestamp", "ts", "time", "nonce"})
_STATIC = re.compile(r"\.(s?html?|pdf|docx?|wps|xlsx?|et|ofd|zip|rar|txt)$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_key(url: str) -> str:
    """The identity of an address.

    Left out: the scheme (sites serve both, and change it), a default port, session ids, `#top`, and, on a static file,
    parameters that only defeat caches. Kept: every other parameter (`infoid=`, `id=` name documents), `#/…` routes, and
    the number of a column in `/gkmlpt/index#721`.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme) else ""
    path = _SESSION.sub("", parts.path) or "/"
    dropped = _SESSION_NAMES | _NOISE_NAMES if _STATIC.search(path) else _SESSION_NAMES
    query = urlencode(
        [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in dropped]
    )
    is_route = parts.fragment.startswith(("/", "!/")) or (path.endswith("/gkmlpt/index") and parts.fragment.isdecimal())
    route = f"#{parts.fragment}" if is_route else ""
    return f"{host}{port}{path}" + (f"?{query}" if query else "") + route
