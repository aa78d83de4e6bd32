"""Our change is not their change: a new recipe and an edited seed are no events, and what is theirs is told exactly once."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.clean.normalise import fingerprint
from crawler.flow import RECIPE
from storage import archive, issues, recipes
from storage.database import connect, writing
from tests.raw_sites import raw_site
from tests.raw_watch import SENTENCE, Pages, RawWatch, listing

LEAD = "本报告由市司法局办公室整理。"
TITLES = [f"某市司法局{year}年法治政府建设情况报告" for year in range(2016, 2024)]


def page(title: str, words: str, *, counter: int = 0) -> str:
    """A detail page; the counter makes other bytes of it."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>发布时间：2024-01-08 来源：某市司法局</p>"
        f'<div id="zoom"><p>{LEAD}</p><p>{title}：{words}{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></div><i>{counter}</i></body></html>'
    )


class Watched:
    """A watch of eight reports, and its archive."""

    def __init__(self, folder: Path, pages: Pages, pair: str) -> None:
        self.folder, self.pages, self.watch = folder, pages, RawWatch(folder, pair)
        self.words = {title: f"受理行政复议{100 + place}件。" for place, title in enumerate(TITLES)}
        self.counter = 0
        pages.show("/list/index.html", listing([(f"/a/{place}.html", title) for place, title in enumerate(TITLES)]))
        self.show()

    def show(self) -> None:
        """Other bytes for every report: only the words decide whether it changed."""
        self.counter += 1
        for place, title in enumerate(TITLES):
            self.pages.show(f"/a/{place}.html", page(title, self.words[title], counter=self.counter))

    def crawl(self) -> list[str]:
        """What the next crawl tells."""
        before = len(self.watch.told) if (self.folder / "archive.db").exists() else 0
        self.watch.crawl()
        return self.watch.told[before:]

    def run(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            self.command(*words), capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=False
        )
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "crawler", *words, "--config", str(self.folder / "bureauwatch.toml")]

    def as_an_older_recipe_left_it(self) -> None:
        """Recipe 1 took the first line for the template's, and another title; its fingerprints are its own."""
        db = connect(self.folder / "archive.db")
        with writing(db):
            for report, _ in archive.reports(db):
                for version in archive.versions(db, report.id):
                    body = tuple(line for line in version.body if line != LEAD)
                    assert len(body) < len(version.body)
                    text = recipes.Text(
                        fingerprint=f"1:{fingerprint(version.title, body).partition(':')[2][::-1]}", title=version.title + "（旧）",
                        published=version.published, published_from=version.published_from, source=version.source, body=body,
                        attachments=version.attachments, fields=version.fields,
                    )  # fmt: skip
                    recipes.read_again(db, version, text, recipe=1, family="", now=version.created_at)
            db.conn.execute("DELETE FROM former_reading")
        db.close()

    def state(self) -> list[tuple[object, ...]]:
        """Every version as it stands, and every former reading."""
        db = self.watch.db
        versions = [
            (version.report_id, version.number, version.recipe, version.fingerprint, version.title, version.body)
            for report, _ in archive.reports(db)
            for version in archive.versions(db, report.id)
        ]
        former = db.query(
            "SELECT version_id, recipe, title, text_sha256, gone, come FROM former_reading ORDER BY version_id, id"
        )
        return [*sorted(versions), *(tuple(row.values()) for row in former)]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    pages = Pages()
    with raw_site(pages) as site:
        made = Watched(tmp_path, pages, site.pair)
        assert made.crawl() == ["baseline"]
        yield made


def test_a_crawl_after_an_upgrade_tells_nothing_and_theirs_is_told_once_before_and_after(watched: Watched) -> None:
    watched.words[TITLES[1]] = "受理行政复议911件。"
    watched.show()
    assert watched.crawl() == ["revised"], "before the upgrade"
    watched.as_an_older_recipe_left_it()
    watched.show()
    assert watched.crawl() == [], "our change"
    assert {version.recipe for _, version in archive.reports(watched.watch.db)} == {RECIPE}
    watched.as_an_older_recipe_left_it()
    watched.words[TITLES[2]] = "受理行政复议912件。"
    watched.show()
    assert watched.crawl() == ["revised"], "theirs, at the very visit after the upgrade"
    event = archive.events(watched.watch.db)[-1]
    assert (event.title, event.from_version, event.to_version) == (TITLES[2], 1, 2)
    old, new = archive.versions(watched.watch.db, event.report_id or 0)
    assert old.body[0] == new.body[0] == LEAD, "like with like"
    assert watched.crawl() == []


def test_a_report_that_moves_right_after_an_upgrade_is_known_again(watched: Watched) -> None:
    watched.as_an_older_recipe_left_it()
    watched.pages.show("/list/index.html", listing([(f"/b/{place}.html", title) for place, title in enumerate(TITLES)]))
    for place, title in enumerate(TITLES):
        watched.pages.show(f"/b/{place}.html", page(title, watched.words[title], counter=99))
    assert "published" not in watched.crawl()
    assert len(archive.reports(watched.watch.db)) == len(TITLES)


def test_reclean_is_silent_says_what_it_altered_and_says_it_again(watched: Watched) -> None:
    watched.as_an_older_recipe_left_it()
    before = watched.state()
    dry = [json.loads(line) for line in watched.run("reclean", "--dry-run", "--json").splitlines()]
    assert watched.state() == before
    told = [json.loads(line) for line in watched.run("reclean", "--json").splitlines()]
    assert told == dry
    *reports, sums = told
    assert [(one["fields"], one["paragraphs_gone"], one["paragraphs_come"]) for one in reports] == [(["title"], 0, 1)] * len(
        TITLES
    )
    assert (sums["read_again"], sums["unreadable"], sums["altered"], sums["paragraphs_come"]) == (8, 0, 8, 8)
    *again, later = [json.loads(line) for line in watched.run("reclean", "--json").splitlines()]
    assert (again, later["read_again"]) == (reports, 0)
    assert "8 altered" in watched.run("reclean")
    assert watched.watch.told == ["baseline"]
    assert watched.crawl() == []


def test_versions_that_become_alike_are_both_kept_and_it_is_said(watched: Watched) -> None:
    watched.words[TITLES[1]] = "受理行政复议911件。"
    watched.show()
    watched.crawl()
    db = connect(watched.folder / "archive.db")
    (first, second) = archive.versions(db, report_id := archive.events(db)[-1].report_id or 0)
    with writing(db):  # an older recipe saw two texts in one page, and told it
        db.conn.execute("UPDATE version SET capture_id = ? WHERE id = ?", [first.capture_id, second.id])
    db.close()
    watched.as_an_older_recipe_left_it()
    told = [json.loads(line) for line in watched.run("reclean", "--json").splitlines()]
    assert told[-1]["alike"] == [{"report": report_id, "versions": [1, 2]}]
    assert len(archive.versions(watched.watch.db, report_id)) == 2


def test_kill_9_in_the_middle_of_reclean_and_again_ends_like_one_that_was_left_alone(watched: Watched) -> None:
    watched.as_an_older_recipe_left_it()
    database = watched.folder / "archive.db"
    before = database.read_bytes()
    watched.run("reclean")
    calm = watched.state()
    chance, broken_off = random.Random(4), 0
    for _ in range(2):
        for beside in watched.folder.glob("archive.db-*"):
            beside.unlink()
        database.write_bytes(before)
        going = subprocess.Popen(watched.command("reclean"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while going.poll() is None and not _some_read_again(database):
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.01))
        going.send_signal(signal.SIGKILL)
        going.wait()
        broken_off += any(reading.recipe == 1 for reading in recipes.readings(watched.watch.db))
        watched.run("reclean")
        assert watched.state() == calm
    assert broken_off, "no kill came in the middle: nothing was tried"


def _some_read_again(database: Path) -> bool:
    return any(reading.recipe == RECIPE for reading in recipes.readings(connect(database)))


@pytest.mark.parametrize("damage", ["warc_file = 'gone.warc.gz'", "warc_length = 40", "sha256 = '00'"])
def test_lost_evidence_leaves_the_old_text_raises_an_issue_and_stops_nobody(watched: Watched, damage: str) -> None:
    watched.as_an_older_recipe_left_it()
    db = connect(watched.folder / "archive.db")
    (lost,) = [version for _, version in archive.reports(db) if version.title.startswith(TITLES[3])]
    db.conn.execute(f"UPDATE capture SET {damage} WHERE id = ?", [lost.capture_id])
    db.close()
    watched.run("reclean", code=1)
    left = archive.latest_version(watched.watch.db, lost.report_id)
    assert left is not None
    assert (left.recipe, left.title, left.body) == (1, lost.title, lost.body)
    assert [version.recipe for _, version in archive.reports(watched.watch.db)].count(RECIPE) == len(TITLES) - 1
    (found,) = issues.opened(watched.watch.db)
    assert "bureauwatch reclean" in found.hint
    watched.show()
    assert watched.crawl() == [], "whether it changed cannot be known: it is no event"
    assert [version.number for version in archive.versions(watched.watch.db, lost.report_id)] == [1, 2]
    watched.words[TITLES[3]] = "受理行政复议913件。"
    watched.show()
    assert watched.crawl() == ["revised"], "from then on like is compared with like"


def test_evidence_that_comes_back_is_read_by_the_next_reclean(watched: Watched) -> None:
    watched.as_an_older_recipe_left_it()
    (file,) = (watched.folder / "warc").glob("*.warc.gz")
    away = file.rename(watched.folder / "away")
    watched.run("reclean", code=1)
    away.rename(file)
    watched.run("reclean")
    assert {version.recipe for _, version in archive.reports(watched.watch.db)} == {RECIPE}
    assert issues.opened(watched.watch.db) == []


def test_lost_evidence_of_a_text_that_reads_the_same_is_replaced_by_the_next_visit(watched: Watched) -> None:
    db = connect(watched.folder / "archive.db")
    with writing(db):
        db.conn.execute("UPDATE version SET recipe = 1, fingerprint = '1' || substr(fingerprint, 2)")
    db.close()
    for file in (watched.folder / "warc").glob("*.warc.gz"):
        file.unlink()
    watched.run("reclean", code=1)
    watched.show()
    assert watched.crawl() == []
    assert {(version.number, version.recipe) for _, version in archive.reports(watched.watch.db)} == {(1, RECIPE)}
    assert issues.opened(watched.watch.db) == []


def test_a_form_that_differs_in_noise_only_is_kept_beside_its_version_and_told_to_nobody(watched: Watched) -> None:
    for words in ("受理行政复议 100 件｡", "受理行政复议 100 件｡", "受理行政复议\u3000100件。"):
        watched.words[TITLES[0]] = words
        watched.show()
        assert watched.crawl() == []
    (version,) = [version for _, version in archive.reports(watched.watch.db) if version.title == TITLES[0]]
    assert (version.number, "100件。" in version.body[1]) == (1, True), "the version stays as it was"
    forms = recipes.variants(watched.watch.db, version.id)
    assert len(forms) == 2, "each form once, however often it comes"
    shown = watched.run("versions", str(version.report_id), "--json")
    assert [form["captured_at"] for form in json.loads(shown)["format_only"]]
    assert len(re.findall("仅格式不同", watched.run("versions", str(version.report_id)))) == 2


def test_another_family_in_the_seed_is_no_event_and_theirs_is_told_once(tmp_path: Path) -> None:
    pages = Pages()
    with raw_site(pages) as site:
        watched = Watched(tmp_path, pages, site.pair)
        seed = tmp_path / "seed.toml"
        plain = seed.read_text(encoding="utf-8")

        def crawl(family: str, words: str, counter: int) -> list[str]:
            for place, title in enumerate(TITLES):
                said = boxed(title, words if place == 0 else watched.words[title], counter)
                pages.show(f"/a/{place}.html", said)
            seed.write_text(plain + family, encoding="utf-8")
            return watched.crawl()

        assert crawl("", "受理行政复议100件。", 1) == ["baseline"]
        before = {version.title: version.body for _, version in archive.reports(watched.watch.db)}
        assert crawl('family = "ucap"\n', "受理行政复议100件。", 2) == []
        after = {version.title: version.body for _, version in archive.reports(watched.watch.db)}
        assert all(before[title] != after[title] for title in TITLES), "the edit of the seed did change what is read"
        assert crawl("", "受理行政复议100件。", 3) == []
        assert crawl('family = "ucap"\n', "受理行政复议911件。", 4) == ["revised"]
        event = archive.events(watched.watch.db)[-1]
        old, new = archive.versions(watched.watch.db, event.report_id or 0)
        assert (old.body[0].replace("100件", "911件"), old.body[1:]) == (new.body[0], new.body[1:])


def boxed(title: str, words: str, counter: int) -> str:
    """A page of which the family `ucap` reads the inner box, and its structure alone the note above it."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>发布时间：2024-01-08 来源：某市司法局</p>"
        f'<div><p>编者按：关于{title}，{SENTENCE * 2}</p><div class="detail-news"><p>第一，{title}：{words}{SENTENCE * 3}</p>'
        f"<p>第二，{SENTENCE * 3}</p></div></div><i>{counter}</i></body></html>"
    )
