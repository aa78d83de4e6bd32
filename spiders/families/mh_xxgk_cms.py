"""The disclosure system of 闵行区 (mh-xxgk-cms), which all offices of the district share.

Recognised by: addresses of its own under `/mh-xxgk-cms/website/mh_xxgk/`, `ul.xxgk_list`, or `.content_info` with
`.content_body`.

Seen on zwgk.shmh.gov.cn (reports since 2021). Attested in public: the addresses, the line of source and date, and the
attachments' folder. The class names are those of our replica: where a page has others, the list is the only one whose dated
rows lead to `…/content/{UUID}.htm`, and the body is found by `crawler.clean` from its structure.

A seed needs `listing_url = ".../{column}/List/list_0.htm"`, nothing else.

What bites:

- Pages count from 0: `list_0.htm`, `list_1.htm` …; the address of the next one is taken from 下一页, never counted.
- A script may build the list late: the page as sent then has an empty `ul`. That is unreadable, not "no rows", so that the
  caller renders it.
- UUIDs occur in upper and in lower case. The date says 2021年2月18日, after a no-break space.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from spiders.dates import first_date
from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.listing import entries_of, next_link
from spiders.page import Page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "mh-xxgk-cms"
SIGNS = ("mh-xxgk-cms", "xxgk_list", "content_info")

_OWN_LISTS = finding("ul.xxgk_list")
_BODIES = (finding(".content_body"), finding("#zoom"))
_SOURCE_LINES = finding(".content_info")
# Its own addresses are relative to the host: a full one may be another site's link to this one.
_OWN_ADDRESS = re.compile(r"/mh-xxgk-cms/(?:website|UploadPath)/")
_REPORT_ADDRESS = re.compile(r"(?:^|/)content/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html?$", re.IGNORECASE)


def recognises(page: Page) -> bool:
    """Whether the page has the system's list or report, or links of its own into its folders."""
    if _OWN_LISTS(page.root) or (_SOURCE_LINES(page.root) and _BODIES[0](page.root)):
        return True
    return any(
        _OWN_ADDRESS.match(node.get("href") or node.get("src") or "") for node in page.root.iter("a", "link", "script", "img")
    )


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: the list is not there, is not the only one, or has no usable row (a script may fill it yet).
    """
    entries = entries_of(page, _the_list(page))
    if not entries:
        raise PageUnreadable(page.url, "the list is there but has no row with a link and a title: a script may build it")
    following = next_link(page)
    return Listing(entries, Ask(following) if following else None)


def container(page: Page) -> HtmlElement | None:
    """`.content_body`, else `#zoom`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _the_list(page: Page) -> HtmlElement:
    lists = _OWN_LISTS(page.root) or [
        found for found in page.root.iter("ul", "ol", "tbody") if any(_is_report_row(row) for row in found)
    ]
    if len(lists) != 1:
        raise PageUnreadable(page.url, f"expected exactly 1 list of reports, found {len(lists)}")
    return lists[0]


def _is_report_row(row: HtmlElement) -> bool:
    leads_to_report = any(_REPORT_ADDRESS.search(link.get("href") or "") for link in row.iter("a"))
    return leads_to_report and first_date(row.text_content()) is not None
