"""Pages are read apart from the crawl loop: one that takes too long is an issue of its own, and holds up nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from crawler.clean.pool import CleanPool
from crawler.config import read_config
from crawler.schedule.session import Session
from spiders.failures import Failure, PageFaulty
from spiders.page_readers import ListingRead, read_listing

LISTING = """<ul class="pageList"><li><a href="/a/1.html">关于第一号事项的年度报告</a><span>2024-03-01</span></li>
<li><a href="/a/2.html">关于第二号事项的年度报告</a><span>2024-03-02</span></li></ul>""".encode()


def never_ends(url: str, body: bytes, named: str | None) -> None:
    time.sleep(3600)


def configuration(folder: Path) -> Path:
    (folder / "bureauwatch.toml").write_text('[crawl]\ncontact = "test@example.org"\n', encoding="utf-8")
    return folder / "bureauwatch.toml"


async def test_a_listing_is_read_in_a_child(tmp_path: Path) -> None:
    session = Session.open(read_config(configuration(tmp_path)))
    try:
        read = await session._read(read_listing, "https://x.gov.cn/list/", LISTING, "shanghai-bureaus")
        assert isinstance(read, ListingRead)
        assert [entry.url for entry in read.listing.entries] == ["https://x.gov.cn/a/1.html", "https://x.gov.cn/a/2.html"]
    finally:
        await session.close()


async def test_a_page_whose_reading_never_ends_is_a_failed_visit(tmp_path: Path) -> None:
    session = Session.open(read_config(configuration(tmp_path)))
    session.pool = CleanPool(1, longest_s=0.5)
    try:
        with pytest.raises(PageFaulty) as told:
            await session._read(never_ends, "https://x.gov.cn/list/", b"", None)
        assert told.value.failure is Failure.EXTRACT_FAILED
        assert "longer than 0.5 s" in told.value.detail
    finally:
        await session.close()
