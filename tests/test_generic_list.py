"""The generic reader alone, families switched off: right on what it is sure of, and honest about the rest."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from urllib.parse import urljoin

import pytest

from spiders import generic_list
from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.page import Page, parse_page, read_page
from spiders.reading import Listing
from tests.family_sites import FOLDER
from tests.list_pages import ADDRESSES, FRAMES, NO_LISTS, ROWS, URL, expected, notices, page_of
from tests.wild_lists import WILD

Row = tuple[str, str, date | None]
SURE = 0.5


def read(page: Page) -> Listing | None:
    try:
        return generic_list.listing(page)
    except PageUnreadable:
        return None


def rows_of(listing: Listing | None) -> list[Row]:
    return [(row.url, row.title, row.listed) for row in listing.entries] if listing else []


def family_pages() -> list[tuple[str, Page, list[Row], str | None]]:
    """Every page and answer with rows of the families' fixtures: name, page, rows, address of the next page."""
    found = []
    for folder in sorted(path.parent for path in FOLDER.glob("*/site.json")):
        site, told = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("site", "expected"))
        base = f"https://{folder.name}.example.gov.cn"
        files = {(answer["ask"], answer.get("form", "")): answer["file"] for answer in site["answers"]}
        for listing in filter(lambda listing: listing["rows"], told["listings"]):
            file = next((file for (ask, _), file in files.items() if ask == listing["ask"]), None)
            if file is None:
                continue  # a service that counts what it was asked
            url = urljoin(base, listing["ask"])
            rows = [(urljoin(base, row[0]), row[1], date.fromisoformat(row[2]) if row[2] else None) for row in listing["rows"]]
            following = urljoin(base, listing["following"]) if listing["following"] else None
            found.append((f"{folder.name}/{file}", read_page(url, (folder / file).read_bytes()), rows, following))
    return found


def test_nine_in_ten_pages_of_the_families_are_read_exactly_and_the_rest_honestly() -> None:
    pages = family_pages()
    exact, dishonest = 0, []
    for name, page, rows, _ in pages:
        listing = read(page)
        if rows_of(listing) == rows:
            exact += 1
        elif listing is not None and listing.confidence >= SURE:
            dishonest.append(name)
    assert len(pages) > 60
    assert exact >= 0.9 * len(pages)
    assert dishonest == []


def test_a_next_page_is_the_families_or_none() -> None:
    """A wrong one would be asked for night by night. Epoint counts from 0: its last page, if it is full, looks like the last but one."""
    wrong = []
    for name, page, _, following in family_pages():
        listing = read(page)
        if listing is not None and listing.following is not None and listing.following.url != following:
            wrong.append(name)
    assert set(wrong) <= {"epoint/page_3.json"}


def test_no_report_of_the_families_is_read_as_a_list() -> None:
    for file in sorted(FOLDER.glob("*/report_*.html")):
        listing = read(read_page(f"https://{file.parent.name}.example.gov.cn/a/1.html", file.read_bytes()))
        assert listing is None or listing.confidence < SURE, file


def test_made_up_pages_are_read_exactly_and_none_wrongly_with_confidence() -> None:
    tried = [
        (shape, page_of(shape, frame, notices(size, ADDRESSES[(size + position) % len(ADDRESSES)])), size, position)
        for position, ((shape, frame), size) in enumerate(product(product(ROWS, FRAMES), (10, 2)))
    ]
    outcomes = []
    for shape, markup, size, position in tried:
        listing = read(parse_page(URL, markup))
        is_exact = rows_of(listing) == expected(shape, notices(size, ADDRESSES[(size + position) % len(ADDRESSES)]))
        outcomes.append((is_exact, listing is not None and listing.confidence >= SURE))
    assert sum(is_exact for is_exact, _ in outcomes) >= 0.95 * len(tried)
    assert (False, True) not in outcomes


@pytest.mark.parametrize("name", WILD)
def test_a_page_in_a_manner_never_seen_is_read_whole(name: str) -> None:
    url, markup, rows, following, pages = WILD[name]
    listing = read(parse_page(url, markup))
    assert listing is not None
    assert rows_of(listing) == rows
    assert (listing.following.url if listing.following else None, listing.pages) == (following, pages)


@pytest.mark.parametrize("name", NO_LISTS)
def test_what_is_no_list_is_unreadable_or_unsure(name: str) -> None:
    listing = read(parse_page(URL, NO_LISTS[name]))
    assert listing is None or listing.confidence < SURE


def test_a_list_of_which_only_the_first_page_can_be_found_is_less_sure() -> None:
    whole = page_of("li-span-after", "script-pager", notices(10))
    sure, unsure = (read(parse_page(URL, page)) for page in (whole, whole.replace("createPageHTML(12, 0, 'index', 'html')", "var pageCount=12;")))  # fmt: skip
    assert sure is not None
    assert unsure is not None
    assert (unsure.following, unsure.pages) == (None, 12)
    assert SURE <= unsure.confidence < 0.75 < sure.confidence


SERVICE = "https://sfj.example.gov.cn/api/list?col=9&page=1&pageSize=2"
RECORDS = [
    {
        "id": 7,
        "docTitle": "某市司法局2023年法治政府建设情况报告",
        "docUrl": "/a/7.html",
        "pubTime": 1709336400000,
        "pic": "/p/7.jpg",
    },
    {"id": 6, "docTitle": "关于开展公证质量检查的通知", "docUrl": "/a/6.html", "pubTime": 1706490000000, "pic": "/p/6.jpg"},
]
READ = [
    ("https://sfj.example.gov.cn/a/7.html", "某市司法局2023年法治政府建设情况报告", date(2024, 3, 2)),
    ("https://sfj.example.gov.cn/a/6.html", "关于开展公证质量检查的通知", date(2024, 1, 29)),
]


def in_seconds(record: dict[str, object]) -> dict[str, object]:
    milliseconds = record["pubTime"]
    assert isinstance(milliseconds, int)
    return {**record, "pubTime": milliseconds // 1000}


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 200, "data": {"total": 5, "list": RECORDS}},
        {"rows": RECORDS, "total": "5"},
        {"result": {"pages": 3, "records": [in_seconds(record) for record in RECORDS]}},
        {"data": json.dumps({"total": 5, "rows": RECORDS})},
        {"total": 5, "hits": [{"_id": "x", "_source": record} for record in RECORDS], "menu": [{"title": "首页", "url": "/"}]},
        {"total": 5, "list": [{**record, "docTitle": f"<em>{record['docTitle']}</em>"} for record in RECORDS]},
        {"total": 5, "list": [{**record, "docTitle": f"{str(record['docTitle'])[:8]}...", "full": record["docTitle"]} for record in RECORDS]},
        {"total": 5, "list": [{**record, "createTime": "2020-01-01", "expireDate": "2030-01-01"} for record in RECORDS]},
    ],
    ids=["nested", "strings", "pages", "json-in-json", "sources", "marked", "cut", "other-dates"],
)  # fmt: skip
def test_an_answer_of_a_list_service_is_read_by_what_its_members_look_like(answer: object) -> None:
    listing = read(parse_page(SERVICE, json.dumps(answer, ensure_ascii=False)))
    assert listing is not None
    assert rows_of(listing) == READ
    assert (listing.pages, listing.following) == (3, Ask(SERVICE.replace("page=1", "page=2")))
    assert listing.confidence >= SURE


def test_the_last_page_of_a_service_has_none_behind_it() -> None:
    last = read(
        parse_page(SERVICE.replace("page=1", "page=3"), json.dumps({"total": 5, "list": RECORDS[:1]}, ensure_ascii=False))
    )
    assert last is not None
    assert last.following is None


def test_markup_in_an_answer_is_read_as_markup() -> None:
    row = "<li><a href='{}'>{}</a><b>{}</b></li>"
    markup = "".join(row.format(url, title, day) for url, title, day in READ)
    for answer in ({"success": True, "data": {"html": f"<ul>{markup}</ul>"}}, {"records": markup.split("</li>")[:2]}):
        assert rows_of(read(parse_page(SERVICE, json.dumps(answer)))) == READ
    records = "".join(f"<record><![CDATA[{part}</li>]]></record>" for part in markup.split("</li>")[:2])
    xml = f"<?xml version='1.0' encoding='utf-8'?><datastore><totalrecord>2</totalrecord><recordset>{records}</recordset></datastore>"
    assert rows_of(read(parse_page(SERVICE, xml))) == READ
    island = f"<html><body><h1>列表</h1><script type='text/xml'>{xml}</script></body></html>"
    assert rows_of(read(parse_page(SERVICE, island))) == READ


def test_a_feed_is_read() -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{day}</pubDate></item>" for url, title, day in READ
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>公告</title><link>https://sfj.example.gov.cn/</link>{items}</channel></rss>"
    assert rows_of(read(parse_page(SERVICE, feed))) == READ


@pytest.mark.parametrize(
    "answer",
    ["{", "[]", "{}", "[" * 100_000, '{"a": ' * 5_000, '{"list": [{"id": 1, "title": "某某通知"}]}', '{"error": "请登录"}', '{"list": [1, 2, null]}',
     "<?xml version='1.0'?>", "<?xml version='1.0'?><a><b/></a>", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
     '{"list": [{"title": ["某某通知"], "url": {"a": 1}, "date": 1e999}]}', '{"list": [{"title": "某某通知\\ud800", "url": "http://[::1"}]}'],
)  # fmt: skip
def test_an_answer_without_rows_is_unreadable(answer: str) -> None:
    assert read(parse_page(SERVICE, answer)) is None
