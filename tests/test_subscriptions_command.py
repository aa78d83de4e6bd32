"""`bureauwatch subscriptions`, and what `check-config` and `test-mail` say of the ways that letters take."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crawler import cli
from crawler.commands.subscriptions import NoSuchEvent
from crawler.errors import ConfigError
from storage import archive
from storage.database import writing
from storage.migrations import open_archive

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
SECRET = "whsec_" + "QUJD" * 12
CONFIG = """
[mail]
host = "127.0.0.1"
port = 9
security = "none"
sender = "watch@example.org"
[[subscription]]
name = "night"
to = ["li@example.org", "channel:office"]
regions = ["上海市"]
quiet = "22:00-07:00"
language = "en"
[[subscription]]
to = ["LI@example.org"]
when = "weekly"
[[subscription]]
name = "clauses"
to = ["wang@example.org"]
levels = ["city"]
least = "figure"
[[channel]]
name = "office"
url_file = "channel"
[[webhook]]
name = "hook"
url = "https://hooks.example.org/t0ken"
secret_file = "secret"
[health]
to = ["webhook:hook"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with all ways, and one event of a bureau of Shanghai."""
    (tmp_path / "bureauwatch.toml").write_text(CONFIG, encoding="utf-8")
    for name, secret in (("channel", "json://reader:t0ken@127.0.0.1:9/"), ("secret", SECRET)):
        (tmp_path / name).write_text(secret)
        (tmp_path / name).chmod(0o600)
    monkeypatch.chdir(tmp_path)
    db = open_archive(tmp_path / "bureauwatch-data" / "archive.db")
    with writing(db):
        archive.add_event(
            db, at=NOW, kind="revised", bureau_id="minhang", watch_id="minhang/x", report_id=None, url="https://x.gov.cn/",
            title="报告", significance="clause", summary="1处", from_version=None, to_version=None,
        )  # fmt: skip
    return tmp_path


def printed(*words: str, code: int = 0) -> list[dict[str, Any]]:
    ended = CliRunner().invoke(cli.app, [*words, "--json"], catch_exceptions=False)
    assert ended.exit_code == code
    return [json.loads(line) for line in ended.stdout.splitlines()]


def shown(*words: str, code: int = 0) -> str:
    ended = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert ended.exit_code == code
    return ended.output


def test_who_would_get_an_event_when_and_why(folder: Path) -> None:
    night, weekly, clauses = printed("subscriptions", "test", "1")
    assert [(one["subscription"], one["wanted"]) for one in (night, weekly, clauses)] == [
        ("night", True), ("subscription-2", True), ("clauses", False),
    ]  # fmt: skip
    assert [(one["recipient"], one["when"], one["due_at"], one["language"]) for one in night["recipients"]] == [
        (to, "at-once", "2026-03-05T23:00:00.000000Z", "en") for to in ("li@example.org", "channel:office")
    ]
    (told,) = weekly["recipients"]
    assert (told["recipient"], told["by"], told["this_one"]) == ("li@example.org", "night", False)
    assert clauses["recipients"] == []
    assert [one["holds"] for one in clauses["reasons"]] == [True, False, False]


def test_the_same_in_words(folder: Path) -> None:
    said = shown("subscriptions", "test", "1")
    for line in (
        "night: wanted",
        "✓ region 上海市/闵行区: asked for are 上海市",
        "→ li@example.org: at-once, due 2026-03-06 07:00 (Asia/Shanghai), language en",
        "told by night, which makes it due first",
        "clauses: not wanted",
        "✗ significance clause: asked for is figure or more",
        "✗ level district: asked for are city",
    ):
        assert line in said


def test_of_an_event_that_was_told_to_nobody_that_is_said(folder: Path) -> None:
    assert not any(one["silent"] for one in printed("subscriptions", "test", "1"))
    assert "told to nobody" not in shown("subscriptions", "test", "1")
    db = open_archive(folder / "bureauwatch-data" / "archive.db")
    with writing(db):
        db.conn.execute("UPDATE event SET silent = 1")
    assert all(one["silent"] for one in printed("subscriptions", "test", "1"))
    assert "kept and told to nobody" in shown("subscriptions", "test", "1")


def test_subscriptions_are_listed_with_their_names_and_all_they_ask_for(folder: Path) -> None:
    assert [one["name"] for one in printed("subscriptions", "list")] == ["night", "subscription-2", "clauses"]
    said = shown("subscriptions", "list")
    assert "regions 上海市" in said
    assert "at-once, quiet 22:00-07:00, language en, at most 20 letters a day" in said
    assert "levels city; revisions of at least figure" in said


def test_an_unknown_event_and_a_file_without_subscriptions_are_said_with_the_cure(folder: Path) -> None:
    with pytest.raises(NoSuchEvent, match="no event 9; `bureauwatch events`"):
        shown("subscriptions", "test", "9")
    (folder / "bureauwatch.toml").write_text("")
    for words in (("subscriptions", "list"), ("subscriptions", "test", "1")):
        with pytest.raises(ConfigError, match=r"add a \[\[subscription\]\]"):
            shown(*words)


def test_check_config_shows_every_way_and_no_secret(folder: Path) -> None:
    (known,) = printed("check-config")
    assert known["channels"] == {"office": "JSON"}
    assert known["webhooks"] == {"hook": "hooks.example.org"}
    assert known["health"] == ["webhook:hook"]
    assert list(known["subscriptions"]) == ["night", "subscription-2", "clauses"]
    said = shown("check-config")
    assert "127.0.0.1:9 (none)" in said
    for secret in ("t0ken", SECRET):
        assert secret not in said + json.dumps(known)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("channel", "nonsense", "channel 'office'"),
        ("secret", "whsec_QUJD", "webhook 'hook'"),
        ("secret", "plain", "webhook 'hook'"),
    ],
)
def test_a_channel_or_webhook_that_cannot_be_used_is_a_fault(folder: Path, file: str, content: str, told: str) -> None:
    (folder / file).write_text(content)
    said = shown("check-config", code=78)
    assert told in said
    assert content not in said


@pytest.mark.parametrize("command", ["crawl", "daemon"])
def test_what_would_send_letters_does_not_begin_with_ways_that_cannot_be_used_and_lists_them_all(
    folder: Path, command: str
) -> None:
    (folder / "channel").write_text("nonsense")
    (folder / "secret").write_text("whsec_QUJD")
    with pytest.raises(ConfigError) as refused:
        CliRunner().invoke(cli.app, [command], catch_exceptions=False)
    assert [fault.split(": ")[1] for fault in refused.value.faults] == ["channel 'office'", "webhook 'hook'"]


def test_every_way_is_tried_and_a_name_that_is_none_is_refused(folder: Path) -> None:
    said = shown("test-mail", "li@example.org", "channel:office", code=69)
    assert "li@example.org: waits (unreachable)" in said
    assert "channel:office: waits (unreachable)" in said
    assert "t0ken" not in said
    with pytest.raises(ConfigError, match="there is no channel:nowhere"):
        shown("test-mail", "channel:nowhere")
