"""What a page says of its document is kept with the version and shown: storage, `show`, `versions`, `read`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crawler import cli
from storage import archive, captures
from storage.captures import WarcPlace
from storage.database import Database, claim, connect, writing
from storage.migrations import open_archive, steps
from storage.records import VersionFields

NOW = datetime(2026, 3, 5, 8, 20, tzinfo=UTC)
FIELDS = VersionFields(
    document_number="沪司〔2021〕5号",
    index_number="SY-310115-2023-01992",
    publisher="某市司法局",
    category="主动公开",
    validity="失效",
    genre="报告",
    topic="司法",
    dates=(
        ("written", date(2024, 3, 1), "signature"),
        ("published", date(2024, 3, 5), "label"),
        ("address", date(2024, 3, 6), "address"),
    ),
)
DATES = {
    "written": {"day": "2024-03-01", "from": "signature"},
    "published": {"day": "2024-03-05", "from": "label"},
    "listed": None,
    "address": {"day": "2024-03-06", "from": "address"},
}
PAGE = """<html><head><title>某通知</title></head><body>
<ul><li>索引号：SY-310115-2023-01992</li><li>文号：沪司〔2021〕5号</li><li>发布机构：某市司法局</li><li>公开类别：主动公开</li></ul>
<h1>某通知</h1><div>更新时间：2024-03-09</div><div id="zoom"><p>现将有关事项通知如下，请认真贯彻执行，并将落实情况及时报告。</p><p>2024年3月1日</p></div></body></html>"""


def keep(db: Database, fields: VersionFields | None) -> int:
    with writing(db):
        capture = captures.add(
            db, url="https://x/a", captured_at=NOW, status=200, sha256="00", size=1, place=WarcPlace("a.warc.gz", 0, 1), revisit_of=None, rendered=False
        )  # fmt: skip
        report = archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
        given: dict[str, Any] = {} if fields is None else {"fields": fields}
        archive.add_version(
            db, report, recipe=1, fingerprint="1:a", title="某通知", published=date(2024, 3, 5), published_from="label", source="",
            body=["甲"], attachments=[], capture_id=capture, now=NOW, **given,
        )  # fmt: skip
    return report


@pytest.mark.parametrize("fields", [FIELDS, VersionFields(), replace(FIELDS, dates=(), genre=""), None])
def test_fields_come_back_as_they_were_kept(tmp_path: Path, fields: VersionFields | None) -> None:
    db = open_archive(tmp_path / "archive.db")
    (version,) = archive.versions(db, keep(db, fields))
    assert version.fields == (fields or VersionFields())


def test_a_version_from_before_there_were_fields_has_none(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    old = connect(path)
    claim(old)
    steps.apply(old, stop_before="m003_fields")
    with writing(old):
        old.conn.execute("INSERT INTO watch (watch_id, bureau_id) VALUES ('b/w', 'b')")
        report = archive.add_report(old, bureau_id="b", watch_id="b/w", now=NOW)
        capture = captures.add(
            old, url="u", captured_at=NOW, status=200, sha256="0", size=1, place=WarcPlace("a", 0, 1), revisit_of=None, rendered=False
        )  # fmt: skip
        old.conn.execute("INSERT INTO text VALUES ('0', ?)", [b"x\x9c\x03\x00\x00\x00\x00\x01"])
        old.conn.execute(
            "INSERT INTO version (report_id, number, recipe, fingerprint, title, published_from, source, text_sha256, attachments,"
            " capture_id, created_at) VALUES (?, 1, 1, '1:a', '旧', '', '', '0', '[]', ?, '2026-03-05T08:20:00.000000Z')",
            [report, capture],
        )
    old.conn.close()
    (version,) = archive.versions(open_archive(path), report)
    assert (version.title, version.fields) == ("旧", VersionFields())


@pytest.mark.parametrize("command", ["show", "versions"])
def test_fields_are_shown_with_a_version(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(open_archive(tmp_path / "bureauwatch-data" / "archive.db"), FIELDS)
    (tmp_path / "bureauwatch.toml").touch()
    monkeypatch.chdir(tmp_path)
    printed = json.loads(CliRunner().invoke(cli.app, [command, "1", "--json"], catch_exceptions=False).stdout)
    assert printed["dates"] == DATES
    for name in ("document_number", "index_number", "publisher", "category", "validity", "genre", "topic"):
        assert printed[name] == getattr(FIELDS, name)
    lines = [line.strip() for line in CliRunner().invoke(cli.app, [command, "1"], catch_exceptions=False).stdout.splitlines()]
    assert (
        "文号 沪司〔2021〕5号 · 索引号 SY-310115-2023-01992 · 发布机构 某市司法局 · 公开类别 主动公开 · 有效性 失效 · 体裁 报告 · 主题 司法"
        in lines
    )
    assert "成文 2024-03-01 (signature) · 发布 2024-03-05 (label) · 网址 2024-03-06 (address)" in lines


def test_fields_of_a_saved_page_are_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(PAGE, encoding="utf-8")
    words = ["read", str(page), "--url", "https://x.gov.cn/20240306/a.html"]
    printed = json.loads(CliRunner().invoke(cli.app, [*words, "--json"], catch_exceptions=False).stdout)
    assert (printed["published"], printed["published_from"], printed["source"]) == ("2024-03-06", "address", "某市司法局")
    assert printed["dates"] == DATES | {"published": None}
    assert (printed["number"], printed["index_number"]) == ("沪司〔2021〕5号", "SY-310115-2023-01992")
    assert (printed["publisher"], printed["category"], printed["validity"]) == ("某市司法局", "主动公开", "")
    shown = CliRunner().invoke(cli.app, words, catch_exceptions=False).stdout.splitlines()
    assert "文号 沪司〔2021〕5号 · 索引号 SY-310115-2023-01992 · 发布机构 某市司法局 · 公开类别 主动公开" in shown
    assert "成文 2024-03-01 (signature) · 网址 2024-03-06 (address)" in shown
