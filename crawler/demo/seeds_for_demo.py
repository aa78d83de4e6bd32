"""Writes the seed file by which the product watches the replica. Starts nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crawler.demo.documents import MINHANG, SHANGHAI
from crawler.demo.state import BureauState

_PLACES = {SHANGHAI: ("上海市", "province"), MINHANG: ("上海市/闵行区", "district")}


def seed_blocks(sites: Mapping[str, tuple[str, BureauState]]) -> str:
    """A seed file in TOML, one block a bureau; the family is left out, to be recognised from the pages.

    Args:
        sites: by bureau id, the site's address without a slash at its end, and its state.
    """
    return "\n".join(_block(bureau_id, url, state) for bureau_id, (url, state) in sites.items())


def _block(bureau_id: str, url: str, state: BureauState) -> str:
    region, level = _PLACES[bureau_id]
    bureau = {"id": bureau_id, "name": state.name, "region": region, "level": level, "home_url": f"{url}/"}
    watch = {"section": state.section, "listing_url": url + state.listing_path(), "render": "auto"}
    return f"[[bureau]]\n{_keys(bureau)}\n[[bureau.watch]]\n{_keys(watch)}"


def _keys(named: Mapping[str, str]) -> str:
    # A JSON string is a TOML basic string (TOML 1.0, String), for text without DEL.
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in named.items())
