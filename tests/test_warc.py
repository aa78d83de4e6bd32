"""What was received can be shown again with standard tools, also after a crash tore the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.capture.warc import WarcFolder, replay
from spiders.fetched import Visit
from storage.captures import WarcPlace

AT = datetime(2026, 3, 26, 1, 2, 3, 456789, UTC)
BODY = "<html>司法局</html>".encode()


def visit(body: bytes = BODY, *, rendered: bool = False) -> Visit:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Odd", "a\r\nb\x00"), ("Content-Length", "7"))
    return Visit("a/b", "https://sfj.example.gov.cn/a.html", "https://sfj.example.gov.cn/a.html", 200, headers, body, rendered)


def check(folder: Path) -> int:
    """0 if `warcio check` finds nothing wrong with any file of the folder."""

    class Options:
        verbose = False
        inputs = [str(path) for path in sorted(folder.iterdir())]  # noqa: RUF012

    return int(Checker(Options()).process_all() or 0)


def kinds(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            found += [record.rec_type for record in ArchiveIterator(file)]
    return found


def test_a_record_is_read_back_by_its_place(tmp_path: Path) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        first = folder.keep(visit(), AT, None)
        second = folder.keep(visit(b"other"), AT, None)
        assert replay(tmp_path, first) == BODY, "while the file is being written"
    assert replay(tmp_path, first) == BODY
    assert replay(tmp_path, second) == b"other"
    assert kinds(tmp_path) == ["warcinfo", "response", "response"]
    assert check(tmp_path) == 0


def test_headers_are_kept_and_the_encodings_we_undid_are_renamed(tmp_path: Path) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        folder.keep(visit(), AT, None)
    with next(tmp_path.iterdir()).open("rb") as file:
        record = [record for record in ArchiveIterator(file) if record.rec_type == "response"][0]  # noqa: RUF015
        headers = dict(record.http_headers.headers)
    assert headers["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(BODY))
    assert headers["X-Odd"] == "a  b"
    assert record.rec_headers.get_header("WARC-Date") == "2026-03-26T01:02:03.456789Z"


def test_the_same_bytes_become_a_revisit_and_a_rendered_page_a_resource(tmp_path: Path) -> None:
    with WarcFolder(tmp_path, "test", "a1") as folder:
        folder.keep(visit(), AT, None)
        folder.keep(visit(), AT, AT)
        folder.keep(visit(rendered=True), AT, None)
    assert kinds(tmp_path) == ["warcinfo", "response", "revisit", "resource"]
    assert check(tmp_path) == 0


@pytest.mark.parametrize("torn", [1, 40, 10_000])
def test_what_a_crash_tore_off_is_cut_and_the_rest_stays_whole(tmp_path: Path, torn: int) -> None:
    folder = WarcFolder(tmp_path, "test", "a1")
    kept = folder.keep(visit(), AT, None)
    lost = folder.keep(visit(b"never stored" * 2000), AT, None)
    left = next(tmp_path.iterdir())
    with left.open("r+b") as file:
        file.truncate(max(kept.offset + kept.length, lost.offset + lost.length - torn))
    mended = WarcFolder(tmp_path, "test", "a1").mend(lambda _name: kept.offset + kept.length)
    assert mended == [kept.file]
    assert kinds(tmp_path) == ["warcinfo", "response"]
    assert check(tmp_path) == 0
    assert replay(tmp_path, kept) == BODY


def test_a_file_that_no_row_names_is_removed(tmp_path: Path) -> None:
    WarcFolder(tmp_path, "test", "a1").keep(visit(), AT, None)
    assert WarcFolder(tmp_path, "test", "a1").mend(lambda _name: 0) == []
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replay(tmp_path, WarcPlace("gone.warc.gz", 0, 10))
