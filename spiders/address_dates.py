"""Reads the date that an article's address carries. It is evidence and seldom the day of publication: see `address_date`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

_LONGEST_ADDRESS = 2_000  # characters that are looked at
_YEAR = r"((?:19|20)[0-9]{2})"
_END = r"(?![0-9])"
# Tried in this order, as attested on the sites of China's governments; what follows the date tells the forms apart.
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/t{_YEAR}([0-9]{{2}})([0-9]{{2}})_[0-9]",  # TRS: /202103/t20210305_123.html
        rf"/{_YEAR}/([0-9]{{1,2}})/([0-9]{{1,2}})(?=/)",  # Hanweb /art/2021/3/5/art_1.html, 四川 /2021/3/5/….shtml
        rf"/{_YEAR}-([0-9]{{1,2}})[-/]([0-9]{{1,2}}){_END}",  # /2021-03/05/content_1.htm, /2021-03-05/1.html
        rf"/{_YEAR}([0-9]{{2}})/([0-9]{{2}})(?=/)",  # 河北 /columns/…/202103/05/….html
        rf"/{_YEAR}([0-9]{{2}})([0-9]{{2}})(?=/)",  # /20210305/….html, /20210305/…/c.html
        rf"/{_YEAR}([0-9]{{2}})([0-9]{{2}})[0-9]{{4,12}}(?=/)",  # 辽宁 /2021030514253011223/index.shtml
    )
)
_DAY_OF_YEAR = re.compile(rf"/{_YEAR}/([1-9][0-9]{{0,2}})/[^/]+$")  # 浦东 /2025/90/1.html: 31 March


def address_date(url: str) -> date | None:
    """The date in an article's address, or None where it carries none.

    It is the day on which a system stored the page: at 上海市司法局 the reports of 2017 and 2020 both stand under /20210305/.
    A year and a month alone (/202103/…) are no date. A number without a leading nought between year and name is a day of
    the year: /2025/90/ is 31 March, /2025/03/ is none.
    """
    path = unquote(_path_of(url))[:_LONGEST_ADDRESS]
    for pattern in _DAYS:
        for found in pattern.finditer(path):
            if day := _day(*(int(part) for part in found.groups())):
                return day
    if counted := _DAY_OF_YEAR.search(path):
        year = int(counted[1])
        reached = date(year, 1, 1) + timedelta(days=int(counted[2]) - 1)
        return reached if reached.year == year else None
    return None


def _path_of(url: str) -> str:
    try:
        return urlsplit(url[:_LONGEST_ADDRESS]).path
    except ValueError:  # no address at all: it carries no date
        return ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
