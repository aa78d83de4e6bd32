"""The disclosure system of 闵行区 (mh-xxgk-cms), which all offices of the district share.

Recognised by: addresses under `/mh-xxgk-cms/website/` or `/mh-xxgk-cms/UploadPath/`, its own or its links', `ul.xxgk_list`, or
`.content_info` with `.content_body`.

Seen on zwgk.shmh.gov.cn (reports since 2021). Attested in public: the addresses, the line of source and date, and the
attachments' folder. The class names are those of our replica: where a page has others, the list is the one whose rows lead to
`…/content/{UUID}.htm`, and the body is found by `crawler.clean` from its structure.

A seed needs `listing_url = ".../{column}/List/list_0.htm"`, nothing else.

What bites:

- Pages count from 0: `list_0.htm`, `list_1.htm` …; the address of the next one is taken from 下一页, never counted.
- A script may build the list late: the page as sent then has an empty `ul`. That is unreadable, not "no rows", so that the
  caller renders it.
- UUIDs occur in upper and in lower case. The date says 2021年2月18日, after a no-break space.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.listing import entries_of, next_link
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "mh-xxgk-cms"
SIGNS = ("mh-xxgk-cms", "mh_xxgk", "UploadPath", "xxgk_list", "content_info", "List/list_")

_OWN_LISTS = finding("ul.xxgk_list")
_BODIES = (finding(".content_body"), finding("#zoom"))
_SOURCE_LINES = finding(".content_info")
# Its own addresses are relative to the host: a full one may be another site's link to this one.
_OWN_ADDRESS = re.compile(r"/mh-xxgk-cms/(?:website|UploadPath)/")
_REPORT_ADDRESS = re.compile(r"/content/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html?(?:$|[?#])", re.IGNORECASE)


def recognises(page: Page) -> bool:
    """Whether the page has the system's list or report, its address, or links of its own into its folders."""
    if _OWN_ADDRESS.match(urlsplit(page.url).path):
        return True
    if _OWN_LISTS(page.root) or (_SOURCE_LINES(page.root) and _BODIES[0](page.root)):
        return True
    return any(
        _OWN_ADDRESS.match(node.get("href") or node.get("src") or "") for node in page.root.iter("a", "link", "script", "img")
    )


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: this is a report; or the list is not there, or has no usable row (a script may fill it yet).
    """
    if _REPORT_ADDRESS.search(page.url):
        raise PageUnreadable(page.url, "a report, no list")
    lists = _OWN_LISTS(page.root)
    if len(lists) > 1:
        raise PageUnreadable(page.url, f"expected exactly 1 list of reports, found {len(lists)}")
    entries = entries_of(page, lists[0]) if lists else ()
    if not lists and (rows := own_rows(page, _REPORT_ADDRESS)) is not None:
        entries = rows.entries
    if not entries:
        raise PageUnreadable(page.url, "no list of reports with a link and a title in its rows: a script may build it")
    following = next_link(page)
    return Listing(entries, Ask(following) if following else following_page(page), page_count(page))


def container(page: Page) -> HtmlElement | None:
    """`.content_body`, else `#zoom`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)
