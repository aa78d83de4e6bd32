"""What the fingerprint ignores, and what it must not."""

from __future__ import annotations

import hashlib
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.normalise import NOISE, fingerprint, folded
from crawler.flow import RECIPE

WHITE = [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()] + ["\r\n"]
FORMAT = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Cf"]
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))) + "\U000e0100"
PAIRS = [
    "，,",
    "：:",
    "；;",
    "（(",
    "）)",
    "？?",
    "！!",
    "％%",
    "．.",
    "－-",
    "～~",
    "［[",
    '＂"',
    '“"',
    '”"',
    "‘'",
    "’'",
    "＇'",
    "｡。",
    "､、",
    "｢「",
]
SAME_WIDTH_OTHER_SIGN = [
    ("1.5", "1,5"), ("1.5", "1。5"), ("1.5", "1·5"), ("5%", "5‰"), ("-5%", "−5%"), ("3-5", "3—5"), ("3-5", "3–5"), ("3~5", "3〜5"),
    ("〔2020〕", "[2020]"), ("【2020】", "[2020]"), ("3:5", "3∶5"), ("“新规”", "「新规」"), ("、", ","), ("…", "..."), ("5′", "5'"),
]  # fmt: skip
LOOK_ALIKES = [
    ("〇", "○"), ("〇", "零"), ("〇", "0"), ("〇", "O"), ("〇", "◯"), ("0", "O"), ("0", "О"), ("1", "l"), ("1", "I"), ("1", "一"), ("3", "З"),
    ("１", "1"), ("Ａ", "A"), ("A", "А"), ("①", "1"), ("⑴", "(1)"), ("²", "2"), ("½", "1/2"), ("Ⅱ", "II"), ("㈠", "(一)"), ("三", "3"),
    ("三", "叁"), ("二", "工"), ("己", "已"), ("⼀", "一"), ("⾏", "行"), ("\uf9dc", "隆"), ("\u2f00", "\u4e00"), ("é", "e\u0301"),
    ("𝟏", "1"), ("٣", "3"), ("㎡", "m2"), ("件", "仵"), ("日", "曰"), ("士", "土"), ("未", "末"),
]  # fmt: skip
PASSING = [
    "浏览次数：123", "浏览次数：", "【阅读 45 次】", "访问量：1,234", "点击：[7]", "阅读：1.2万+", "本文已被浏览 123 次", "您是第12345位访客",
    "今天是2026年3月1日 星期日", "今天是：2026-03-01", "打印日期：2026-03-01 10:02:03", "当前时间：2026年11月23日 星期一 04:05:06",
    "更新时间：2024-01-02", "|浏览次数：9|  点赞：3",
]  # fmt: skip
STAYS = [
    "网站访问量：123万次", "门户网站 访问量：123次", "网站 访问量 123万次", "全年访问：3次，同比增长", "一是 点击：3", "访问量：12\u200b3", "点击率 12%",
    "发布日期：2024-01-02", "今天是个好日子", "更新时间：另行通知", "阅读", "接待来访123人次", "成文日期：2024年1月2日",
]  # fmt: skip
TEXTS = st.text(max_size=200)
WORDS = st.text(st.characters(categories=["Lo", "Nd", "Ll", "Lu"]), min_size=1, max_size=60)


def test_the_fingerprint_of_a_known_text_is_known() -> None:
    reduced = '报告(2018)\n一、"法治"建设:\n共31件,增长5.2%。'
    assert fingerprint("报告（2018）", ["　　一、“法治”建设：", "共31件，增长5.2％。"]) == (
        f"{RECIPE}:{hashlib.sha256(reduced.encode()).hexdigest()}"
    )
    assert fingerprint("a", ["b"]) == "3:7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"


@given(TEXTS, TEXTS, st.sampled_from(WHITE), st.data())
def test_white_space_anywhere_changes_nothing(title: str, body: str, white: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body)))
    assert fingerprint(title, [body[:at] + white + body[at:]]) == fingerprint(title, [body])


@pytest.mark.parametrize("pair", PAIRS)
@given(before=TEXTS, after=TEXTS)
def test_the_width_of_punctuation_and_the_shape_of_quotation_marks_change_nothing(pair: str, before: str, after: str) -> None:
    one, other = pair[0], pair[1]
    assert fingerprint("t", [before + one + after]) == fingerprint("t", [before + other + after])


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES + SAME_WIDTH_OTHER_SIGN)
def test_look_alikes_and_other_signs_are_changes(one: str, other: str) -> None:
    assert fingerprint("t", [f"有{one}件"]) != fingerprint("t", [f"有{other}件"])
    assert fingerprint(f"第{one}号", ["b"]) != fingerprint(f"第{other}号", ["b"])


@pytest.mark.parametrize("place", [0, 2, 5])
def test_every_character_that_nobody_sees_is_a_change_wherever_it_stands(place: int) -> None:
    text = "行政复议件"
    plain = fingerprint("t", [text])
    assert len(FORMAT) > 150
    for sign in [*FORMAT, *UNSEEN]:
        assert fingerprint("t", [text[:place] + sign + text[place:]]) != plain, f"U+{ord(sign):04X}"
        assert fingerprint("t" + sign, [text]) != plain, f"U+{ord(sign):04X}"


def test_the_noise_list_holds_punctuation_only_and_leads_nowhere_twice() -> None:
    assert len(NOISE) < 60, "small enough to be read"
    for sign, same in NOISE.items():
        assert unicodedata.category(sign)[0] in "PS", f"U+{ord(sign):04X}"
        assert unicodedata.category(same)[0] in "PS", f"U+{ord(same):04X}"
        assert same not in NOISE or NOISE[same] == same


@given(WORDS, st.data())
def test_any_one_character_written_otherwise_is_a_change(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(WORDS.map(lambda word: word[0]).filter(lambda sign: sign != text[at]))
    assert fingerprint("t", [text[:at] + other + text[at + 1 :]]) != fingerprint("t", [text])


@pytest.mark.parametrize("line", PASSING)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_counters_and_the_date_of_today_are_ignored_as_lines(line: str, place: int) -> None:
    body = ["一、基本情况。", "全年办理行政复议31件。"]
    assert fingerprint("t", [*body[:place], line, *body[place:]]) == fingerprint("t", body)


@pytest.mark.parametrize("line", STAYS)
def test_what_only_looks_like_a_counter_is_text_to_its_last_character(line: str) -> None:
    whole = fingerprint("t", ["一、基本情况。", line])
    assert whole != fingerprint("t", ["一、基本情况。"])
    for at, sign in enumerate(line):
        other = line[:at] + ("8" if sign.isdigit() else "甲") + line[at + 1 :]
        assert sign == " " or fingerprint("t", ["一、基本情况。", other]) != whole


def test_a_counter_beside_the_date_of_publication_is_ignored_and_the_date_is_not() -> None:
    seen = [
        fingerprint("t", [f"日期：2024-01-0{day}　浏览次数：{count} 次", "正文。"]) for day, count in ((8, 5), (8, 6), (9, 6))
    ]
    assert seen[0] == seen[1] != seen[2]


@given(st.lists(st.sampled_from([*PASSING, "一、基本情况。", "其中：受理31件；", "“法治”　建设"]), max_size=8), st.data())
def test_noises_of_several_kinds_at_once_change_nothing(lines: list[str], data: st.DataObject) -> None:
    wide = {same: sign for sign, same in NOISE.items()}
    noisy = []
    for line in lines:
        other = "".join(wide.get(sign, sign) if data.draw(st.booleans()) else sign for sign in line)
        noisy.append(line if line in PASSING else other + data.draw(st.sampled_from(WHITE)))
        noisy += data.draw(st.lists(st.sampled_from(PASSING), max_size=1))
    assert fingerprint("t", noisy) == fingerprint("t", lines)


@given(st.lists(TEXTS, max_size=5), st.data())
def test_blank_paragraphs_change_nothing_and_a_split_is_a_change(body: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body)))
    blank = data.draw(st.sampled_from(["", " ", "\u3000"]))
    assert fingerprint("t", [*body[:at], blank, *body[at:]]) == fingerprint("t", body)
    assert fingerprint("t", [*body, "前半段", "后半段"]) != fingerprint("t", [*body, "前半段后半段"])


@given(st.text(st.sampled_from("甲１，。！“”｡ "), max_size=9), st.integers(0, 40))
def test_long_texts_fold_as_short_ones_do(text: str, times: int) -> None:
    assert folded(text * times) == folded(text) * times


@given(TEXTS, TEXTS)
def test_what_moves_from_the_title_into_the_body_is_a_change(title: str, body: str) -> None:
    assert (fingerprint(title + "年", [body]) == fingerprint(title, ["年" + body])) is False


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS, TEXTS)
def test_two_texts_share_a_fingerprint_only_where_their_folded_forms_are_equal(one: str, other: str) -> None:
    assert (fingerprint("t", [one]) == fingerprint("t", [other])) == (folded(one) == folded(other))


@given(st.characters(categories=["L", "N", "M", "Cf"]))
def test_no_letter_digit_or_invisible_mark_is_folded(character: str) -> None:
    assert folded(character) == character
