"""Finds the list of a family whose documents have addresses of a known form. Turns no page, chooses no form."""

from __future__ import annotations

import re

from spiders.page import Page
from spiders.rows import Rows, find_rows


def own_rows(page: Page, address: re.Pattern[str]) -> Rows | None:
    """The list that holds documents of the family, with its rows that lead elsewhere (reprints, files, other hosts).

    Args:
        page: the page.
        address: what full addresses of the family's documents match (`search`).

    Returns:
        The list, or None where no row of the page has such an address.
    """
    own = find_rows(page, address=address)
    whole = find_rows(page)
    if own is None or whole is None:
        return own
    within = {entry.url for entry in whole.entries}
    return whole if all(entry.url in within for entry in own.entries) else own
