"""Overdue reports by real crawls over loopback: told once by letter, then that it came; nothing of what could not be read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.interpret.duties import CHINA, due_years, duty
from crawler.knowledge import ReportKind
from storage import outbox
from storage.database import connect, writing
from tests.letter_stories import opened, parts, words
from tests.post_desk import MAIL_TO_NOBODY
from tests.shelves import Paper, Shelf, Watched
from tests.test_overdue import LAW


def law_report(year: int) -> Paper:
    text = Paper.about(year % 10, year=year)
    return Paper(f"某市司法局{year}年法治政府建设年度报告", text.body, f"{year + 1}-03-15")


def backdate(site: Watched, column: str, day: date) -> None:
    """As if the watches had been there, or had last been read, on a day."""
    db = connect(site.folder / "archive.db")
    with writing(db):
        db.conn.execute(f"UPDATE watch SET {column} = ?", [f"{day}T03:00:00.000000Z"])
    db.close()


@pytest.fixture
def year() -> int:
    """The last year whose report is due today."""
    return due_years(ReportKind.RULE_OF_LAW, datetime.now(CHINA).date(), 1)[0]


def due_day(year: int) -> date:
    owed = duty("city", ReportKind.RULE_OF_LAW, year)
    assert owed is not None
    return owed.due


MAIL = f"""{MAIL_TO_NOBODY}[[subscription]]
to = ["overdue@example.org"]
kinds = ["overdue"]
[[subscription]]
to = ["all@example.org"]
[[subscription]]
to = ["revised@example.org"]
kinds = ["revised"]
"""


def test_a_crawl_tells_an_overdue_report_once_by_letter_and_then_that_it_came(tmp_path: Path, year: int) -> None:
    shelf = Shelf({"/a/1.html": law_report(year - 1)}, {"list": [["/a/1.html"]]})
    title = f"{LAW}（{year}年度）"
    with Watched(tmp_path, shelf) as site:
        file = site.folder / "bureauwatch.toml"
        file.write_text(file.read_text(encoding="utf-8") + MAIL, encoding="utf-8")
        assert [kind for kind, _ in site.crawl()] == ["baseline"]
        backdate(site, "baseline_at", due_day(year))
        assert f"《{title}》" in site.run("crawl", "--all")
        assert [(event.kind, event.title) for event in site.told()[1:]] == [("overdue", title)]
        assert site.crawl() == []
        letters = outbox.letters(site.db())
        owed = site.db().query("SELECT recipient FROM alert JOIN event ON event.id = event_id WHERE kind = 'overdue'")
        assert {row["recipient"] for row in owed} == {"overdue@example.org", "all@example.org"}
        assert len(letters) == 1  # no server takes it, so the other one is not written yet
        message = letters[0].message
        assert opened(message)["Subject"] == f"[逾期未见] 某市司法局《{title}》"
        plain, markup = parts(message)
        for part in (plain, words(markup)):
            assert f"应于{year + 1}年4月1日之前公开" in part
            assert "不表示其未以其他方式公开" in part
            assert f"http://{site.host}/list/index.html" in part
            assert "证据" not in part
        shelf.papers["/a/2.html"], shelf.lists["list"] = law_report(year), [["/a/2.html", "/a/1.html"]]
        assert site.crawl() == [("published", law_report(year).title)]


def test_a_crawl_tells_nothing_of_a_list_or_a_page_that_it_could_not_read(tmp_path: Path, year: int) -> None:
    shelf = Shelf({"/a/1.html": law_report(year - 1)}, {"list": [["/a/1.html"]]})
    with Watched(tmp_path, shelf) as site:
        site.crawl()
        backdate(site, "baseline_at", due_day(year))
        backdate(site, "last_success_at", due_day(year))
        shelf.faults["/list/index.html"] = 503
        site.run("crawl", "--all", code=1)
        assert len(site.told()) == 1
        del shelf.faults["/list/index.html"]
        shelf.papers["/a/2.html"], shelf.lists["list"] = law_report(year), [["/a/2.html", "/a/1.html"]]
        shelf.faults["/a/2.html"] = 503
        assert site.crawl() == []
        del shelf.faults["/a/2.html"]
        assert site.crawl() == [("published", law_report(year).title)]
