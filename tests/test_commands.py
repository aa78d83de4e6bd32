"""The commands keep their contracts: what they print, what they exit with, and what they leave alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED
from crawler.demo.stage import Stage
from tests.standing import is_sound

ROOT = Path(__file__).parents[1]
SCRAPY = Path(sys.executable).with_name("scrapy")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage on which a report was published and another one revised."""
    with Stage(tmp_path_factory.mktemp("commands") / "stage") as stage:
        stage.run("crawl", "--all")
        stage.site.publish("minhang-2021")
        stage.site.revise(MINHANG_SEED, "行政复议案件226件", "行政复议案件236件")
        stage.run("crawl", "--all", "--bureau", MINHANG)
        yield stage


def command(*words: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder of its own, with nothing set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BUREAUWATCH")}
    return subprocess.run(
        [sys.executable, "-m", "crawler", *words], cwd=folder, env={**clean, "PYTHONUTF8": "1", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def digest(folder: Path) -> dict[str, str]:
    """Every file of the archive with its content."""
    files = [folder / "archive.db", *sorted((folder / "warc").iterdir())]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_events_are_one_json_object_a_line_with_the_contracts_keys(played: Stage) -> None:
    events = played.json_lines("events")
    keys = "id at kind bureau watch report url title significance summary from_version to_version".split()
    assert [list(event) for event in events] == [keys] * 4
    assert [event["kind"] for event in events[:2]] == ["baseline", "baseline"]
    assert sorted(event["kind"] for event in events[2:]) == ["published", "revised"]
    revised = next(event for event in events if event["kind"] == "revised")
    assert (revised["bureau"], revised["watch"]) == (MINHANG, f"{MINHANG}/xxgk-sfj-ghjh-gl")
    assert (revised["significance"], revised["from_version"], revised["to_version"]) == ("figure", 1, 2)
    assert revised["url"] == played.site.address_of(MINHANG_SEED)
    assert [event["id"] for event in played.json_lines("events", "--since", str(events[1]["id"]))] == [3, 4]
    assert played.json_lines("events", "--since", "2999-01-01") == []
    assert played.json_lines("events", "--since", events[2]["at"])[0]["id"] == events[2]["id"]


def test_a_report_is_shown_by_its_number_and_by_its_address(played: Stage) -> None:
    address = played.site.address_of(MINHANG_SEED)
    number = next(row["report"] for row in played.json_lines("reports") if row["title"].startswith("2020年闵行"))
    by_number, by_address = (played.json_lines("show", str(number)), played.json_lines("show", address))
    assert by_number == by_address
    assert by_number[0]["body"] == list(played.site.document(MINHANG_SEED).body)
    first, second = played.json_lines("versions", address)
    assert (first["number"], second["number"]) == (1, 2)
    assert len(second["evidence"]["sha256"]) == 64
    assert "第2版" in played.run("versions", address)
    assert played.run("show", address, "--version", "1").count("226件") == 1


def test_a_number_that_no_archive_can_have_is_refused_in_a_sentence(played: Stage) -> None:
    for words in (
        ("show", "9" * 20), ("versions", "²"), ("diff", "1", "--from", "9" * 20), ("show", "1", "--version", "9" * 20),
        ("subscriptions", "test", "9" * 20),
    ):  # fmt: skip
        ended = subprocess.run(played.command(*words), capture_output=True, text=True, env=played.environment(), check=False)
        assert (ended.returncode, "Traceback" in ended.stderr, bool(ended.stderr)) == (2, False, True), (words, ended.stderr)


def test_the_diff_shows_the_whole_old_and_new_number_and_nothing_else(played: Stage) -> None:
    address = played.site.address_of(MINHANG_SEED)
    (answer,) = played.json_lines("diff", address)
    (change,) = answer["changes"]
    assert [span for span in change["spans"] if span[0] != "equal"] == [["replace", "226件", "236件"]]
    assert "[-226件-]{+236件+}" in played.run("diff", address, "--from", "1", "--to", "2")
    unchanged = played.site.address_of(SHANGHAI_SEED)
    assert played.json_lines("diff", unchanged) == [{"changes": []}]


def test_status_tells_each_watch(played: Stage) -> None:
    rows = played.json_lines("status")
    assert [row["bureau"] for row in rows] == [SHANGHAI, MINHANG]
    for row in rows:
        assert row["last_outcome"] == "ok"
        assert row["last_success_at"] < row["next_due_at"]
        assert row["issues"] == []
    assert "已发 2 封" in played.run("status")


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(played: Stage) -> None:
    before, letters = digest(played.folder), len(played.letters())
    played.site.publish("shanghai-2019")
    try:
        told = played.json_lines("crawl", "--all", "--dry-run")
    finally:
        played.site.withdraw("shanghai-2019")
    assert [event["kind"] for event in told] == ["published"]
    assert digest(played.folder) == before
    assert len(played.letters()) == letters


def test_what_is_not_due_is_not_visited(played: Stage) -> None:
    asked = len(played.site.requests(SHANGHAI))
    assert "nothing is due" in played.run("crawl")
    assert len(played.site.requests(SHANGHAI)) == asked


def test_a_live_page_is_read_and_nothing_is_stored(played: Stage) -> None:
    before = digest(played.folder)
    (report,) = played.json_lines("read", played.site.address_of(SHANGHAI_SEED))
    document = played.site.document(SHANGHAI_SEED)
    assert report["family"] == "shanghai-bureaus"
    assert (report["title"], report["published"], report["source"]) == (
        document.title,
        str(document.published),
        document.source,
    )
    assert report["body"] == list(document.body)
    assert [attachment["name"] for attachment in report["attachments"]] == ["2018.pdf"]
    (listing,) = played.json_lines("read", "--listing", played.site.listing_url(MINHANG))
    assert len(listing["rows"]) == 5
    assert set(listing["rows"][0]) == {"title", "url", "listed"}
    assert listing["next"].endswith("/List/list_1.htm")
    assert digest(played.folder) == before


def test_saved_pages_and_seed_texts_are_read_without_a_configuration(tmp_path: Path) -> None:
    seeds = sorted((ROOT / "seeds" / "documents").glob("*.txt"))
    answer = command("read", *map(str, seeds), "--json", folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    minhang, shanghai = (json.loads(line) for line in answer.stdout.splitlines())
    assert (minhang["title"], minhang["published"], minhang["source"]) == (
        "2020年闵行区司法局行政工作总结",
        "2021-02-18",
        "上海市闵行区司法局",
    )
    assert len(minhang["body"]) == 34
    assert (shanghai["title"], shanghai["published"]) == ("上海市司法局2018年法治政府建设情况报告", "2019-04-12")
    assert len(shanghai["body"]) == 67
    page = ROOT / "tests" / "families" / "shanghai-bureaus" / "listing_1.html"
    listing = command(
        "read", "--listing", str(page), "--url", "https://sfj.sh.gov.cn/jggk_fzfjsqkbg/index.html", "--json", folder=tmp_path
    )
    assert all(row["url"].startswith("https://") for row in json.loads(listing.stdout)["rows"])


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "odd.pdf").write_bytes(b"%PDF-1.7 ...")
    seed = min((ROOT / "seeds" / "documents").glob("*.txt"))
    answer = command("read", "odd.pdf", "missing.html", str(seed), folder=tmp_path)
    assert answer.returncode == 1
    assert "odd.pdf: unexpected_structure" in answer.stderr
    assert "missing.html: cannot be opened: No such file" in answer.stderr
    assert "《2020年闵行区司法局行政工作总结》" in answer.stdout


def test_a_first_configuration_is_written_once_and_is_valid(tmp_path: Path) -> None:
    assert command("init", folder=tmp_path).returncode == 0
    assert command("check-config", folder=tmp_path).returncode == 0
    again = command("init", folder=tmp_path)
    assert again.returncode == 78
    assert "exists already and was left as it is" in again.stderr


def test_a_faulty_configuration_ends_every_command_with_78_and_every_fault(tmp_path: Path) -> None:
    (tmp_path / "bureauwatch.toml").write_text('[crawl]\ndelay_s = "soon"\n[mail]\nhost = ""\nsender = "x"\n', encoding="utf-8")
    for words in (("check-config",), ("crawl",), ("status",), ("events",), ("daemon",), ("test-mail",)):
        answer = command(*words, folder=tmp_path)
        assert answer.returncode == 78, words
        for key in ("crawl.delay_s", "mail.host", "mail.sender"):
            assert key in answer.stderr
        assert "Traceback" not in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bureauwatch.toml"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("crawl", "no/such"), 2, "no watch 'no/such'"),
        (("crawl", "--bureau", "none"), 2, "no bureau 'none'"),
        (("crawl", "--colour"), 2, "No such option"),
        (("show", "99999"), 2, "there is no report 99999"),
        (("show", "https://nowhere.gov.cn/"), 2, "no report is known under"),
        (("show", "1", "--version", "9"), 2, "has no version 9"),
        (("events", "--since", "yesterday"), 2, "neither an event id nor a time"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_cure(played: Stage, words: tuple[str, ...], code: int, told: str) -> None:
    answer = command(*words, "--config", str(played.config))
    assert answer.returncode == code, answer.stderr
    assert told in " ".join(answer.stderr.split())
    assert "Traceback" not in answer.stderr


def test_nothing_to_look_at_yet_is_said_with_the_cure(tmp_path: Path) -> None:
    assert command("init", folder=tmp_path).returncode == 0
    answer = command("events", folder=tmp_path)
    assert answer.returncode == 73
    assert "bureauwatch crawl" in answer.stderr
    assert command("status", folder=tmp_path).returncode == 0


def test_no_configuration_is_said_with_the_cure(tmp_path: Path) -> None:
    answer = command("crawl", folder=tmp_path)
    assert answer.returncode == 78
    assert "bureauwatch init" in answer.stderr


def test_a_test_letter_arrives(played: Stage) -> None:
    before = len(played.letters())
    assert "sent" in played.run("test-mail")
    assert len(played.letters()) == before + 1
    played.mailbox.stop()
    try:
        assert "unreachable" in command("test-mail", "--config", str(played.config)).stderr
        assert command("test-mail", "--config", str(played.config)).returncode == 69
    finally:
        played.mailbox.start()


def test_scrapys_own_commands_work_from_the_checkout(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        environment = {**os.environ, "BUREAUWATCH_CONFIG": str(stage.config)}

        def scrapy(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([SCRAPY, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

        assert scrapy("list").stdout.split() == [MINHANG, SHANGHAI]
        assert scrapy("crawl", SHANGHAI).returncode == 0
        assert [event["kind"] for event in stage.json_lines("events")] == ["baseline"]
        assert len(stage.json_lines("reports")) == 10


def test_every_bundled_bureau_has_a_spider_without_a_configuration() -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BUREAUWATCH")}
    listed = subprocess.run([SCRAPY, "list"], cwd=ROOT, env=clean, capture_output=True, text=True, check=True).stdout.split()
    assert {"shanghai", "minhang"} <= set(listed)


@pytest.mark.parametrize("room", [100 * 1024, 400 * 1024], ids=["set-up", "crawl"])
def test_a_full_disk_stops_the_run_in_one_sentence_and_the_next_run_goes_on(room: int, tmp_path: Path) -> None:
    """`room` is how many bytes any one file may grow to: the schema alone needs more, or what a crawl stores."""
    with Stage(tmp_path / "stage") as stage:
        limited = f"import resource,runpy,sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); runpy.run_module('crawler', run_name='__main__')"
        words = stage.command("crawl", "--all", "--bureau", SHANGHAI)[3:]
        stopped = subprocess.run(
            [sys.executable, "-c", limited, *words], capture_output=True, text=True, env=stage.environment(), check=False
        )
        assert stopped.returncode == 73
        assert "cannot be written" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        assert [event["kind"] for event in stage.json_lines("crawl", "--all", "--bureau", SHANGHAI)] == ["baseline"]
        assert is_sound(stage)
        assert len(stage.json_lines("reports")) == 10
