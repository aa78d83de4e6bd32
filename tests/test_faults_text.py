"""Faults of the text of pages, by their numbers: charsets (F050 to F058) and markup (F060 to F068)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.clean.errors import ReadingCrashed, ReadingTimedOut
from crawler.clean.extract import clean_page
from crawler.clean.pool import CleanPool
from crawler.flow import CleanText
from spiders.attachments import attachment_links
from spiders.failures import PageUnreadable, VisitError
from spiders.metadata import read_metadata
from spiders.page import decode, read_page
from spiders.page_readers import Unread, read_listing, read_report
from tests.page_templates import BODIES, NOTICE, URL, minhang, nested

SENTENCE = "经研究，决定任命朱镕、䶮某为某市公证处副主任，试用期一年。"


def page_of(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>{NOTICE.title}</title></head><body><div id='zoom'><p>{text}</p><p>特此通知。</p></div></body></html>"


def read(body: bytes) -> CleanText:
    return clean_page(URL, body, None)


def told_by_the_loop(body: bytes, reader: Callable[[str, bytes, str | None], object]) -> str:
    try:
        answer = reader(URL, body, None)
    except VisitError as error:
        return str(error)
    return answer.detail if isinstance(answer, Unread) else ""


def test_f050_a_page_labelled_gb2312_with_characters_of_gbk_is_read() -> None:
    body = page_of("朱镕、喆、堃、玥参加。", '<meta charset="gb2312">').encode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")
    assert read(body).body[0] == "朱镕、喆、堃、玥参加。"


@pytest.mark.parametrize("label", ["utf-8", "gbk", "big5", "iso-8859-1", "utf-16", "x-no-such-charset"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_f051_the_bytes_tell_the_charset_whatever_the_label_says(label: str, charset: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    assert read(page_of(SENTENCE, head).encode(charset)).body[0] == SENTENCE


def test_f052_a_label_or_a_charset_that_changes_changes_no_text() -> None:
    labels = ("", '<meta charset="gb2312">', '<meta charset="utf-8">')
    readings = [read(page_of(SENTENCE, head).encode(charset)) for head in labels for charset in ("utf-8", "gb18030")]
    assert readings == readings[:1] * 6


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_f053_one_invalid_byte_costs_one_character_and_not_the_page(charset: str) -> None:
    before, after = page_of("甲乙丙丁，@戊己庚辛。").encode(charset).split(b"@")
    first = read(before + b"\xff" + after).body[0]
    assert first.startswith("甲乙丙丁，")
    assert first.endswith("己庚辛。")
    assert "\ufffd" in first


@pytest.mark.parametrize(
    ("mark", "charset"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_f054_a_byte_order_mark_that_comes_and_goes_changes_nothing(mark: bytes, charset: str) -> None:
    text = page_of(SENTENCE)
    assert read(mark + text.encode(charset)) == read(text.encode())


def test_f055_a_lone_surrogate_is_read_and_can_be_stored() -> None:
    for markup in ("&#xd800;", "&#55357;"):
        text = read(page_of(f"甲{markup}乙，完整。").encode())
        assert "".join(text.body).encode()
    as_bytes = page_of("甲@乙，完整。").encode().replace(b"@", "\ud800".encode("utf-8", "surrogatepass"))
    text = read(as_bytes)
    assert "".join(text.body).encode()
    assert text.body[0].endswith("乙，完整。")


def test_f056_a_page_is_not_cut_at_its_nul_bytes() -> None:
    text = read(page_of("甲乙\x00丙丁，完整。").replace("<p>", "\x00<p\x00>").encode())
    assert "".join(text.body) == "甲乙丙丁，完整。特此通知。"
    assert read(page_of("甲&#0;乙，完整。").encode()).body[0].endswith("乙，完整。")


@pytest.mark.parametrize("character", ["䶮", "㛃", "𠮷", "㐂", "\ue5e5", "〇", "喆"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_f057_rare_characters_and_those_for_private_use_come_through(character: str, charset: str) -> None:
    wanted = f"张{character}同志任职，特此公告。"
    assert read(page_of(wanted).encode(charset)).body[0] == wanted
    assert read(page_of(wanted.replace(character, f"&#{ord(character)};")).encode(charset)).body[0] == wanted


def test_f058_line_ends_and_indentation_change_no_text() -> None:
    lines = page_of(SENTENCE).replace("><", ">\n<")
    shapes = [
        lines,
        lines.replace("\n", "\r\n"),
        lines.replace("\n", "\r"),
        lines.replace("\n", "\n\t    "),
        lines.replace("\n", ""),
    ]
    assert {read(shape.encode()) for shape in shapes} == {read(lines.encode())}


@pytest.mark.parametrize("tag", ["div", "b", "span", "font", "table><tr><td", "ul><li", "section", "blockquote"])
@pytest.mark.parametrize("closing", [10_000, 0])
def test_f060_what_is_nested_too_deeply_is_unreadable_for_every_reader_and_never_silently_less(tag: str, closing: int) -> None:
    deep = f"<{tag}>" * 10_000 + "<p>很深，很深。</p>" + f"</{tag.partition('>')[0]}>" * closing
    body = page_of(SENTENCE).replace("<p>特此", f"{deep}<p>特此").encode()
    for reader in (
        lambda: read(body),
        lambda: read_metadata(read_page(URL, body)),
        lambda: attachment_links(read_page(URL, body), None),
    ):
        with pytest.raises(PageUnreadable, match="nested deeper"):
            reader()
    assert "nested deeper" in told_by_the_loop(body, read_listing)
    assert "nested deeper" in told_by_the_loop(body, read_report)


def test_f060_what_is_nested_just_not_too_deeply_is_read_whole() -> None:
    body = nested(NOTICE, "<div>" * 200 + BODIES["p"](NOTICE) + "</div>" * 200)
    assert read(body.encode()).body == NOTICE.body


async def test_f061_a_hundred_thousand_of_anything_is_read_or_stopped_and_the_parent_goes_on() -> None:
    many = page_of("</p>".join(f"<p>第{n}段。" for n in range(200_000))).encode()
    attributes = page_of(f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{SENTENCE}</p>").encode()
    pool = CleanPool(lanes=1, longest_s=3)
    try:
        for body in (many, attributes):
            try:
                text = await pool.run(clean_page, URL, body, None)
            except (ReadingTimedOut, ReadingCrashed, PageUnreadable):
                continue
            assert text.body[-1] == "特此通知。"
        assert (await pool.run(clean_page, URL, page_of(SENTENCE).encode(), None)).body[0] == SENTENCE
    finally:
        await pool.close()


@pytest.mark.parametrize("body", sorted(BODIES))
def test_f062_the_text_is_our_own_and_never_a_tenth_of_it(body: str) -> None:
    """What an extractor would keep plays no part: of a text with few sentences, they keep next to nothing."""
    assert read(nested(NOTICE, BODIES[body](NOTICE)).encode()).body == NOTICE.body


@pytest.mark.parametrize(
    "broken",
    [
        "<!-- never closed <p>甲，乙。</p>",
        "<plaintext><p>甲，乙。</p>",
        "<frameset><frame src=a><frame src=b></frameset>",
        "<textarea><p>甲，乙。",
        "<script><p>甲，乙。",
        "<style>p{",
        "<p a='><p>甲，乙。",
        "<table><p>甲<tr><p>乙<td>丙，丁。",
        "</p></div></body></html></html><p>甲，乙。",
        "<![CDATA[<p>甲，乙。</p>]]>",
        "<?php echo '甲，乙。' ?>",
        "<svg><foreignObject><p>甲，乙。</svg>",
        "<a><a><a><p>甲，乙。</a>",
        "<select><option>甲，乙。",
        "<",
        "&#x110000;&#99999999;&bogus;&",
    ],
)
@pytest.mark.parametrize("place", ["before", "within", "behind", "alone"])
def test_f063_malformed_markup_raises_nothing_but_that_it_is_unreadable(broken: str, place: str) -> None:
    whole = minhang(NOTICE, BODIES["p"](NOTICE))
    first, last = "<p>　　一、", "</body>"
    markup = {
        "before": broken + whole,
        "within": whole.replace(first, broken + first),
        "behind": whole.replace(last, broken + last),
        "alone": broken,
    }[place]
    try:
        text = read(markup.encode())
    except PageUnreadable:
        assert place != "behind"
        return
    assert set(text.body) & set(NOTICE.body)


def test_f068_a_page_that_a_script_builds_is_told_from_a_report_and_from_an_empty_one() -> None:
    shell = f"<title>{NOTICE.title}</title><div id='app'></div><script src='/app.js'></script>".encode()
    unread = read_report(URL, shell, None)
    assert isinstance(unread, Unread)
    assert unread.by_script
    with pytest.raises(PageUnreadable, match="neither text nor attachment"):
        read(shell)
    frames = b"<html><head><title>x</title></head><frameset cols='*'><frame src='main.htm'></frameset></html>"
    with pytest.raises(PageUnreadable):
        read(frames)


def test_a_page_with_a_mark_that_is_no_order_mark_is_decoded_all_the_same() -> None:
    assert decode(b"\xef\xbb" + SENTENCE.encode()).endswith(SENTENCE)
