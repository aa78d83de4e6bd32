"""What a restless report says at last is told once, whatever else happened to it while nobody was told."""

from __future__ import annotations

from pathlib import Path

from crawler.flow import Significance
from storage import archive
from tests.shelves import Paper, Watched, shelf_of
from tests.test_restless import WEEKLY, alerts, counted, let_time_pass

TITLE = Paper.about(1).title


def make_restless(site: Watched) -> None:
    """Baseline and five changes of one page: three are told, two are not, an issue stands for them."""
    file = site.folder / "bureauwatch.toml"
    file.write_text(file.read_text(encoding="utf-8") + WEEKLY, encoding="utf-8")
    site.crawl()
    for number in range(1, 6):
        site.shelf.papers["/a/1.html"] = counted(number)
        site.crawl()
    assert alerts(site) == 3
    assert [one.failure for one in site.issues()] == ["restless"]


def test_the_text_that_is_left_is_told_once_from_the_one_that_was_told_last(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        make_restless(site)
        assert site.crawl(2) == []
        assert site.crawl() == [("revised", TITLE)]
        (event,) = archive.latest_events(site.db(), 1)
        assert (event.from_version, event.to_version, event.silent) == (4, 6, False)
        assert event.report_id is not None
        assert "已稳定" in event.summary
        bodies = [one.body for one in (archive.version(site.db(), event.report_id, number) for number in (4, 6)) if one]
        assert ["三回" in bodies[0][0], "五回" in bodies[1][0]] == [True, True]
        assert (alerts(site), site.issues()) == (4, [])
        assert site.crawl(3) == [], "told once"


def test_a_text_that_comes_to_rest_as_it_was_told_last_is_not_told_again(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        make_restless(site)
        site.shelf.papers["/a/1.html"] = counted(3)
        assert site.crawl() == [("revised", TITLE)], "kept, and told to nobody"
        assert alerts(site) == 3
        assert site.crawl(3) == []
        assert (alerts(site), site.issues()) == (3, [])


def test_a_move_meanwhile_does_not_stand_for_the_text_that_is_left(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        make_restless(site)
        site.shelf.papers["/b/1.html"] = site.shelf.papers.pop("/a/1.html")
        shown = [["/b/1.html" if path == "/a/1.html" else path for path in page] for page in site.shelf.lists["list"]]
        site.shelf.lists["list"] = shown
        told: list[tuple[str, str]] = []
        for _ in range(4):
            told += site.crawl()
            let_time_pass(site, 3)
        assert [kind for kind, _ in told] == ["moved", "revised"]


def test_a_change_of_form_meanwhile_does_not_stand_for_the_text_that_is_left(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        make_restless(site)
        site.shelf.papers["/a/1.html"] = site.shelf.papers["/a/1.html"].edited("事项107件，", "事项107件、")
        assert site.crawl() == [("revised", TITLE)]
        (event,) = archive.latest_events(site.db(), 1)
        assert (event.significance, event.silent) == (Significance.FORMAT.value, False)
        assert site.crawl(4) == [("revised", TITLE)]
