"""Reads what a listing page says of itself: site, column, region, the columns it leads to. Guesses; reads no rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.page import Page
from spiders.page_kind import beginning_of, is_detail, prose_outside

_PROVINCES = {  # GB/T 2260, the first two digits of a region code
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省", "22": "吉林省",
    "23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省",
    "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
}  # fmt: skip
_BUREAU = re.compile(r"[\u4e00-\u9fff]{0,16}司法(?:局|厅|部)")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,16}(?:局|厅|部|委员会|人民政府|办公室)")
_SEPARATOR = re.compile(r"\s{0,4}[-_|—–>》·]+\s{0,4}|\s{2,8}")
_HOST_OF_SITE = re.compile(r"主\s{0,4}办(?:单位|方)?\s{0,4}[:：]\s{0,4}([\u4e00-\u9fff]{4,24})")
_SITE_CODE = re.compile(r"网站标识码\s{0,4}[:：]\s{0,4}(\w{2,10})")
_PLACES = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:自治区|自治州|省|市|地区|盟|区|县|旗)")
_WANTED = re.compile(r"法治政府|年度报告|工作总结|工作报告|通知公告|公示公告|规划|政策文件|信息公开年报")
_MORE = re.compile(r"[\W_]{0,5}(?:更多|查看更多|more)[\W_]{0,5}", re.IGNORECASE)
_LONGEST_NAME = 60  # characters
_LONGEST_SECTION = 80
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class AboutColumn:
    """What a page says of the site and the column that it belongs to. "" where it does not say."""

    name: str  # of the bureau, or of the site
    section: str
    region: str  # in words, province first
    level: str  # as in a seed; "" where it cannot be told
    columns: tuple[tuple[str, str], ...]  # of columns that may hold reports, which this page leads to: name and address
    is_report: bool  # it reads like a report, not like a list


def about_column(page: Page) -> AboutColumn:
    """What the page says of itself."""
    if not page.is_markup:
        return AboutColumn("", "", "", "", (), is_report=False)
    metas = {
        (meta.get("name") or "").lower(): " ".join((meta.get("content") or "").split())
        for meta in islice(page.root.iter("meta"), 60)
    }
    title = " ".join("".join(page.root.xpath("string(//title[1])")).split())[:300]
    parts = [part for part in _SEPARATOR.split(title) if part]
    name = _name(page, metas.get("sitename", ""), parts)
    code = metas.get("siteidcode", "") or _first(_SITE_CODE, page.text)
    province = _PROVINCES.get(code[:2], "") if code[:6].isdecimal() else ""
    return AboutColumn(
        name=name[:_LONGEST_NAME],
        section=_section(page, metas.get("columnname", ""), parts, name)[:_LONGEST_SECTION],
        region=_region(name, province),
        level=_level(name, province),
        columns=_columns(page),
        is_report=is_detail(page, prose_outside(page, set()), beside_pager=False),
    )


def _name(page: Page, site: str, parts: list[str]) -> str:
    """The bureau's own name; a district's portal names its bureau in the title only."""
    for words in (site, *reversed(parts)):
        found = _BUREAU.search(words)
        if found:
            return found.group()
    host = _first(_HOST_OF_SITE, page.text)
    found = _BUREAU.search(host) or _BODY.search(site) or next(filter(None, map(_BODY.search, reversed(parts))), None)
    return found.group() if found else site or host


def _section(page: Page, column: str, parts: list[str], name: str) -> str:
    if column:
        return column
    for part in parts:
        if part not in {name, "首页"} and name not in part and not _BUREAU.fullmatch(part):
            return part
    crumbs = _crumbs(page)
    return crumbs[-1][0] if crumbs else next((words for words in map(_words, page.root.iter("h1", "h2")) if words), "")


def _region(name: str, province: str) -> str:
    """The places in the bureau's name, with the province of the site's code before them where it is not one of them."""
    if name.startswith("中华人民共和国") or name == "司法部":
        return "全国"
    places = _PLACES.findall(_BUREAU.sub(lambda found: found.group()[:-3], name) if _BUREAU.search(name) else name)
    if province and province not in places:
        places.insert(0, province)
    return "/".join(places)[:_LONGEST_NAME]


def _level(name: str, province: str) -> str:
    if name.endswith("司法部"):
        return "ministry"
    places = _PLACES.findall(name)
    last = places[-1] if places else ""
    if name.endswith("厅") or last.endswith(("省", "自治区")) or (last in _PROVINCES.values() and province in {"", last}):
        return "province"
    endings = (("district", ("区",)), ("county", ("县", "旗")), ("city", ("市", "州", "地区", "盟")))
    return next((level for level, ends in endings if last.endswith(ends)), "")


def _columns(page: Page) -> tuple[tuple[str, str], ...]:
    """Columns of the same host that may hold reports; those of the path to this page come first."""
    found: dict[str, str] = {}
    links = (
        (_column_name(link), page.absolute(link.get("href") or ""))
        for link in islice(page.root.iter("a"), 3_000)
        if not (link.get("href") or "#").startswith("#")
    )
    for words, url in (*_crumbs(page), *links):
        is_column = url is not None and urlsplit(url).hostname == urlsplit(page.url).hostname and url != page.url
        if is_column and url and 2 <= len(words) <= 20 and urlsplit(url).path.strip("/") and words != "首页":
            is_wanted = _WANTED.search(words) or (words, url) in _crumbs(page)
            if is_wanted and not re.search(r"\d{5}", url.rpartition("/")[2]):
                found.setdefault(url, words)
    return tuple((words, url) for url, words in islice(found.items(), _MOST_COLUMNS))


def _column_name(link: HtmlElement) -> str:
    """What a link says; 更多 leads to the column that the heading beside it names."""
    words, above = _words(link), link.getparent()
    if not _MORE.fullmatch(words) or above is None:
        return words
    return _words(above).replace(words, "").strip() if len(beginning_of(above, 40)) <= 40 else words


def _crumbs(page: Page) -> list[tuple[str, str | None]]:
    """The path of columns that leads to this page (当前位置：首页 > …), with their addresses."""
    for holder in page.root.xpath("//*[text()[contains(., '位置')]]")[:3]:
        around = holder if holder.find(".//a") is not None else holder.getparent()
        if isinstance(around, HtmlElement) and len(around.text_content()) < 200:
            return [(_words(link), page.absolute(link.get("href") or "")) for link in around.iter("a")]
    return []


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())[:100]


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
