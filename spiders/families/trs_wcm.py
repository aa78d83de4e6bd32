"""拓尔思 TRS WCM (海云): static pages whose reports have the day in their address, `YYYYMM/tYYYYMMDD_ID.html`.

Recognised by: `createPageHTML(n,i,"index","html")` (also `createPage(…)`) with numbers first, the editors' class names
`TRS_Editor`, `TRS_UEDITOR`, `trs_editor_view` and `trs_paper_default`, or addresses of that form, its own or its links'.
Pages of UCAP (`page_div`), Hanweb (`/art/`, `/col/`) and EasySite, which bear some of these signs, are not.

Seen on moj.gov.cn, beijing.gov.cn, sfj.cq.gov.cn, sfj.wuhan.gov.cn, sft.fujian.gov.cn, sft.nx.gov.cn, sft.xizang.gov.cn and
many more departments and cities.

A seed needs `listing_url = ".../column/"` or its `index.html`, nothing else.

What bites:

- In `createPageHTML` n is the number of pages and i this page, counted from 0: page 0 is index.html, page k is index_k.html
  (Shanghai's platform calls its second page index_2). Endings are html, htm and shtml.
- Addresses are relative to the LIST's (`./202102/t…`, `../tzgg/202103/t…`); rows may lead to other columns and hosts.
- Titles are cut, with the whole in `title`; dates stand in a span or in brackets. A hot list may have the same addresses.
- TRS_Editor nests. Attachments (`P0202….pdf`) stand in the text or in a block beside it.
- PubDate is the day of a migration on some sites; the day in the address is that of the first upload.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.rows import find_rows
from spiders.selecting import finding

NAME = "trs-wcm"
SIGNS = ("createPage", "TRS_", "trs_", "/t20", "/t19")

_BODIES = tuple(finding(css) for css in (".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor", ".trs_paper_default"))
_MOST_EDITORS = 30  # looked at; nested ones are two or three
_SURE = 0.5  # of a list; beside an editor's text less is not believed
_NEARLY_ALL = 0.9  # of an element's text
_OTHERS = ("page_div", "easysite-", "jpaas", "<record>", "UCAPCONTENT", "gkmlpt")  # systems that bear a sign of this one too
_OTHERS_PATHS = re.compile(r"/(?:art|col)/")
_ARTICLE = re.compile(r"/\d{6}/t(?:19|20)\d{6}_\d{1,12}\.s?html?(?:$|[?#])")
_OWN_LINK = re.compile(r"^(?!https?:)[\w./-]{0,200}/t(?:19|20)\d{6}_\d{1,12}\.s?html?(?:$|[?#])")
_TURNS = re.compile(
    r"createPage(?:HTML)?\(\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},"
    r"\s{0,9}[\"']([\w.-]{1,60})[\"']\s{0,9},\s{0,9}[\"'](s?html?)[\"']"
)


def recognises(page: Page) -> bool:
    """Whether the page was made by the system."""
    path = urlsplit(page.url).path
    if any(other in page.text for other in _OTHERS) or _OTHERS_PATHS.search(path):
        return False
    if _ARTICLE.search(path) or _TURNS.search(page.text) or any(find(page.root) for find in _BODIES):
        return True
    return any(_OWN_LINK.match((link.get("href") or "").strip()) for link in page.root.iter("a"))


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: this is a report, or there is no list on it (a script may build it yet).
    """
    if _ARTICLE.search(urlsplit(page.url).path):
        raise PageUnreadable(page.url, "a report, no list")
    rows = own_rows(page, _ARTICLE) or find_rows(page)
    if rows is None:
        raise PageUnreadable(page.url, "expected rows that lead to …/YYYYMM/tYYYYMMDD_ID.html, found none")
    turns = _turns(page)
    if turns is None and rows.confidence < _SURE and container(page) is not None:
        raise PageUnreadable(page.url, "a report with some links beside it, no list")
    if turns is None:
        return Listing(rows.entries, following_page(page), page_count(page), confidence=rows.confidence)
    pages, current = int(turns.group(1)), int(turns.group(2))
    if current + 1 >= pages:
        return Listing(rows.entries, None, max(1, pages))
    following = urljoin(page.url, f"{turns.group(3)}_{current + 1}.{turns.group(4)}")
    return Listing(rows.entries, Ask(following), pages)


def container(page: Page) -> HtmlElement | None:
    """The editor's element; where editors nest, the innermost that holds the whole text."""
    for find in _BODIES:
        bodies = find(page.root)[:_MOST_EDITORS]
        if bodies:
            whole = _shared(bodies)
            return whole if whole is not None else _innermost(max(bodies, key=lambda body: len(body.text_content())), bodies)
    return None


def _turns(page: Page) -> re.Match[str] | None:
    """The call that draws the pager. In a comment it is an old one."""
    if "createPage" not in page.text:
        return None
    calls = (_TURNS.search(script.text or "") for script in page.root.iter("script"))
    return next((call for call in calls if call), None)


def _shared(bodies: list[HtmlElement]) -> HtmlElement | None:
    """What holds several editors that stand one after the other, if it holds hardly anything else."""
    outer = [body for body in bodies if not any(other in body.iterancestors() for other in bodies)]
    above = outer[0].getparent()
    if len(outer) < 2 or above is None or any(body.getparent() is not above for body in outer):
        return None
    words = len("".join(above.text_content().split()))
    return above if words and sum(len("".join(body.text_content().split())) for body in outer) >= _NEARLY_ALL * words else None


def _innermost(largest: HtmlElement, bodies: list[HtmlElement]) -> HtmlElement:
    """The body itself where an outer editor adds nothing to it."""
    words = "".join(largest.text_content().split())
    for body in bodies:
        if largest in body.iterancestors() and "".join(body.text_content().split()) == words:
            largest = body
    return largest
