"""One report, however many addresses; another report under an old address is another one. Tables, then a site over loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.compare.decide import Joins, NewReport, NewVersion, Replaced, Suspected, decide_read
from crawler.compare.identity import containment, is_corrected_copy, is_same_report, resemblance, title_likeness
from crawler.compare.memory import AlikeElsewhere, Known, SameTextElsewhere, Standing, recall
from crawler.flow import EventKind
from spiders.addresses import canonical_key, other_spellings
from storage import archive, frontier
from tests.remembered import NOW, address, read, report, version
from tests.shelves import Paper, Watched, shelf_of

WAIT = timedelta(seconds=60)
ONE, OTHER = Paper.about(1), Paper.about(2)


def text(paper: Paper) -> tuple[str, tuple[str, ...]]:
    return paper.title, paper.body


def test_resemblance_containment_and_likeness_are_shares() -> None:
    assert resemblance(ONE.body, ONE.body) == containment(ONE.body, ONE.body) == title_likeness(ONE.title, ONE.title) == 1
    assert resemblance(ONE.body, OTHER.body) < 0.2
    assert containment(ONE.body[:2], ONE.body) == 1
    assert resemblance(ONE.body[:2], ONE.body) < 0.7


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (text(ONE), text(ONE.edited("107件", "170件")), True),
        (text(ONE), (ONE.title, OTHER.body), True),  # a new text under the same title: a guide that was written anew
        (text(ONE), ("另一个标题", ONE.body), True),  # the title alone was corrected
        (text(ONE), (OTHER.title, (*ONE.body[:2], *OTHER.body[:1])), True),  # half of it is still there
        (text(ONE), text(OTHER), False),
        (text(ONE), (ONE.title.replace("2023", "2024"), OTHER.body), False),  # the address is used again every year
        (text(ONE), (ONE.title.replace("2023", "2024"), ONE.edited("107件", "170件").body), True),  # the year was a slip
        (text(ONE), ("通知", ("暂无内容",)), True),  # too short to know it for another report
    ],
)
def test_what_stands_at_an_address_is_the_same_report_or_another(
    old: tuple[str, tuple[str, ...]], new: tuple[str, tuple[str, ...]], *, same: bool
) -> None:
    assert is_same_report(old, new) == same


@pytest.mark.parametrize(
    ("old", "new", "copy"),
    [
        (text(ONE), text(ONE.edited("107件", "170件")), True),
        (text(ONE), (ONE.title, ONE.body[:3]), False),  # a quarter is missing
        (text(ONE), (f"{ONE.title}（更正）", ONE.body), True),
        (text(ONE), (ONE.title.replace("2023", "2024"), ONE.body), False),  # a form that is used every year
        (text(ONE), (ONE.title, OTHER.body), False),
        (
            ("公告", ("某某同志任职公示。" * 20,)),
            ("公告", ("某某同志任职公示。" * 19 + "张三同志任职公示。",)),
            False,
        ),  # a form
    ],
)
def test_a_text_at_another_address_is_a_corrected_copy_or_a_report_of_its_own(
    old: tuple[str, tuple[str, ...]], new: tuple[str, tuple[str, ...]], *, copy: bool
) -> None:
    assert is_corrected_copy(old, new) == copy


def alike(standing: Standing, *, live: int = 1, former: int | None = None, silent: bool = False) -> AlikeElsewhere:
    return AlikeElsewhere(address(report_id=None, silent=silent), report(), version(body=ONE.body), live, standing, former)


CORRECTED = read("1:bb", ONE.edited("107件", "170件").body)


@pytest.mark.parametrize(
    ("memory", "decision", "kind"),
    [
        (alike("apart"), NewVersion, EventKind.REVISED),
        (alike("unsure", live=0), NewVersion, EventKind.MOVED),
        (alike("unsure", live=0, silent=True), NewVersion, EventKind.MOVED),
        (alike("beside"), NewReport, EventKind.PUBLISHED),
        (alike("unsure"), Suspected, None),
        (alike("unsure", former=1), Joins, None),
        (alike("apart", silent=True), NewReport, None),
    ],
)
def test_a_corrected_copy_is_no_duplicate_and_no_report_is_lost(
    memory: AlikeElsewhere, decision: type, kind: EventKind | None
) -> None:
    made = decide_read(CORRECTED, memory, now=NOW, confirm_after=WAIT)
    assert isinstance(made, decision)
    event = None if isinstance(made, Suspected) else made.event
    assert (event and event.kind) == kind
    assert not isinstance(made, NewVersion) or (made.report_id, made.number) == (3, 2)


def test_what_still_stands_beside_its_like_at_the_second_look_is_a_report_of_its_own() -> None:
    row = address(report_id=None, suspect="1:bb", suspect_at=NOW - WAIT)
    decision = decide_read(CORRECTED, replace(alike("unsure"), address=row), now=NOW, confirm_after=WAIT)
    assert isinstance(decision, NewReport)


def test_another_report_at_an_old_address_leaves_the_former_one_as_it_was() -> None:
    new = replace(read("1:bb", OTHER.body), title=OTHER.title)
    old = replace(version(body=ONE.body), title=ONE.title)
    alone = recall(address(), report(), old, other_live_addresses=0)
    assert isinstance(alone, Known)
    decision = decide_read(new, alone, now=NOW)
    assert isinstance(decision, Replaced)
    assert (decision.former_id, decision.joins, decision.withdraws, decision.other) == (3, None, True, None)
    assert decision.event is not None
    assert (decision.event.kind, decision.event.report_id, decision.event.title) == (EventKind.REPLACED, 3, ONE.title)
    assert OTHER.title in decision.event.summary
    # It lives on elsewhere: nothing happened to it, and the new one is news.
    decision = decide_read(new, replace(alone, other_live_addresses=1), now=NOW)
    assert isinstance(decision, Replaced)
    assert (decision.event, decision.withdraws, decision.other and decision.other.kind) == (None, False, EventKind.PUBLISHED)
    # The other one is known, and was thought to be withdrawn.
    twin = SameTextElsewhere(address(), report(id=9, withdrawn=True), replace(version("1:bb"), report_id=9), 0)
    decision = decide_read(new, replace(alone, twin=twin), now=NOW)
    assert isinstance(decision, Replaced)
    assert (decision.joins, decision.other and decision.other.kind) == (9, EventKind.RESTORED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://sfj.example/a/", "https://www.sfj.example/a/"),
        ("http://sfj.example/a/", "http://sfj.example/a/index.html"),
        ("http://sfj.example/a", "http://sfj.example/a/"),
        ("http://sfj.example/v.jsp?id=1&cid=2", "http://sfj.example/v.jsp?cid=2&id=1"),
        ("http://www.sfj.example/", "http://sfj.example/index.shtml"),
        ("http://sfj.example/x/#/detail?id=1", "http://www.sfj.example/x/#/detail?id=1"),
    ],
)
def test_two_spellings_of_an_address_know_each_other(one: str, other: str) -> None:
    keys = canonical_key(one), canonical_key(other)
    assert keys[0] == keys[1] or (keys[1] in other_spellings(keys[0]) and keys[0] in other_spellings(keys[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://sfj.example/v.jsp?id=1", "http://sfj.example/v.jsp?id=2"),
        ("http://sfj.example/a/index.html", "http://sfj.example/a/index_1.html"),
        ("http://sfj.example/a/1.html", "http://sfj.example/a/1.html/"),
        ("http://sfj.example/x/#/detail?id=1", "http://sfj.example/x/#/detail?id=2"),
    ],
)
def test_two_addresses_are_no_spellings_of_each_other(one: str, other: str) -> None:
    assert canonical_key(other) not in (canonical_key(one), *other_spellings(canonical_key(one)))


def test_hostile_addresses_have_few_spellings() -> None:
    assert len(other_spellings("h/" + "?" + "&".join(f"a{n}=1" for n in range(5000)))) < 50
    assert len(other_spellings("h/" + "index.html/" * 5000)) < 50


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A site of twelve reports whose baseline is made; each test below does its own to it."""
    shelf = shelf_of(range(10))
    shelf.papers["/b/"] = Paper.about(10)
    shelf.papers["/v/8.html"] = Paper.about(11)
    shelf.lists["list"] = [
        ["/b/", "/v/8.html?id=8&cid=1", "/a/9.html", "/a/8.html"],
        [f"/a/{n}.html" for n in range(7, -1, -1)],
    ]
    with Watched(tmp_path_factory.mktemp("identity"), shelf) as watched:
        assert watched.crawl()[0][0] == "baseline"
        yield watched


def test_pinned_reordered_and_respelled_rows_are_nothing(site: Watched) -> None:
    known = len(site.reports())
    shelf = site.shelf
    shelf.papers["/a/2.html"] = replace(Paper.about(2), day="2020-01-01")  # back-dated, and pinned
    shelf.lists["list"] = [
        ["/a/2.html", "/a/9.html", "/b/index.html", "/v/8.html?cid=1&id=8"],
        ["/a/2.html", *(f"/a/{n}.html" for n in (8, 0, 1, 3, 4, 5, 6, 7))],
    ]
    assert site.crawl() == []
    shelf.lists["list"][0][2] = "/b/"
    assert site.crawl() == []
    assert len(site.reports()) == known
    assert archive.delisted(site.db()) == {}
    assert site.issues() == []


def test_a_spelling_that_fails_gives_way_to_the_one_that_is_listed(site: Watched) -> None:
    site.shelf.faults["/b/"] = 404
    site.shelf.lists["list"][0][2] = "/b/index.html"
    assert site.crawl(2) == []
    (row,) = site.db().query("SELECT * FROM address WHERE key LIKE '%/b/%'")
    assert row["url"].endswith("/b/index.html")
    assert (row["gone"], row["sightings"]) == (0, 0)
    assert site.issues() == []


def test_a_new_report_on_page_2_is_published(site: Watched) -> None:
    new = Paper("某市司法局关于补录事项的报告", tuple(f"补录第{n}项。" + chr(0x8000 + n) * 60 for n in range(6)), "2019-05-05")
    site.shelf.papers["/a/new.html"] = new
    site.shelf.lists["list"][1].append("/a/new.html")
    assert site.crawl() == []  # page 1 shows nothing new: the list is walked no further
    site.let_the_walk_be_overdue()
    assert site.crawl() == [("published", new.title)]


def test_an_address_that_is_used_again_for_another_report_is_replaced_and_both_are_kept(site: Watched) -> None:
    before, title = len(site.reports()), Paper.about(3).title
    new = Paper("关于开展年度考核的通知", tuple(f"考核第{n}项。" + chr(0x9000 + n) * 60 for n in range(6)))
    site.shelf.papers["/a/3.html"] = new
    assert site.crawl() == [("replaced", title)]
    reports = site.reports()
    assert len(reports) == before + 1
    assert (reports[title].withdrawn, reports[title].versions) == (True, 1)
    assert not reports[new.title].withdrawn
    assert [row.url.rpartition("/")[2] for row in frontier.of_report(site.db(), reports[new.title].id)] == ["3.html"]
    assert site.crawl() == []
    # The former report turns up again, at another address.
    site.shelf.papers["/a/3b.html"] = Paper.about(3)
    site.shelf.lists["list"][0].append("/a/3b.html")
    assert site.crawl() == [("restored", title)]
    assert len(site.reports()) == before + 1


def test_the_same_report_at_a_second_address_and_its_corrected_copy_are_one_report(site: Watched) -> None:
    before, shelf, title = len(site.reports()), site.shelf, Paper.about(5).title
    shelf.papers["/c/6.html"] = Paper.about(6)
    shelf.lists["list"][0].append("/c/6.html")
    shelf.papers["/a/5new.html"] = Paper.about(5).edited("135件", "153件")  # stands in the list in the former one's place
    shelf.lists["list"][1] = ["/a/5new.html" if href == "/a/5.html" else href for href in shelf.lists["list"][1]]
    shelf.faults["/a/5.html"] = 404
    assert site.crawl() == [("moved", title)]
    assert len(site.reports()) == before
    assert site.reports()[title].versions == 2
    assert site.crawl(3) == []


def test_two_alike_reports_that_are_listed_beside_each_other_are_two(site: Watched) -> None:
    before = len(site.reports())
    site.shelf.papers["/a/7b.html"] = Paper.about(7).edited("149件", "194件")
    site.shelf.lists["list"][0].append("/a/7b.html")
    assert site.crawl() == [("published", Paper.about(7).title)]
    assert sum(1 for _ in archive.reports(site.db())) == before + 1
