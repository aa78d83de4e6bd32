"""When two addresses are one: the canonical form under which a document is remembered. Fetches nothing."""

from __future__ import annotations

import re
from itertools import permutations
from urllib.parse import parse_qsl, urlencode, urlsplit

_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SESSION_NAMES = frozenset({"jsessionid", "phpsessid", "aspsessionid", "sessionid", "session_id"})
_NOISE_NAMES = frozenset({"_", "_t", "t", "v", "r", "rand", "random", "rnd", "timestamp", "ts", "time", "nonce"})
_STATIC = re.compile(r"\.(s?html?|pdf|docx?|wps|xlsx?|et|ofd|zip|rar|txt)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|(?<=/))(?:index|default)\.(?:s?html?|jsp|php|aspx?)$", re.IGNORECASE)
_INDEX_NAMES = ("index.html", "index.htm", "index.shtml", "index.jsp", "index.php", "index.aspx", "default.aspx", "default.htm")
_LONGEST_ORDERED = 1000  # characters of a query
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


def other_spellings(key: str) -> tuple[str, ...]:
    """The other forms in which sites write an address: `www.`, `index.html`, the last slash, the order of parameters.

    They are no canonical form, since which of them a server answers is its own business: a column's root often only leads
    on to its `index.html`. They tell under which key an address may be known already.

    Args:
        key: of an address; see `canonical_key`.
    """
    rest, mark, route = key.partition("#")
    place, asks, query = rest.partition("?")
    host, _, path = place.partition("/")
    hosts = (host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    folder = _INDEX.sub("", path).rstrip("/")
    is_folder = folder != path.rstrip("/") or path.endswith("/") or not path
    paths = (path, f"{folder}/", folder, *(f"{folder}/{name}".lstrip("/") for name in _INDEX_NAMES)) if is_folder else (path,)
    if not is_folder and "." not in path.rpartition("/")[2]:
        paths = (path, f"{path}/")
    if len(query) <= _LONGEST_ORDERED:
        ordered = tuple("&".join(sorts) for sorts in permutations(query.split("&"))) if query.count("&") < 4 else (query,)
    else:
        ordered = (query,)
    spelled = (f"{one}/{way.lstrip('/')}{asks}{order}{mark}{route}" for one in hosts for way in paths for order in ordered)
    return tuple(form for form in dict.fromkeys(spelled) if form != key)
