"""Feeds for static hosting: valid, the same for the same events, and never more than their files."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.deliver.feeds import ATOM, Feed, as_atom, as_json_feed
from crawler.deliver.letter_content import LetterEvent
from crawler.demo.stage import DemoError, Stage
from crawler.demo.story import story
from crawler.schedule.feed_entries import gather_feeds
from storage import archive
from storage.database import writing
from storage.migrations import open_for_reading
from tests.letter_stories import EVENTS, published, revised
from tests.post_desk import NOBODY_LISTENS, Desk

RFC_4287 = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
MADE = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    ["]]>", "<script>alert(1)</script>", "\x00\x0b\x1f", "\ud800", "\ufffe\uffff", "a\u202eb", "&amp;&#x0;", "\U0010ffff"]
)
SCHEMA: dict[str, Any] = {  # jsonfeed.org/version/1.1, what we use of it
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://[^ ]+$"},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                },
            },
        },
    },
}


def feed(*entries: LetterEvent, home_url: str = "https://watch.example.org/feeds/") -> Feed:
    return Feed("bureauwatch", "9f86d081884c7d65", MADE, "all", "zh", home_url, entries)


class Elements(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def checked(written: bytes) -> etree._Element:
    """An Atom feed that keeps to what RFC 4287 demands (4.1.1, 4.1.2), and that a common reader reads without complaint."""
    root = etree.fromstring(written)
    assert RFC_4287.validate(root), RFC_4287.error_log
    for parent in (root, *root.iter(f"{{{ATOM}}}entry")):
        names = [etree.QName(child).localname for child in parent]
        assert [names.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert all(entry.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None for entry in root.iter(f"{{{ATOM}}}entry"))
    read = feedparser.parse(written)
    assert not read.bozo
    assert read.version == "atom10"
    assert all(entry.id and entry.title and entry.published_parsed for entry in read.entries)
    return root


@pytest.mark.parametrize("told", EVENTS.values(), ids=EVENTS)
def test_every_kind_of_event_makes_a_valid_entry(told: LetterEvent) -> None:
    checked(as_atom(feed(told)))
    jsonschema.validate(json.loads(as_json_feed(feed(told))), SCHEMA)


def test_an_entry_says_what_its_letter_says() -> None:
    (entry,) = feedparser.parse(as_atom(feed(revised()))).entries
    assert entry.title == "[修订] 闵行区司法局《2020年闵行区司法局行政工作总结》新收行政复议案件 226件→236件"
    assert entry.link == revised().url
    assert "<del" in entry.content[0].value
    assert "236件" in entry.content[0].value
    assert entry.author == "闵行区司法局"
    (item,) = json.loads(as_json_feed(feed(revised())))["items"]
    assert (item["title"], item["url"]) == (entry.title, entry.link)


def test_a_feed_without_events_is_valid_and_as_old_as_its_archive() -> None:
    root = checked(as_atom(feed()))
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-01-02T00:00:00Z"
    assert json.loads(as_json_feed(feed()))["items"] == []


def test_the_same_entries_give_the_same_bytes_and_ids_do_not_depend_on_the_address() -> None:
    here, there = feed(published(), revised()), feed(published(), revised(), home_url="")
    assert as_atom(here) == as_atom(feed(published(), revised()))
    ids = [[entry.id for entry in feedparser.parse(as_atom(one)).entries] for one in (here, there)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE | HOSTILE.map("https://www.example.gov.cn/".__add__), HOSTILE)
def test_whatever_a_page_says_the_feeds_are_valid_and_nothing_of_it_is_markup(
    title: str, summary: str, url: str, office: str
) -> None:
    told = replace(published(), title=title, summary=summary, url=url, bureau=office)
    root = checked(as_atom(feed(told)))
    markup = root.findtext(f".//{{{ATOM}}}content")
    assert markup
    assert not Elements(markup).found & {"script", "img", "iframe", "style", "object", "form"}
    jsonschema.validate(json.loads(as_json_feed(feed(told))), SCHEMA)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A stage on which a report was published and another one revised, with a subscription to revisions alone."""
    with Stage(tmp_path_factory.mktemp("feeds") / "stage") as stage:
        with stage.config.open("a", encoding="utf-8") as file:
            file.write('[[subscription]]\nname = "edits"\nto = ["e@example.org"]\nkinds = ["revised"]\nwords = ["行政复议"]\n')
        for step in story()[:3]:
            step.move(stage.site)
            for _ in range(step.crawls):
                stage.run("crawl", "--all")
        yield stage


def test_the_command_writes_a_pair_for_all_and_for_each_subscription(played: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    played.run("feeds", str(folder), "--base-url", "https://watch.example.org/feeds")
    assert sorted(file.name for file in folder.iterdir()) == [
        "all.atom", "all.json", "edits.atom", "edits.json", "subscription-1.atom", "subscription-1.json",
    ]  # fmt: skip
    kinds = [entry.title[:5] for entry in feedparser.parse((folder / "all.atom").read_bytes()).entries]
    assert kinds == ["[修订] ", "[新发布]"]
    assert [entry.title[:4] for entry in feedparser.parse((folder / "edits.atom").read_bytes()).entries] == ["[修订]"]
    for file in folder.glob("*.atom"):
        checked(file.read_bytes())


def test_a_second_run_writes_nothing_and_removes_only_feeds_of_ours_that_nobody_asks_for(played: Stage, tmp_path: Path) -> None:
    played.run("feeds", str(tmp_path))
    ours = replace(feed(published()), archive=archive.uuid(open_for_reading(played.folder / "archive.db")))
    (tmp_path / "gone.atom").write_bytes(as_atom(ours))
    (tmp_path / "gone.json").write_bytes(as_json_feed(ours))
    (tmp_path / "neighbour.atom").write_bytes(as_atom(feed(published())))
    (tmp_path / "neighbour.json").write_bytes(as_json_feed(feed(published())))
    theirs = {"notes.txt": "mine", "other.atom": "<feed xmlns='http://www.w3.org/2005/Atom'/>", "package.json": "{}"}
    for name, text in theirs.items():
        (tmp_path / name).write_text(text)
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    lines = played.json_lines("feeds", str(tmp_path))
    assert [line["written"] for line in lines] == [False] * 6
    after = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert after == {name: at for name, at in before.items() if not name.startswith("gone.")}


def test_a_file_of_somebody_else_is_never_overwritten(played: Stage, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text('{"mine": true}')
    with pytest.raises(DemoError, match=r"all\.json is no feed of bureauwatch"):
        played.run("feeds", str(tmp_path))
    assert (tmp_path / "all.json").read_text() == '{"mine": true}'


def test_what_a_kill_left_half_written_is_written_over_and_gone(played: Stage, tmp_path: Path) -> None:
    (tmp_path / ".all.atom.new").write_bytes(b"<feed" * 100_000)
    played.run("feeds", str(tmp_path))
    assert not (tmp_path / ".all.atom.new").exists()
    checked((tmp_path / "all.atom").read_bytes())


def test_a_folder_that_cannot_be_made_ends_with_a_word_and_its_own_exit_code(played: Stage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DemoError, match="exit code 73") as told:
        played.run("feeds", str(tmp_path / "file" / "feeds"))
    assert "Check the folder's owner" in str(told.value)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_what_else_lies_in_the_folder_never_stops_the_command(played: Stage, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "nowhere.json").symlink_to(tmp_path / "is-not-there")
    (tmp_path / "deep.json").write_text("[" * 200_000)
    os.mkfifo(tmp_path / "pipe.atom")
    before = {file.name for file in tmp_path.iterdir()}
    played.run("feeds", str(tmp_path))
    assert before < {file.name for file in tmp_path.iterdir()}


def test_a_file_in_place_of_the_folder_is_named(played: Stage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DemoError, match="file is no folder"):
        played.run("feeds", str(tmp_path / "file"))


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "https://", "https://a b.example", "https://a.example/\x01", "https://a/?x=1"]
)
def test_an_address_that_no_reader_could_follow_is_refused(played: Stage, tmp_path: Path, url: str) -> None:
    with pytest.raises(DemoError, match="exit code 2"):
        played.run("feeds", str(tmp_path / "feeds"), "--base-url", url)
    assert not (tmp_path / "feeds").exists()


def test_an_entry_links_to_our_page_and_to_the_report() -> None:
    told = replace(published(), page_url="https://watch.example.org/events/17")
    links = {
        link.get("rel"): link.get("href")
        for link in checked(as_atom(feed(told))).iterfind(f".//{{{ATOM}}}entry/{{{ATOM}}}link")
    }
    assert links == {"alternate": told.page_url, "related": told.url}
    (item,) = json.loads(as_json_feed(feed(told)))["items"]
    assert (item["url"], item["external_url"]) == (told.page_url, told.url)


@pytest.mark.parametrize(
    "url",
    ["http://", "http://[x", "javascript:alert(1)", *(f"https://a.example/{odd}" for odd in "\u202e\ufffe\uffff\ud800\x7f")],
    ids=ascii,
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    root = checked(as_atom(feed(replace(published(), url=url))))
    assert root.find(f"{{{ATOM}}}entry/{{{ATOM}}}link") is None
    jsonschema.validate(json.loads(as_json_feed(feed(replace(published(), url=url)))), SCHEMA)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/年报?a[]=1|2&b=100%#x#[y]", "https://a.example/年报?a%5B%5D=1%7C2&b=100%25#x%23%5By%5D"),
        ("https://a.example/%E5%B9%B4?p=%7B1%7D", "https://a.example/%E5%B9%B4?p=%7B1%7D"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://a.example", "http://a.example"),
        ("https://good.example@evil.example/", None),
    ],
)
def test_an_address_that_browsers_let_pass_is_a_valid_reference(url: str, shown: str | None) -> None:
    root = checked(as_atom(feed(replace(published(), url=url))))
    link = root.find(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    (item,) = json.loads(as_json_feed(feed(replace(published(), url=url))))["items"]
    assert (link.get("href") if link is not None else None, item.get("url")) == (shown, shown)


def test_what_was_kept_and_told_to_nobody_is_in_no_feed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    session = desk.open(NOBODY_LISTENS)
    told = desk.happen("报告")
    silent = desk.happen("变化不断的报告")
    with writing(desk.db):
        desk.db.conn.execute("UPDATE event SET silent = 1 WHERE id = ?", [silent])
    shown = {
        one.name: [entry.event_id for entry in one.entries]
        for one in gather_feeds(desk.db, session.config, home_url="", most=9)
    }
    desk.close()
    assert shown == {"all": [told], "mine": [told]}


def test_visits_that_tell_nothing_new_leave_the_feeds_as_they_are(played: Stage, tmp_path: Path) -> None:
    withdrawn = story()[5]
    withdrawn.move(played.site)
    for _ in range(withdrawn.crawls):
        played.run("crawl", "--all")
    played.run("feeds", str(tmp_path))
    newest = feedparser.parse((tmp_path / "all.atom").read_bytes()).entries[0]
    assert newest.title.startswith("[撤下]")
    assert "不说明原因" in newest.content[0].value
    played.run("crawl", "--all")  # misses it once more
    assert not any(line["written"] for line in played.json_lines("feeds", str(tmp_path)))
