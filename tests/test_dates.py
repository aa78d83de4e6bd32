"""Dates as Chinese pages print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.address_dates import address_date
from spiders.dates import (
    dates_in,
    first_date,
    published_date,
    signature_date,
    split_dated_title,
    split_final_date,
    unlabelled_date,
)

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2021年2月18日",
        "2021-02-18",
        "2021/2/18",
        "2021.02.18",
        "２０２１－０２－１８",
        "2021年02月18日 10∶08",
        "[2021-02-18]",
        "（2021-2-18）",
        "2021-\n      02-\n      18",
        "2021-02-18-23:59:59",
        "2021-02/18",
        "2021——02——18 21:37",
        "2021 年 2 月 18 日",
        "2021-02-18T10:08:00",
        "截至2021年2月18日，共3件",
        "二〇二一年二月十八日",
        "二○二一年二月十八日",
        "二零二一 年 二 月 十八 日",
        "二０二一年二月一八日",
    ],
)
def test_a_date_is_read_in_every_form_that_was_seen(text: str) -> None:
    assert first_date(text) == date(2021, 2, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-00018",
        "SY-310115-2023-01992",
        "2021.2.3.4",
        "V-2021-02-18",
        "12021-02-18",
        "2021-02-181",
        "2021年2月",
        "二〇二一年二月",
        "二〇二一年二月三十一日",
        "二〇二一年二月十二十日",
        "2-18",
        "",
    ],
)
def test_an_index_number_a_version_or_half_a_date_is_no_date(text: str) -> None:
    assert first_date(text) is None


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13-01", "2021年0月5日", "2023-02-29", "2021-00-00"])
def test_a_date_that_never_was_is_none(text: str) -> None:
    assert first_date(text) is None


def test_a_date_that_never_was_does_not_hide_the_one_after_it() -> None:
    assert first_date("2021-02-30，2021-03-01") == date(2021, 3, 1)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2021年2月18日",
        "发布日期: 2021-02-18 10:08",
        "来源:上海市闵行区司法局\xa0\xa0发布时间:2021年2月18日",
        "时间发布：2021-02-18",
        "发布于 2021-02-18",
        "日期：2021-02-18 作者：张三",
        "成文日期： | 2021-01-05 | 发布日期： | 2021-02-18",
        "成文日期：2021-01-05 发布时间：2021-02-18",
        "【发布时间】2021-02-18",
        "发布时间：\n2021-02-18",
    ],
)
def test_the_labelled_date_of_publication_is_found(line: str) -> None:
    assert published_date(line) == date(2021, 2, 18)


@pytest.mark.parametrize(
    "label", ["成文日期", "生成日期", "发文日期", "写作日期", "实施日期", "更新时间", "会议时间", "今天是"]
)
def test_another_labels_date_is_no_date_of_publication(label: str) -> None:
    assert published_date(f"{label}：2021-02-18") is None


@pytest.mark.parametrize("label", ["成文日期", "生成日期", "发文日期", "今天是"])
def test_a_date_with_another_label_does_not_pass_for_an_unlabelled_one(label: str) -> None:
    assert unlabelled_date(f"{label}：2021-02-18") is None
    assert unlabelled_date(f"{label}：2021-02-18 10:00 2021-03-01") == date(2021, 3, 1)


def test_a_bare_label_counts_only_where_it_may() -> None:
    assert published_date("日期：2021-02-18", plain=False) is None
    assert published_date("发布日期：2021-02-18", plain=False) == date(2021, 2, 18)


@pytest.mark.parametrize("tail", [" (2019-04-12)", "（2019年4月12日）", "[2019-04-12 10:30]", "  【2019.4.12】"])
def test_a_date_in_brackets_is_cut_off_a_title(tail: str) -> None:
    assert split_dated_title("情况报告" + tail) == ("情况报告", date(2019, 4, 12))


@pytest.mark.parametrize("title", ["关于2019年4月12日会议的通知", "2018年报告(试行)", "(2019-04-12)"])
def test_a_title_that_ends_otherwise_stays_whole(title: str) -> None:
    assert split_dated_title(title) == (title, None)


def test_a_final_date_is_cut_off_a_rows_text() -> None:
    assert split_final_date("某某通知 [2024-01-02]") == ("某某通知", date(2024, 1, 2))
    assert split_final_date("2024-01-02的通知") == ("2024-01-02的通知", None)


@given(DAYS, st.sampled_from(["{0:%Y}年{0.month}月{0.day}日", "{0:%Y-%m-%d}", "{0:%Y}/{0.month}/{0.day}", "{0:%Y.%m.%d}"]))
def test_every_day_that_is_printed_is_read_back(day: date, form: str) -> None:
    assert first_date(f"（{form.format(day)}）") == day


@given(DAYS, st.text(alphabet="abc年月日 ：:|", max_size=20), st.text(alphabet="xyz年月 ：", max_size=20))
def test_a_date_stands_where_it_is_said_to_stand(day: date, before: str, after: str) -> None:
    text = f"{before}　{day:%Y-%m-%d}　{after}"
    found = next(dates_in(text))
    assert text[found.start : found.end] == f"{day:%Y-%m-%d}"


@given(st.text(alphabet="0123456789-./年月日 发布时间：\n", max_size=300))
def test_no_text_makes_the_readers_fail(text: str) -> None:
    for found in dates_in(text):
        assert 0 <= found.start < found.end <= len(text)
    published_date(text)
    split_dated_title(text)


def in_words(number: int) -> str:
    digits = "〇一二三四五六七八九十"
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


@given(DAYS, st.sampled_from("〇○零０"))
def test_every_day_that_is_written_in_words_is_read_back(day: date, nought: str) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year)).replace("〇", nought)
    assert first_date(f"发布日期：{year}年{in_words(day.month)}月{in_words(day.day)}日") == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["正文。", "某市司法局", "2024年3月1日"], date(2024, 3, 1)),
        (["正文。", "二〇二四年三月一日", "附件：1.名单", "（联系人：张三）"], date(2024, 3, 1)),
        (["正文。", "某市司法局　2024年3月1日"], date(2024, 3, 1)),
        (["正文。", "会议定于2024年3月1日"], None),
        (["正文。", "2024-03-01"], None),
        (["正文。", "2024年3月1日，会议召开。"], None),
        (["正文。", "2024年3月1日", *["附件"] * 8], None),
        (["2024年3月1日"], None),
        ([], None),
    ],
)
def test_the_day_under_a_text_is_told_from_days_in_it(lines: list[str], day: date | None) -> None:
    assert signature_date(lines) == day


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202103/t20210305_1234567.html",
        "/art/2021/3/5/art_71910_10391.html",
        "/col/col1/art/2021/03/05/art_0f.html",
        "/xw/2021-03/05/content_1.htm",
        "/xw/20210305/0f0f/c.html",
        "/web/zwgk/2021030514253011223/index.shtml",
        "/2021/03/05/ARTI0f.shtml",
        "/govxxgk/SFJ/2021-03-05/0f0f-0f.html",
        "/jggk_fzfjsqkbg/20210305/0123456789abcdef0123456789abcdef.html",
        "/2021/3/5/0123456789abcdef0123456789abcdef.shtml",
        "/columns/0f-0f/202103/05/0f-0f.html",
        "/zwgk/2021/64/123456.html",
        "/20219999/20210305/1.html",
    ],
)
def test_the_day_in_an_address_is_read_in_every_dialect(path: str) -> None:
    assert address_date(f"https://x.gov.cn{path}") == date(2021, 3, 5)


@pytest.mark.parametrize(
    "path",
    [
        "/202103/0123456789abcdef0123456789abcdef.shtml",
        "/art/2021/art_20210305.html",
        "/2021/03/123.html",
        "/2021/366/123.html",
        "/content/post_20210305.html",
        "/c100/content.html?d=/20210305/",
        "/20210230/1.html",
        "/12345678/index.html",
        "/article.html?infoid=20210305",
        "",
    ],
)
def test_an_address_without_a_whole_day_has_none(path: str) -> None:
    assert address_date(f"https://x.gov.cn{path}") is None


@given(DAYS)
def test_every_day_of_the_year_is_counted_from_new_years_day(day: date) -> None:
    assert address_date(f"https://x.gov.cn/zwgk/{day.year}/{day.timetuple().tm_yday}/1.html") == day


@given(st.text(alphabet="0123456789/-_t.[]:%", max_size=80))
def test_no_address_makes_the_reader_fail(path: str) -> None:
    address_date(f"https://{path}")
    address_date(path)
