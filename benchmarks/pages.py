"""Builds the pages of the measured site, always the same ones, from the replica's texts and templates. Serves nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from markupsafe import Markup

from crawler.demo import templates
from crawler.demo.bodies import BodyTemplate
from crawler.demo.documents import SHANGHAI, Document, manuscripts
from crawler.demo.noise import Noise
from crawler.demo.state import BureauState, Posting, Standing, opening_state

ROWS = 20
"""Rows on a listing page (count), as on the real site."""
SHORTEST, LONGEST = 4_000, 14_000
"""Characters of a report; with the menus below its page has about 60 kB."""
_WORD_EXPANDS = 3  # a text pasted from Word takes so many times the bytes: such reports are made shorter
_NEIGHBOURS = 6  # rows of the list that a report's page links to
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MENUS = (
    "机构概况",
    "政务公开",
    "法治政府",
    "公共法律服务",
    "律师工作",
    "公证",
    "司法鉴定",
    "人民调解",
    "行政复议",
    "互动交流",
)
_ENTRIES = (
    *(
        "领导之窗",
        "机构职能",
        "内设机构",
        "直属单位",
        "规范性文件",
        "政策解读",
        "规划计划",
        "财政预决算",
        "统计数据",
        "人事任免",
    ),
    *(
        "行政许可",
        "行政处罚",
        "双随机一公开",
        "政府采购",
        "建议提案",
        "公示公告",
        "办事指南",
        "常见问题",
        "网上咨询",
        "结果反馈",
    ),
)


@dataclass(frozen=True)
class BuiltPage:
    """One address of the site, with what it serves at two visits between which nothing was published."""

    path: str
    charset: str
    first: bytes
    later: bytes  # the same text under other noise


@dataclass(frozen=True)
class LongList(BureauState):
    """A replica bureau whose list has longer pages than the demo's."""

    @property
    def page_count(self) -> int:
        """Listing pages, at least one."""
        return max(1, -(-len(self.postings) // ROWS))

    def rows(self, page: int) -> tuple[Posting, ...]:
        """The rows of listing page `page` (1-based)."""
        return self.postings[(page - 1) * ROWS : page * ROWS]


def build(count: int) -> Iterator[BuiltPage]:
    """The listing pages, then `count` reports, in the shape of the Shanghai bureaus' platform.

    Every report has a text of its own; they are set in all of the replica's templates by turns.
    """
    site = _site(count)
    for number in range(1, site.page_count + 1):
        first, later = (templates.listing_page(site, number, noise) for noise in _two_visits(number))
        yield _built(site.listing_path(number), "utf-8", first, later)
    for position, posting in enumerate(site.postings):
        beside = _long_list(site, site.postings[max(0, position - _NEIGHBOURS // 2) : position + _NEIGHBOURS])
        first, later = (templates.report_page(beside, posting, noise) for noise in _two_visits(position))
        yield _built(site.path_of(posting), "gb18030" if posting.template is BodyTemplate.GBK else "utf-8", first, later)


def listing_path() -> str:
    """Path of the list's first page."""
    return opening_state(SHANGHAI).listing_path()


def listing_count(count: int) -> int:
    """Listing pages of a site of `count` reports."""
    return max(1, -(-count // ROWS))


def of_no_family(body: bytes) -> bytes:
    """The page without the names by which the platform's body is known, so that it must be found by structure.

    Listings keep theirs: they bear other names.
    """
    return body.replace(b"ivs_content", b"zw_nr").replace(b"Article_content", b"wz-zw")


def _site(count: int) -> LongList:
    shapes = tuple(BodyTemplate)
    postings = tuple(
        Posting(f"bench-{index}", _document(index, shapes[index % len(shapes)]), Standing.LISTED, shapes[index % len(shapes)])
        for index in range(count)
    )
    return _long_list(opening_state(SHANGHAI), postings)


def _long_list(like: BureauState, postings: tuple[Posting, ...]) -> LongList:
    return LongList(like.id, like.name, like.shape, like.section, like.column, postings, script_built=False)


def _document(index: int, template: BodyTemplate) -> Document:
    """A report made of the replica's paragraphs, every figure in it changed; years stay years."""
    chance = random.Random(index)
    wanted = chance.randint(SHORTEST, LONGEST) // (_WORD_EXPANDS if template is BodyTemplate.SPAN else 1)
    paragraphs = _paragraphs()
    start, body, length = chance.randrange(len(paragraphs)), list[str](), 0
    while length < wanted:
        body.append(
            _NUMBER.sub(lambda found: _another(found.group(), chance), paragraphs[(start + len(body)) % len(paragraphs)])
        )
        length += len(body[-1])
    published = date(2026, 6, 30) - timedelta(days=index % 3_000)
    title = f"{published.year}年法治政府建设情况报告（沪司〔{published.year}〕{index + 1}号）"
    return Document(title, published, "上海市司法局", tuple(body))


@cache
def _paragraphs() -> tuple[str, ...]:
    return tuple(paragraph for text in manuscripts() for paragraph in text.document.body)


def _another(number: str, chance: random.Random) -> str:
    return number if _YEAR.fullmatch(number) else "".join(str(chance.randint(1, 9)) for _ in number)


def _two_visits(page: int) -> tuple[Noise, Noise]:
    first, later = datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 7, 2, 9, tzinfo=UTC)
    return Noise(random.Random(page), 1_000 + page, first), Noise(random.Random(-page - 1), 2_000 + page, later)


def _built(path: str, charset: str, first: str, later: str) -> BuiltPage:
    return BuiltPage(path, charset, *(_with_menus(markup).encode(charset) for markup in (first, later)))


def _with_menus(markup: str) -> str:
    """The page with the unfolding menus that every page of a real site carries, and the replica's lack."""
    head, body, rest = markup.partition("<body>")
    return f"{head}{body}\n{_menus()}{rest}"


@cache
def _menus() -> Markup:
    item = Markup('<li class="item"><a href="/{}/index.html" target="_blank" title="{}">{}</a></li>\n')
    columns = (
        Markup('<div class="unfold"><h3><a href="/m{}/index.html">{}</a></h3>\n<ul class="sub">\n{}</ul></div>\n').format(
            number, menu, Markup("").join(item.format(f"m{number}_{at}", entry, entry) for at, entry in enumerate(_ENTRIES))
        )
        for number, menu in enumerate(_MENUS)
    )
    return Markup('<div class="megamenu">\n{}</div>\n').format(Markup("").join(columns))
