"""Absence: how it is told apart and worded, and that a site that is lost as a whole is one issue. Over loopback."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.compare.absence import BELIEVED_AFTER, AbsenceRules, Sighting, decide_gone, how_gone
from crawler.compare.memory import Known, recall
from crawler.flow import EventKind
from spiders.failures import Failure
from storage import archive
from tests.remembered import NOW, RULES, address, report, version
from tests.shelves import Paper, Watched, shelf_of

MISSING_PAGE = (
    f"<html><head><title>页面不存在</title></head><body><h1>抱歉，您访问的页面不存在</h1>{'<!-- -->' * 40}</body></html>"
)


def absent(hours: float, *, others: int = 0, delisted: bool = False) -> Known:
    row = address(sightings=2, absent_since=NOW - timedelta(hours=hours), delisted_at=NOW if delisted else None)
    memory = recall(row, report(), version(), other_live_addresses=others)
    assert isinstance(memory, Known)
    return memory


@pytest.mark.parametrize(
    ("failure", "detail", "how"),
    [
        (Failure.NOT_FOUND, "status 404, 120 bytes", "404"),
        (Failure.NOT_FOUND, "status 410, 0 bytes", "410"),
        (Failure.NOT_FOUND, "status 200, 900 bytes, says: 页面不存在", "软404，页面称内容不存在（200）"),
        (Failure.REDIRECTED_HOME, "status 200, 9000 bytes, led to http://x/", "跳转到首页或登录页"),
        (Failure.NOT_FOUND, "", ""),
    ],
)
def test_an_absence_says_how_the_address_answers(failure: Failure, detail: str, how: str) -> None:
    assert how_gone(failure, detail) == how
    decision = decide_gone(absent(24), Sighting(still_listed=False, how=how), now=NOW, rules=RULES)
    assert decision.event is not None
    assert (f"无法打开（{how}）（最后" in decision.event.summary) == bool(how)


def test_an_absence_says_that_the_column_had_dropped_it_before() -> None:
    decision = decide_gone(absent(24, delisted=True), Sighting(still_listed=False), now=NOW, rules=RULES)
    assert decision.event is not None
    assert "已不在栏目列表中" in decision.event.summary


def test_what_goes_with_a_large_share_of_its_site_is_held_until_nobody_can_mean_an_outage() -> None:
    en_masse = Sighting(still_listed=False, en_masse=True)
    held = decide_gone(absent(24), en_masse, now=NOW, rules=RULES)
    assert (held.event, held.gone, held.held, held.sightings) == (None, False, True, 3)
    believed = decide_gone(absent(BELIEVED_AFTER / timedelta(hours=1)), en_masse, now=NOW, rules=RULES)
    assert believed.withdraws
    assert believed.gone
    elsewhere = decide_gone(absent(24, others=1), en_masse, now=NOW, rules=RULES)
    assert elsewhere.event is not None
    assert elsewhere.event.kind is EventKind.MOVED


def test_where_one_sighting_is_enough_it_takes_a_second_look_all_the_same() -> None:
    rules = AbsenceRules(1, 0, timedelta(seconds=60))
    fresh = recall(address(), report(), version(), other_live_addresses=0)
    first = decide_gone(fresh, Sighting(still_listed=False), now=NOW, rules=rules)
    assert (first.look_again, first.gone, first.event) == (True, False, None)
    early = decide_gone(absent(59 / 3600), Sighting(still_listed=False), now=NOW, rules=rules)
    assert early.look_again
    second = decide_gone(absent(60 / 3600), Sighting(still_listed=False), now=NOW, rules=rules)
    assert second.withdraws


def test_404_soft_404_redirected_and_failing_reports_of_one_column_are_told_apart(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(12))) as site:
        site.crawl()
        shelf = site.shelf
        shelf.lists["list"] = [[f"/a/{number}.html" for number in range(4, 12)]]
        shelf.faults.update({"/a/0.html": 404, "/a/1.html": MISSING_PAGE, "/a/2.html": 503})
        # /a/3.html is only no longer listed
        assert site.crawl(2) == []
        told = site.crawl(2)
        assert sorted(told) == sorted([("withdrawn", Paper.about(0).title), ("withdrawn", Paper.about(1).title)])
        summaries = {event.title: event.summary for event in site.told() if event.kind == "withdrawn"}
        assert "（404）" in summaries[Paper.about(0).title]
        assert "（软404，页面称内容不存在（200））" in summaries[Paper.about(1).title]
        assert [issue.failure for issue in site.issues()] == ["http_error"]
        titles = {title for title, one in site.reports().items() if not one.withdrawn}
        assert titles == {Paper.about(number).title for number in range(2, 12)}
        delisted = archive.delisted(site.db())
        assert {version.title for known, version in archive.reports(site.db()) if known.id in delisted} == {
            Paper.about(number).title for number in (2, 3)
        }
        shelf.faults.clear()
        assert sorted(site.crawl()) == sorted([("restored", Paper.about(0).title), ("restored", Paper.about(1).title)])
        assert site.issues() == []


def test_a_site_whose_reports_are_all_gone_is_one_issue_and_no_event(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(10))) as site:
        site.crawl()
        shelf = site.shelf
        shelf.papers["/a/11.html"] = Paper.about(11)
        shelf.lists["list"] = [["/a/11.html", "/a/9.html"]]
        shelf.faults.update({f"/a/{number}.html": 404 for number in range(9)})
        assert site.crawl(4) == [("published", Paper.about(11).title)]
        raised = {issue.failure: issue for issue in site.issues()}
        assert set(raised) == {"upheaval", "shrunk"}  # of ten rows two are left
        issue = raised["upheaval"]
        assert "of 11 known reports" in issue.detail
        assert "9 are gone" in issue.detail
        shelf.faults = {"/a/0.html": 404}  # all but one come back
        told = site.crawl(2)
        assert told == [("withdrawn", Paper.about(0).title)]
        assert [issue.failure for issue in site.issues()] == ["shrunk"]


def test_a_failing_share_of_a_site_is_one_issue(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(8))) as site:
        site.crawl()
        site.shelf.faults.update({f"/a/{number}.html": 503 for number in range(6)})
        assert site.crawl() == []
        assert [issue.failure for issue in site.issues()] == ["upheaval"]
        site.shelf.faults.clear()
        assert site.crawl() == []
        assert site.issues() == []
