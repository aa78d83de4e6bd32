"""What a page's bytes say, whatever its labels say."""

from __future__ import annotations

import pytest

from spiders.page import decode

CHINESE = "司法局关于公布2020年度工作总结的通知，特此公告。"
LABELS = {"gb2312": '<meta charset="gb2312">', "utf-8": '<meta charset="utf-8">', "": ""}


@pytest.mark.parametrize(
    "body",
    [
        (LABELS["utf-8"] + CHINESE).encode(),
        (LABELS["gb2312"] + CHINESE).encode("gb18030"),
        (LABELS["gb2312"] + CHINESE).encode(),
        (LABELS["utf-8"] + CHINESE).encode("gb18030"),
        ('<meta charset="iso-8859-1">' + CHINESE).encode("gb18030"),
        ('<meta charset="iso-8859-1">' + CHINESE).encode(),
        CHINESE.encode(),
        CHINESE.encode("gb18030"),
        (" " * 5000 + LABELS["gb2312"] + CHINESE).encode("gb18030"),
        b"\xef\xbb\xbf" + (LABELS["gb2312"] + CHINESE).encode(),
        b"\xff\xfe" + CHINESE.encode("utf-16-le"),
        b"\xfe\xff" + CHINESE.encode("utf-16-be"),
        CHINESE.encode() + b"\xe5",
        CHINESE.encode("gb18030") + b"\x81",
        (LABELS["gb2312"] + CHINESE + "䶮㐂𠮷").encode("gb18030"),
    ],
)
def test_a_charset_that_is_wrong_missing_or_broken_is_seen_through(body: bytes) -> None:
    assert CHINESE in decode(body)


def test_characters_that_only_gb18030_has_are_read() -> None:
    assert decode((CHINESE + "䶮㐂𠮷").encode("gb18030")) == CHINESE + "䶮㐂𠮷"
