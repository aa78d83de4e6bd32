"""What a visitor reads on the demo's replica of two sites."""

from __future__ import annotations

from crawler.demo.documents import Document
from crawler.demo.site import ReplicaSite
from spiders.page import read_page
from tests.asking import get


def rows(site: ReplicaSite, bureau: str, page: int = 1) -> list[str]:
    shown = read_page("http://x/", get(site.listing_url(bureau, page)).body).root
    return [link.get("href") for link in shown.cssselect("ul.pageList li a, ul.xxgk_list li a")]


def body_text(site: ReplicaSite, report: str) -> str:
    page = read_page(site.address_of(report), get(site.address_of(report)).body)
    return "".join(page.root.cssselect("#ivs_content, #zoom")[0].text_content().split())


def squeezed(document: Document) -> str:
    return "".join("".join(document.body).split())
