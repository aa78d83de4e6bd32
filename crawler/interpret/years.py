"""Finds the year that a report reports on, in its title, its first lines, its day of publication. Knows no kinds of report."""

from __future__ import annotations

import re
from datetime import date

_NUMERALS = dict(zip("〇零○OoＯ０一二三四五六七八九", "000000123456789", strict=False)) | {
    numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")
}
_ZEROES = "〇零○OoＯ０"
_IN_WORDS = rf"(?:一九|二[{_ZEROES}])[一二三四五六七八九{_ZEROES}]{{2}}"
_FOUR = r"(?<!\d)(?:19[89]\d|20[0-4]\d)"
_RANGE = re.compile(rf"{_FOUR}年? ?[-—–~至到]{{1,2}} ?{_FOUR}(?:年度?)?")
_DAY = re.compile(rf"{_FOUR}(?:[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)|年\d{{1,2}}月\d{{1,2}}日)")
_MONTH = re.compile(rf"{_FOUR}年\d{{1,2}}月(?:份)?(?![-至到—])")
_NUMBERED = re.compile(rf"[〔\[(【]{_FOUR}[〕\])】] ?第? ?\d{{1,6}} ?号")
_YEAR = re.compile(rf"(?P<plain>{_FOUR})(?!\d)|(?P<words>{_IN_WORDS})(?=年)")
_NOW_SAYS = re.compile(
    rf"现[将就][^。;\n]{{0,40}}?(?P<year>{_FOUR}|{_IN_WORDS})年?度?[^。;\n]{{0,80}}?(?:报告|汇报|公布|总结|公开|通报|述职|述法)如下"
)
_OF_THE_YEAR = re.compile(
    rf"(?P<year>{_FOUR}|{_IN_WORDS})年度?[^,。;\n]{{0,30}}?(?:年度报告|年报|情况报告|工作总结|情况|工作要点|工作计划)"
)
_OPENS = re.compile(rf"(?P<year>{_FOUR}|{_IN_WORDS})年(?:度|来|以来)?[,，:：]?")
_LEAD_CHARS = 1_500


def year_in_title(title: str, before: int | None = None) -> int | None:
    """The year a title names: the last one before a place in it, else the first one after; no part of a day, range or 文号.

    Args:
        title: folded to ASCII.
        before: where the words end that say what the report is; None: the first year of the title.
    """
    plain = title
    for pattern in (_NUMBERED, _DAY, _MONTH, _RANGE):
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    found = list(_YEAR.finditer(plain))
    if not found:
        return None
    earlier = [match for match in found if before is not None and match.start() < before]
    return _number((earlier[-1] if earlier else found[0])[0])


def year_in_lead(lead: str) -> int | None:
    """The year that the first lines of a text say it is about; None where they do not.

    Args:
        lead: folded to ASCII; what is beyond 1,500 code points is not looked at.
    """
    lead = lead[:_LEAD_CHARS]
    for pattern in (_NOW_SAYS, _OF_THE_YEAR):
        if match := pattern.search(lead):
            return _number(match["year"])
    opening = next((match for line in lead.split("\n")[:4] if (match := _OPENS.match(line.strip()))), None)
    return _number(opening["year"]) if opening else None


def year_told_as_past(lead: str) -> int | None:
    """The year of a sentence 现将 … 报告如下, the surest place that a text has for it; None without one."""
    match = _NOW_SAYS.search(lead[:_LEAD_CHARS])
    return _number(match["year"]) if match else None


def year_before(published: date) -> int | None:
    """The year an annual report is about by its day of publication: the one before, in the first half of a year.

    Later it may be a late one or one of the year that runs: None. The duties end on 31 March, their tail in April
    (shared facts, gov-sites.md §1.3).
    """
    return published.year - 1 if published.month <= 6 else None


def _number(printed: str) -> int:
    return int("".join(_NUMERALS.get(character, character) for character in printed))
