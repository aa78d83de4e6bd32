"""Chooses the words of an issue: what is wrong and what a person can do. Knows no issue but by its class and role."""

from __future__ import annotations

from typing import Final

from crawler.deliver.issue_sentences import OF_FAILURE, IssueWords
from crawler.deliver.wording import Words
from spiders.failures import Failure

LISTING: Final = Words("栏目的列表页", "the column's list")
REPORT: Final = Words("一份报告的网页", "a report's page")
ATTACHMENT: Final = Words("一个附件", "an attachment")
FLAPPING: Final = Words(
    "这个问题一周内多次出现又恢复，从现在起只列在每周清单里。",
    "This comes and goes several times a week; from now on only the weekly list names it.",
)
_PAGES: Final = {"listing": LISTING, "walk": LISTING, "attachment": ATTACHMENT, "document": ATTACHMENT}

_COLUMN_MOVED = Words(
    "请在网站上找到该栏目的新地址，写进该栏目的 listing_url。",
    "Find the column's new address on the site and write it into this column's listing_url.",
)
_OF_A_LISTING: Final = {
    Failure.NOT_FOUND: IssueWords(
        Words("栏目的列表页不见了，栏目可能搬家了。", "The column's list is not there any more; the column may have moved."),
        _COLUMN_MOVED,
    ),
    Failure.REDIRECTED_HOME: IssueWords(
        Words(
            "栏目的列表页被转到了网站首页或登录页，栏目可能搬家了。",
            "The column's address leads to the home page or a login; the column may have moved.",
        ),
        _COLUMN_MOVED,
    ),
}
_CHANGED_ALIKE: Final = IssueWords(
    Words(
        "许多报告在一次访问里以同样的方式变了，像是网站改版；新文本已存档，没有逐份通知。",
        "Many reports changed alike in one visit, as after a rebuilding; their new texts are kept and not told one by one.",
    ),
    Words(
        "请打开网站核对几份；若只是改版，不用处理。",
        "Look at some of them on the site; if it was only rebuilt, there is nothing to do.",
    ),
)
_READ_AGAIN: Final = IssueWords(
    Words(
        "一份已存档的报告无法按新规则重读，保留旧的文本。",
        "A kept report cannot be read again by the new rules; its former text stays.",
    ),
    Words(
        "若缺了 WARC 文件，请从备份放回，再运行 bureauwatch reclean。",
        "Put a missing WARC file back from a backup, then run `bureauwatch reclean`.",
    ),
)


def words_for(failure: str, role: str) -> IssueWords:
    """The sentence and the cure of an issue.

    Args:
        failure: its class, by name; of a class that is known no more, the cause is not named.
        role: what it befell, as its key says: listing, report, attachment, "changed alike", reclean, …
    """
    known = next((one for one in Failure if one.value == failure), None)
    if known is None:
        words = OF_FAILURE[Failure.UNEXPECTED_STRUCTURE]
    elif known is Failure.UPHEAVAL and role == "changed alike":
        words = _CHANGED_ALIKE
    elif known is Failure.EXTRACT_FAILED and role == "reclean":
        words = _READ_AGAIN
    else:
        words = (_OF_A_LISTING if role == "listing" else {}).get(known) or OF_FAILURE[known]
    page = _PAGES.get(role, REPORT)
    return IssueWords(
        Words(words.sentence.zh.format(page=page.zh), words.sentence.en.format(page=page.en)),
        words.cure,
    )
