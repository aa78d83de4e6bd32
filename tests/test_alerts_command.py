"""`bureauwatch alerts`: what is owed and what became of each letter is shown, and settled by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler import cli
from crawler.commands.alerts import NoSuchLetter
from storage import archive, outbox
from storage.database import Database, only_writer, writing
from storage.migrations import open_archive
from tests.post_desk import alerts_waiting

NOW = datetime(2026, 3, 5, 8, 20, tzinfo=UTC)
STATES = ("pending", "trying", "sent", "held", "refused", "failed", "dropped")  # letters 1 to 7; their events have the same ids
Call = Callable[..., Result]


def letter_bytes(subject: str, text: str) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["To"], letter["Subject"] = "li@example.org", subject
    letter.set_content(text)
    letter.add_alternative("<p>html</p>", subtype="html")
    return letter.as_bytes()


def owed(db: Database, title: str, recipient: str = "li@example.org") -> int:
    event = archive.add_event(
        db, at=NOW, kind="revised", bureau_id="b", watch_id="b/w", report_id=None, url="https://x.gov.cn/", title=title,
        significance="figure", summary="1处", from_version=1, to_version=2,
    )  # fmt: skip
    outbox.owe(db, event, recipient=recipient, subscription="mine", due_at=NOW)
    return max(alert.id for alert in alerts_waiting(db))


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A letter in each state, a note, a webhook's body, and an alert that is in no letter."""
    (tmp_path / "bureauwatch.toml").write_text(
        '[mail]\nhost = "127.0.0.1"\nsender = "watch@example.org"\n[[subscription]]\nname = "mine"\nto = ["Li@example.org"]\n'
    )
    monkeypatch.chdir(tmp_path)
    made = open_archive(tmp_path / "bureauwatch-data" / "archive.db")
    with writing(made):
        for number, state in enumerate(STATES, start=1):
            whole, short = letter_bytes(f"[修订] 第{number}封", f"正文{number}"), letter_bytes(f"第{number}封", "短")
            new = outbox.NewLetter("li@example.org", "mail", "single", "zh", "mine", f"<{number}@x>", whole, short)
            letter = outbox.bind(made, new, [owed(made, f"报告{number}")], now=NOW)
            made.conn.execute("UPDATE letter SET state = ?, last_error = ? WHERE id = ?", [state, f"said {state}", letter])
        made.conn.execute("UPDATE letter SET sent_at = ? WHERE state = 'sent'", ["2026-03-05T08:20:00.000000Z"])
        note = json.dumps({"title": "标题", "text": "一\n二"}).encode()
        body = json.dumps({"type": "event.revised", "data": {}}).encode()
        for number, (server, said) in enumerate((("channel:office", note), ("webhook:hook", body)), start=8):
            outbox.bind(
                made, outbox.NewLetter(server, server, "single", "zh", "mine", f"<{number}@x>", said, said), [], now=NOW
            )
        owed(made, "还没写")
    return made


@pytest.fixture
def call() -> Call:
    return lambda *words: CliRunner().invoke(cli.app, ["alerts", *words], catch_exceptions=True)


def state_of(db: Database, letter_id: int) -> str:
    found = outbox.letter(db, letter_id)
    assert found is not None
    return found.state


def listed(call: Call, *words: str) -> list[str]:
    return [json.loads(line)["id"] for line in call("list", "--json", *words).stdout.splitlines()]


def test_what_waits_stands_first_then_letters_the_newest_first(db: Database, call: Call) -> None:
    assert listed(call) == ["a8", "9", "8", "7", "6", "5", "4", "3", "2", "1"]
    assert listed(call, "--limit", "3") == ["a8", "9", "8"]
    assert "7 more; --limit 10 shows them all" in call("list", "--limit", "3").stderr
    assert call("list").stderr == ""
    assert [json.loads(line)["subject"] for line in call("list", "--json").stdout.splitlines()][:4] == [
        "[修订] 《还没写》", "event.revised", "标题", "[修订] 第7封",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "ids"), [("waiting", ["a8"]), ("failed", ["6"]), ("held", ["4"]), ("pending", ["9", "8", "1"])]
)
def test_one_state_is_listed_alone(db: Database, call: Call, state: str, ids: list[str]) -> None:
    assert listed(call, "--state", state) == ids
    assert call("list", "--state", state).stderr == ""


def test_a_line_says_who_what_state_and_what_the_server_said(db: Database, call: Call) -> None:
    shown = call("list", "--state", "failed").stdout
    for part in ("6", "failed", "li@example.org", "single", "[修订] 第6封", "said failed"):
        assert part in shown


def test_a_letter_is_shown_with_headers_and_plain_text_and_as_its_bytes(db: Database, call: Call) -> None:
    shown = call("show", "1").stdout
    for part in ("Subject: [修订] 第1封", "正文1", "《报告1》"):
        assert part in shown
    assert "html</p>" not in shown
    raw = call("show", "1", "--eml").stdout_bytes
    assert raw == letter_bytes_of(db, 1)
    assert message_from_bytes(raw)["To"] == "li@example.org"
    with writing(db):
        outbox.shorten(db, 1, error="552", now=NOW)
    assert "短" in call("show", "1").stdout
    assert call("show", "1", "--eml").stdout_bytes != raw


def letter_bytes_of(db: Database, letter_id: int) -> bytes:
    found = outbox.letter(db, letter_id)
    assert found is not None
    return found.message


def test_a_note_a_webhooks_body_and_an_alert_are_shown_too(db: Database, call: Call) -> None:
    assert call("show", "8").stdout.splitlines()[-4:] == ["标题", "", "一", "二"]
    assert '"type": "event.revised"' in call("show", "9").stdout
    assert "《还没写》" in call("show", "a8").stdout
    assert "in letter 1" in call("show", "a1").stdout


def test_letters_are_tried_again_while_a_daemon_holds_the_archive(db: Database, call: Call, tmp_path: Path) -> None:
    with only_writer(tmp_path / "bureauwatch-data" / "archive.db"):
        assert call("retry", "4", "7").exit_code == 0
        assert call("drop", "5", "a8").exit_code == 0
    assert [state_of(db, number) for number in (4, 5, 7)] == ["pending", "dropped", "pending"]
    assert alerts_waiting(db) == []
    found = outbox.letter(db, 4)
    assert found is not None
    assert abs(found.next_attempt_at - datetime.now(UTC)) < timedelta(hours=1)


def test_all_are_tried_again_but_what_was_sent_or_dropped(db: Database, call: Call) -> None:
    assert call("retry", "--all").exit_code == 0
    assert [state_of(db, number) for number in range(1, 8)] == [
        "pending", "trying", "sent", "pending", "pending", "pending", "dropped",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("retry", "4", "99"), "there is no letter 99"),
        (("retry", "4", "3"), "letter 3 was sent on 2026-03-05 16:20"),
        (("retry", "4", "2"), "being handed over"),
        (("retry", "4", "a8"), "in no letter"),
        (("retry", "4", "x"), "there is no letter x"),
        (("drop", "4", "3"), "cannot be called back"),
        (("drop", "4", "7"), "dropped already"),
        (("drop", "4", "a1"), "is in letter 1"),
        (("drop", "4", "a99"), "there is no alert a99"),
        (("show", "99"), "there is no letter 99"),
        (("show", "a8", "--eml"), "has no bytes"),
        (("show", "9" * 40), "there is no letter"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    db: Database, call: Call, words: tuple[str, ...], told: str
) -> None:
    ended = call(*words)
    assert isinstance(ended.exception, NoSuchLetter)
    assert told in str(ended.exception)
    assert ended.stdout == ""
    assert [state_of(db, number) for number in range(1, 8)] == list(STATES)


def test_a_dropped_alert_is_listed_counted_and_taken_back(db: Database, call: Call) -> None:
    assert call("drop", "a8").exit_code == 0
    assert listed(call, "--state", "dropped") == ["a8", "7"]
    assert listed(call, "--state", "waiting") == []
    assert listed(call)[0] == "a8"
    assert json.loads(call("status", "--json").stdout)["dropped"] == 2
    assert "due" not in call("show", "a8").stdout
    assert "waits again" in call("retry", "a8").stdout
    assert [alert.id for alert in alerts_waiting(db)] == [8]
    for words, told in (
        (("retry", "a8"), "when it is due"),
        (("retry", "a1"), "is in letter 1"),
        (("drop", "a1"), "is in letter 1"),
    ):
        refused = call(*words)
        assert isinstance(refused.exception, NoSuchLetter)
        assert told in str(refused.exception)


def test_a_retry_says_who_will_get_nothing_all_the_same(db: Database, call: Call) -> None:
    with writing(db):
        db.conn.execute("UPDATE letter SET recipient = 'left@example.org' WHERE id = 1")
    told = call("retry", "1")
    assert (told.exit_code, "alerts drop --to left@example.org" in told.stderr) == (0, True)


@pytest.mark.parametrize("words", [("list", "--limit", "9" * 20), ("show", "9" * 20), ("retry", "a" + "9" * 20), ("drop", "²")])
def test_a_number_that_no_archive_has_is_refused_in_a_sentence(db: Database, call: Call, words: tuple[str, ...]) -> None:
    ended = call(*words)
    assert ended.exit_code == 2 or isinstance(ended.exception, NoSuchLetter)


@pytest.mark.parametrize("words", [("retry",), ("drop",), ("retry", "1", "--all"), ("list", "--state", "lost")])
def test_wrong_usage_ends_with_2(db: Database, call: Call, words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == 2


def test_the_status_ends_with_1_as_long_as_a_letter_needs_a_person(db: Database, call: Call) -> None:
    ended = call("status", "--json")
    assert ended.exit_code == 1
    unasked = [{"recipient": name, "alerts": 0, "letters": 1} for name in ("channel:office", "webhook:hook")]
    assert json.loads(ended.stdout) == {"waiting": 1, **dict.fromkeys(STATES, 1), "pending": 3, "unasked": unasked}
    for needy in (["4"], ["5"], ["6"], ["--to", "channel:office"], ["--to", "webhook:hook"]):
        assert call("status").exit_code == 1
        assert call("drop", *needy).exit_code == 0
    assert call("status").exit_code == 0


def test_what_waits_for_somebody_whom_the_configuration_names_no_more_is_said_and_dropped_at_once(
    db: Database, call: Call
) -> None:
    with writing(db):
        alert = owed(db, "无人收", "Left@example.org")
    ended = call("status")
    assert ended.exit_code == 1
    assert "1 alerts and 0 letters wait for left@example.org" in ended.stderr
    assert "alerts drop --to left@example.org" in ended.stderr
    assert "li@example.org" not in ended.stderr
    assert call("drop", "--to", "LEFT@example.org").exit_code == 0
    found = outbox.alert(db, alert)
    assert found is not None
    assert found.dropped_at is not None
    assert "left@" not in call("status").stderr
    assert call("drop", "--to", "left@example.org").exit_code == 1, "nothing waits any more"
    assert call("drop", "12", "--to", "x@example.org").exit_code == 2
