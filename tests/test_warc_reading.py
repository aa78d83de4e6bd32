"""Kept bytes come back as they were, or not at all."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.capture.warc import WarcFolder
from crawler.capture.warc_reading import EvidenceLost, Kept, read_back
from spiders.fetched import Visit
from storage.captures import WarcPlace

AT = datetime(2026, 3, 26, 1, 2, 3, 456789, UTC)
URL, FINAL = "https://sfj.example.gov.cn/a", "https://sfj.example.gov.cn/报告/a.html"
BODY = "<html>司法局</html>".encode() * 50
SHA256 = hashlib.sha256(BODY).hexdigest()


def visit(*, rendered: bool = False) -> Visit:
    return Visit("a/b", URL, FINAL, 200, (("Content-Type", "text/html"), ("Content-Encoding", "gzip")), BODY, rendered)


@pytest.mark.parametrize("rendered", [False, True])
def test_a_record_comes_back_with_the_address_that_answered(tmp_path: Path, *, rendered: bool) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        place = folder.keep(visit(rendered=rendered), AT, None)
        assert read_back(tmp_path, place, SHA256) == Kept(FINAL, BODY), "while the file is being written"
    assert read_back(tmp_path, place, SHA256) == Kept(FINAL, BODY)


def test_other_bytes_than_those_that_were_kept_are_not_believed(tmp_path: Path) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        place = folder.keep(visit(), AT, None)
    with pytest.raises(EvidenceLost, match="not those that were kept"):
        read_back(tmp_path, place, hashlib.sha256(b"other").hexdigest())


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceLost, match=r"gone\.warc\.gz @7"):
        read_back(tmp_path, WarcPlace("gone.warc.gz", 7, 10), SHA256)


def test_wherever_a_file_was_torn_or_spoilt_it_is_said_and_nothing_else_is_raised(tmp_path: Path) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        place = folder.keep(visit(), AT, None)
    file = tmp_path / place.file
    whole = file.read_bytes()
    for at in range(place.offset, place.offset + place.length, 3):
        for spoilt in (
            whole[:at],
            whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :],
            whole[: place.offset] + b"\0" * place.length,
        ):
            file.write_bytes(spoilt)
            try:
                assert read_back(tmp_path, place, SHA256).body == BODY, "a spoilt byte of the headers"
            except EvidenceLost:
                continue
