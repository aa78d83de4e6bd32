"""Files in the flow: attachments get their words, a row may itself be a file, and a broken one is an issue of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.pdf import pdf_of
from tests.long_list import Column, LongList

LINES = ("某市司法局2024年度报告", "全年办理行政复议案件226件。", "特此报告。")
WHOLE, SCAN = pdf_of(LINES), pdf_of(())
FILES = {"whole": WHOLE, "scan": SCAN, "half": WHOLE[: len(WHOLE) // 3], "odd": b"\x00\x01\x02\x03" * 100}


class Attached(Column):
    """Reports with one attachment each, all named .pdf, whatever they are."""

    def answer(self, address: str) -> tuple[int, str, bytes]:
        name = urlsplit(address).path.rpartition("/")[2].partition(".")[0]
        return (200, "text/plain", FILES[name]) if name in FILES else super().answer(address)

    def report(self, number: int) -> str:
        name = list(FILES)[number - 1]
        link = f'<p>附件：<a href="/f/{name}.pdf">../附件{number}.pdf</a></p>'
        return super().report(number).replace("</body>", f"{link}</body>")


class Files(Column):
    """A column whose rows lead to files."""

    def answer(self, address: str) -> tuple[int, str, bytes]:
        if address.startswith("/a/"):
            return 200, "application/octet-stream", (WHOLE, SCAN)[int(address[3:].partition(".")[0]) - 1]
        return super().answer(address)


def shown(site: LongList[Any], number: int) -> dict[str, Any]:
    """What `show` tells of the report whose row bears this number."""
    found = [json.loads(line) for line in site.run("reports", "--json").splitlines()]
    (report,) = [report["report"] for report in found if f"第{number}号" in report["title"]]
    told: dict[str, Any] = json.loads(site.run("show", str(report), "--json"))
    return told


def test_f081_f083_the_words_of_attachments_are_kept_and_a_broken_one_is_an_issue_naming_its_reader(tmp_path: Path) -> None:
    with LongList(tmp_path, Attached(reports=4)) as site:
        said = site.run("crawl")
        (whole,) = shown(site, 1)["attachments"]
        assert (whole["kind"], whole["state"], whole["lines"]) == ("pdf", "text", list(LINES))
        assert whole["file_name"] == "whole.pdf"
        states = {row["file_name"]: row["state"] for row in site.db().query("SELECT file_name, state FROM document")}
        assert states == {"whole.pdf": "text", "scan.pdf": "needs-ocr", "half.pdf": "unparsed", "odd.pdf": "unknown-kind"}
        assert said.count("extract_failed") == 1
        assert "/f/half.pdf" in said
        assert "by pypdfium2 " in said
        assert [event["kind"] for event in site.events()] == ["baseline"]


def test_f085_a_file_that_could_not_be_read_is_not_given_to_the_same_reader_again(tmp_path: Path) -> None:
    with LongList(tmp_path, Attached(reports=3)) as site:
        site.run("crawl")
        before = list(site.db().query("SELECT sha256, read_at FROM document ORDER BY sha256"))
        site.run("crawl", "--all")
        assert list(site.db().query("SELECT sha256, read_at FROM document ORDER BY sha256")) == before


def test_a_row_that_is_a_file_is_a_report_with_the_files_words(tmp_path: Path) -> None:
    with LongList(tmp_path, Files(reports=2)) as site:
        site.run("crawl")
        report = shown(site, 1)
        assert report["title"] == "某市司法局关于第1号事项的年度报告"
        assert report["body"] == list(LINES)
        assert [link["url"] for link in report["attachments"]] == [f"http://{site.host}/a/1.html"]
        assert shown(site, 2)["body"] == []
        assert "failed" not in site.run("status").replace("0 failed", "")


def test_a_document_is_read_by_the_read_command(tmp_path: Path) -> None:
    (tmp_path / "report.bin").write_bytes(WHOLE)
    with LongList(tmp_path / "site", Column(reports=1)) as site:
        told = json.loads(site.run("read", str(tmp_path / "report.bin"), "--json"))
    assert (told["family"], told["title"], told["body"]) == ("pdf", LINES[0], list(LINES[1:]))
