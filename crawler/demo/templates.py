"""Renders the replica's pages from a bureau's state and a visit's noise. Decides nothing about when or whether."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.demo.bodies import BodyTemplate, body_markup
from crawler.demo.noise import Noise
from crawler.demo.pdf import pdf_of
from crawler.demo.state import BureauState, Posting, Shape

ASSETS: Mapping[str, str] = {
    "shanghai.css": "text/css",
    "shanghai.js": "text/javascript",
    "minhang.css": "text/css",
    "minhang.js": "text/javascript",
}
"""Files under /static/, with their media types."""


def listing_page(state: BureauState, page: int, noise: Noise, *, empty: bool = False) -> str:
    """A page of the list.

    Args:
        state: the bureau's site.
        page: 1-based.
        noise: this visit's.
        empty: leave the rows out, as a site does whose database is away.
    """
    return _render(state, "listing", noise, page=page, rows=() if empty else state.rows(page))


def listing_rows(state: BureauState, page: int, *, empty: bool = False) -> str:
    """The JSON from which the page's script builds listing page `page` (1-based)."""
    rows = [
        {
            "title": row.document.title,
            "shown": _cut(row.document.title, 34),
            "url": state.path_of(row),
            "date": row.document.published.isoformat(),
        }
        for row in (() if empty else state.rows(page))
    ]
    return json.dumps({"page": page, "pages": state.page_count, "rows": rows}, ensure_ascii=False)


def report_page(state: BureauState, posting: Posting, noise: Noise) -> str:
    """A report's own page."""
    listed = state.listed
    at = listed.index(posting) if posting in listed else None
    return _render(
        state,
        "report",
        noise,
        posting=posting,
        document=posting.document,
        body=body_markup(posting.document.body, posting.template, noise.chance),
        attachments=[(name, state.attachment_path(posting, name)) for name in posting.document.attachment_names],
        early_end=posting.template is BodyTemplate.EARLY_END,
        charset="gb2312" if posting.template is BodyTemplate.GBK else "utf-8",
        newer=listed[at - 1] if at else None,
        older=listed[at + 1] if at is not None and at + 1 < len(listed) else None,
    )


def home_page(state: BureauState, noise: Noise) -> str:
    """The site's home page."""
    return _render(state, "home", noise)


def missing_page(state: BureauState, noise: Noise) -> str:
    """What the site shows for an address that is not there."""
    return _render(state, "missing", noise)


def attachment(posting: Posting, name: str) -> bytes:
    """A report's attachment: one PDF page that names the report."""
    document = posting.document
    return pdf_of(
        [document.title, f"附件：{name}", f"{document.source}　{document.published}", f"第{posting.attachment_edition}版"]
    )


def asset(name: str) -> str:
    """A style sheet or script of the replica, one of `ASSETS`."""
    return files("crawler.demo").joinpath("pages", name).read_text(encoding="utf-8")


def _render(state: BureauState, page_kind: str, noise: Noise, **named: object) -> str:
    site = "shanghai" if state.shape is Shape.SHANGHAI else "minhang"
    template = _environment().get_template(f"{site}_{page_kind}.html")
    return template.render({"charset": "utf-8", "state": state, "noise": noise, **named})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("crawler.demo", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cut"] = _cut
    environment.filters["chinese_date"] = _chinese_date
    return environment


def _cut(title: str, length: int) -> str:
    return title if len(title) <= length else title[: length - 1] + "…"


def _chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
