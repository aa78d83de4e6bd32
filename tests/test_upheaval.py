"""A site that was rebuilt or moved is one thing that happened, not as many as it has reports. Laws, then loopback."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.diff import compare_texts
from crawler.compare.upheaval import EN_MASSE, LEAST, is_large_share, marks_of, stand_out, upheaval
from crawler.flow import EventKind, Significance
from storage import archive
from tests.shelves import Paper, Shelf, Watched, shelf_of

changes = st.dictionaries(st.integers(1, 60), st.frozensets(st.sampled_from("甲乙丙丁戊"), max_size=3), max_size=40)


@pytest.mark.parametrize(
    ("some", "of_all", "large"), [(4, 4, False), (5, 5, True), (5, 16, True), (5, 17, False), (30, 100, True), (29, 100, False)]
)
def test_five_reports_and_three_in_ten_are_a_large_share(some: int, of_all: int, *, large: bool) -> None:
    assert is_large_share(some, of_all) == large


@given(changes, st.integers(0, 200))
def test_fewer_than_five_are_never_an_upheaval_and_unlike_ones_neither(held: dict[int, frozenset[str]], known: int) -> None:
    found = upheaval(held, known=known)
    assert found <= held.keys()
    assert not found or len(found) >= LEAST
    assert all(held[at] for at in found)
    apart = {at: frozenset({f"{at}"}) for at in held}
    assert upheaval(apart, known=known) == frozenset()


@given(changes, st.integers(0, 200))
def test_one_change_more_of_the_same_kind_never_ends_an_upheaval(held: dict[int, frozenset[str]], known: int) -> None:
    more = {**held, 99: frozenset({"甲"})}
    assert upheaval(held, known=known) <= upheaval(more, known=known)


@given(changes, st.integers(0, 100), st.integers(0, 100))
def test_the_more_reports_there_are_the_more_it_takes(held: dict[int, frozenset[str]], known: int, more: int) -> None:
    assert upheaval(held, known=known + more) <= upheaval(held, known=known)


@given(changes, st.integers(0, 200))
def test_what_the_state_of_the_site_says_belongs_to_it_always(held: dict[int, frozenset[str]], known: int) -> None:
    marked = {at: marks | {EN_MASSE} for at, marks in held.items()}
    assert upheaval(marked, known=known) == held.keys()


def test_words_that_came_are_a_mark_and_figures_alone_are_none() -> None:
    old, new = ("总结", "共办理226件。"), ("总结", "共办理236件。", "打印本页 关闭窗口")
    assert marks_of(EventKind.REVISED, compare_texts(old, new)) == {"+打印本页 关闭窗口"}
    assert marks_of(EventKind.REVISED, compare_texts(("", "共办理226。"), ("", "共办理236。"))) == frozenset()
    assert marks_of(EventKind.MOVED) == {"moved"}


def test_a_few_figures_stand_out_of_many_other_changes() -> None:
    weights = dict.fromkeys(range(10), Significance.CLAUSE) | {3: Significance.FIGURE}
    assert stand_out(weights, known=10) == {3}
    assert stand_out(dict.fromkeys(range(10), Significance.FIGURE), known=10) == frozenset()


def framed(shelf: Shelf, words: str) -> None:
    for path, paper in shelf.papers.items():
        shelf.papers[path] = replace(paper, body=(*paper.body, words))


def test_a_rebuilt_site_is_one_issue_the_new_texts_are_kept_and_a_figure_is_told_all_the_same(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(7))) as site:
        site.crawl()
        framed(site.shelf, "附注如下，全部事项均以纸质文本所载内容为准。")
        site.shelf.papers["/a/2.html"] = site.shelf.papers["/a/2.html"].edited("114件", "141件")
        assert site.crawl() == [("revised", Paper.about(2).title)]
        (issue,) = site.issues()
        assert issue.failure == "upheaval"
        assert "6 of 7 reports were changed alike" in issue.detail
        assert {one.versions for one, _ in archive.reports(site.db())} == {2}
        assert site.crawl() == []


def test_reports_that_moved_to_another_system_are_matched_by_content_and_told_in_one_line(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(8))) as site:
        site.crawl()
        shelf = site.shelf
        shelf.papers = {f"/art/{number}.html": Paper.about(number) for number in range(8)}
        shelf.papers["/art/3.html"] = Paper.about(3).edited("121件", "112件")  # corrected on the way
        shelf.lists["list"] = [list(shelf.papers)]
        told = site.crawl(4)
        assert told == [("moved", Paper.about(3).title), ("moved", "某市司法局 · 年度报告")]
        line = site.told()[-1]
        assert (line.report_id, line.summary[:14]) == (None, "7份报告的地址已一并更换：《")
        assert len(site.reports()) == 8
        assert not any(one.withdrawn for one in site.reports().values())
        assert site.issues() == []
        assert site.crawl() == []


def test_an_error_page_in_the_place_of_every_report_is_no_report(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(6))) as site:
        site.crawl()
        papers = site.shelf.papers
        notice = Paper("站点服务说明", tuple(f"第{n}条 " + chr(0x7800 + n) * 60 for n in range(5)))
        site.shelf.papers = dict.fromkeys(papers, notice)
        assert site.crawl(2) == []
        assert [issue.failure for issue in site.issues()] == ["upheaval"]
        assert len(site.reports()) == 6
        site.shelf.papers = papers
        assert site.crawl(2) == []
        assert site.issues() == []
