"""A large or odd change is seen twice before anybody is told: the table of cases, and real crawls over loopback."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.compare.decide import NewVersion, Replaced, Suspected, Unchanged, decide_read
from crawler.compare.memory import Known, recall
from crawler.flow import CleanText
from storage import archive, captures, suspicions
from tests.remembered import NOW, address, read, report, version
from tests.shelves import Paper, Watched, shelf_of

WAIT = timedelta(seconds=60)
LONG = tuple(f"第{number}项工作办理{number * 7}件，" + chr(0x5000 + number) * 90 for number in range(10))
OTHER = tuple(chr(0x6000 + number) * 90 for number in range(10))


def known(fingerprints: tuple[str, ...] = (), suspected_too: int = 0, **row: Any) -> Known:
    memory = recall(address(**row), report(), version(body=LONG), other_live_addresses=0)
    assert isinstance(memory, Known)
    return replace(memory, fingerprints=fingerprints, suspected_too=suspected_too)


def look(text: CleanText, memory: Known) -> object:
    return decide_read(text, memory, now=NOW, confirm_after=WAIT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (read("1:bb", LONG[:4]), "shrank"),
        (read("1:bb", LONG * 4), "grew"),
        (read("1:bb", (*LONG[:6], *OTHER[6:])), "removed or rewritten"),
        (read("1:bb", tuple(line.translate(dict.fromkeys(range(48, 58))) for line in LONG)), "all figures are gone"),
        (replace(read("1:bb", LONG), title="站点导航"), "the title is another one"),
        (read("1:bb", (LONG[0] + "\u202e", *LONG[1:])), "U+202E"),
        (read("1:bb", (LONG[0] + "\u200b", *LONG[1:])), "U+200B"),
        (replace(read("1:bb", OTHER), title="招聘"), "another report"),
    ],
)
def test_a_large_or_odd_change_is_suspected_first_and_told_the_second_time(text: CleanText, why: str) -> None:
    first = look(text, known())
    assert isinstance(first, Suspected)
    assert why in first.why
    assert (first.since, first.texts) == (NOW, 1)
    too_soon = known(suspect="1:bb", suspect_at=NOW - WAIT / 2, suspects=1)
    again = look(text, too_soon)
    assert isinstance(again, Suspected)
    assert (again.since, again.texts) == (NOW - WAIT / 2, 1)  # the clock is not set back
    assert isinstance(look(text, known(suspect="1:bb", suspect_at=NOW - WAIT, suspects=1)), NewVersion | Replaced)
    assert isinstance(decide_read(text, known(), now=NOW), NewVersion | Replaced)  # a wait of nothing: one look is enough


@pytest.mark.parametrize("text", [LONG[:9], (LONG[0].replace("第0项", "第8项"), *LONG[1:]), (*LONG, "新增一段。")])
def test_a_small_change_is_told_at_once(text: tuple[str, ...]) -> None:
    assert isinstance(look(read("1:bb", text), known()), NewVersion)


def test_a_third_text_renews_the_suspicion_and_the_old_one_ends_it() -> None:
    suspicious = known(suspect="1:bb", suspect_at=NOW - WAIT, suspects=1)
    third = look(read("1:cc", LONG[:3]), suspicious)
    assert isinstance(third, Suspected)
    assert (third.what, third.since, third.texts) == ("1:cc", NOW, 2)
    assert look(read("1:aa", LONG), suspicious) == Unchanged(3, None)


def test_there_and_back_is_two_changes_and_to_and_fro_is_odd() -> None:
    small = (*LONG[:9], LONG[9].replace("63件", "64件"))
    assert isinstance(look(read("1:zz", small), known(("1:zz", "1:aa"))), NewVersion)
    third_time = look(read("1:zz", small), known(("1:aa", "1:zz", "1:aa")))
    assert isinstance(third_time, Suspected)
    assert "to and fro" in third_time.why


def test_one_text_in_the_place_of_several_reports_is_no_report_however_often_it_is_read() -> None:
    text = replace(read("1:bb", OTHER), title="招聘")
    again = known(suspected_too=1, suspect="1:bb", suspect_at=NOW - 9 * WAIT, suspects=1)
    decision = look(text, again)
    assert isinstance(decision, Suspected)
    assert decision.stands_elsewhere


def test_a_large_change_that_stands_is_told_once_in_the_same_run_with_both_looks_as_evidence(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        site.crawl()
        whole, title = Paper.about(1), Paper.about(1).title
        site.shelf.papers["/a/1.html"] = replace(whole, body=whole.body[:2])
        site.shelf.asked.clear()
        site.shelf.ports.clear()
        assert site.crawl() == [("revised", title)]
        (first_at, first_port), (second_at, second_port) = site.shelf.visits("/a/1.html")
        assert second_at - first_at >= 0.2
        assert first_port != second_port
        latest = archive.versions(site.db(), site.reports()[title].id)[-1]
        assert latest.first_capture_id is not None
        looks = [captures.get(site.db(), one) for one in (latest.first_capture_id, latest.capture_id)]
        assert [one.sha256 for one in looks if one] == [looks[0].sha256 if looks[0] else ""] * 2
        assert site.crawl() == []
        # A blip: cut to pieces once, whole at the second look.
        site.shelf.in_turn["/a/2.html"] = [replace(Paper.about(2), body=Paper.about(2).body[:1]), Paper.about(2)]
        assert site.crawl() == []
        (blips,) = [row["blips"] for row in site.db().query("SELECT blips FROM address WHERE url LIKE '%/a/2.html'")]
        assert blips == 1
        assert site.issues() == []


def test_a_page_with_another_text_at_each_visit_is_one_issue_and_no_event(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(2))) as site:
        site.crawl()
        scraps = [replace(Paper.about(1), body=(f"{chr(0x7000 + number)}" * 120,)) for number in range(9)]
        site.shelf.in_turn["/a/1.html"] = scraps
        assert site.crawl(2) == []
        (issue,) = site.issues()
        assert (issue.failure, "different texts in a row" in issue.detail) == ("unsettled", True)
        del site.shelf.in_turn["/a/1.html"]
        assert site.crawl(2) == []
        assert site.issues() == []


def test_a_kill_between_the_two_looks_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        site.crawl()
        file = site.folder / "bureauwatch.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("after_s = 0.2", "after_s = 5"), encoding="utf-8")
        whole = Paper.about(1)
        site.shelf.papers["/a/1.html"] = replace(whole, body=whole.body[:2])
        started = site.start("crawl", "--all")
        while not suspicions.of_watch(site.db(), "city/column"):
            time.sleep(0.05)
        started.kill()
        started.communicate()
        assert [event.kind for event in site.told()] == ["baseline"]
        assert site.crawl() == [("revised", whole.title)]
        assert len(archive.versions(site.db(), site.reports()[whole.title].id)) == 2
        assert suspicions.of_watch(site.db(), "city/column") == []
