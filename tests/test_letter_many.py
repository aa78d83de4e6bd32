"""Letters of many events and of issues: what stands on top, how it is grouped, what is told however much there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.clean.normalise import folded
from crawler.compare.absence import how_gone
from crawler.compare.diff import compare_reports
from crawler.compare.events import minute
from crawler.compare.significance import summarise
from crawler.deliver.errors import EmptyLetter
from crawler.deliver.letter_blocks import Run, said
from crawler.deliver.letter_content import Digest, Health, OpenIssues, Storm
from crawler.deliver.summary import told_summary
from crawler.flow import EventKind, Language, Significance
from crawler.schedule.tell import tell
from spiders.failures import Failure
from tests.letter_stories import TOLD, clause, letter, moved, opened, parts, published, revised, tree, withdrawn, words
from tests.letter_stories_many import REFUSED, SILENT, UNTIL, WATCHES, backlog, line, lines


def digest(name: str = "digest-daily", language: Language = "zh") -> Digest:
    found = TOLD[language][name]
    assert isinstance(found, Digest)
    return found


def test_a_day_without_news_still_says_how_the_watches_fare_and_what_silence_would_mean() -> None:
    for text in (parts(letter(digest("digest-empty")))[0], words(parts(letter(digest("digest-empty")))[1])):
        assert "312 个栏目正常，0 个需要您处理" in text
        assert "没有变化也发；哪天没有收到，就是系统或邮件出了故障" in text
    subject = opened(letter(digest("digest-empty", "en"), "en"))["Subject"]
    assert subject == "[Daily digest] 2026-03-12: nothing changed; 312 columns fine, 0 need you"


def test_a_digest_says_why_it_comes() -> None:
    told = [
        parts(letter(replace(digest(), reason=reason)))[0].split("\n\n")[0] for reason in ("daily", "weekly", "backlog", "cap")
    ]
    assert len(set(told)) == 4


def test_what_needs_a_person_is_told_in_a_digest_with_its_cure() -> None:
    for text in (parts(letter(digest()))[0], words(parts(letter(digest()))[1])):
        assert REFUSED.sentence in text
        assert SILENT.cure in text


def test_a_digest_is_grouped_by_region_and_bureau_the_weightiest_first_whatever_order_it_comes_in() -> None:
    light = replace(line(clause()), significance=Significance.WORDING, title="轻")
    heavy = replace(line(clause()), significance=Significance.FIGURE, title="重")
    elsewhere = replace(line(moved()), title="别处")
    told = Digest("daily", UNTIL, UNTIL, (), (light, elsewhere, heavy), WATCHES)
    plain, markup = parts(letter(told))
    assert (
        plain.index("上海市 · 上海市司法局（1）") < plain.index("《别处》") < plain.index("上海市 闵行区 · 闵行区司法局（2）")
    )
    assert plain.index("上海市 闵行区") < plain.index("《重》") < plain.index("《轻》")
    heads = [head.text_content() for head in tree(markup).iter("h3")]
    assert heads == ["上海市 · 上海市司法局（1）", "上海市 闵行区 · 闵行区司法局（2）"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_backlog_of_five_thousand_is_one_letter_with_every_event_and_its_address(language: Language) -> None:
    told = backlog(5000, revised(), withdrawn())
    plain, markup = parts(letter(told, language))
    links = {link.get("href") for link in tree(markup).iter("a")}
    shown = {row.strip() for row in plain.splitlines()}
    for event in told.lines:
        assert event.url in links
        assert event.url in shown
    assert plain.index("226件") < plain.index("第0号报告")  # what is weighty is not behind five thousand lines
    assert ("只显示前一部分" if language == "zh" else "first part only") in plain


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_backlog_of_five_thousand_is_shortened_to_its_counts_and_the_weightiest(language: Language) -> None:
    message = letter(backlog(5000, revised(), withdrawn()), language, shortened=True)
    text = opened(message).get_content()
    assert len(message) < 10_000
    assert "5,002" in text
    assert text.index("226件") < text.index("第0号报告")
    listed = text.count("\n- ")
    assert 10 <= listed <= 20
    assert f"{5002 - listed:,}" in text
    assert "bureauwatch events" in text


def test_the_header_of_a_letter_names_a_hundred_events_and_counts_the_others() -> None:
    named = opened(letter(backlog(5000)))["X-Bureauwatch-Event"].split(", ")
    assert (named[0], named[99], named[100], len(named)) == ("1000", "1099", "+4900", 101)


def test_a_storm_is_a_table_of_kind_report_and_what_happened() -> None:
    storm = Storm("www.example.gov.cn", lines(8))
    subject = opened(letter(storm))["Subject"]
    assert subject == "[集中变化] www.example.gov.cn：8 项（新发布 8）"
    document = tree(parts(letter(storm))[1])
    rows = document.xpath("//table/tbody/tr")
    assert len(rows) == 8
    assert rows[7].xpath("./th[@scope='row']")[0].text_content() == "新发布"
    assert "第7号报告" in rows[7].xpath("./td")[0].text_content()
    assert [link.get("href") for link in rows[7].iter("a")] == [lines(8)[7].url]


def test_first_readings_of_one_bureau_are_told_as_such() -> None:
    assert opened(letter(TOLD["zh"]["storm-baseline"]))["Subject"].startswith("[首次读取] 闵行区司法局：3 个栏目已首次读完")
    mixed = Storm("h", tuple(replace(one, kind=EventKind.BASELINE) for one in lines(3)))
    assert opened(letter(mixed))["Subject"].startswith("[首次读取] h：3 个栏目")


def test_a_storm_of_nothing_cannot_be_composed() -> None:
    with pytest.raises(EmptyLetter):
        letter(Storm("h", ()))


def test_health_tells_what_is_wrong_its_cure_and_what_works_again() -> None:
    healed = replace(SILENT, healed_at=datetime(2026, 3, 12, 1, 0, tzinfo=UTC))
    message = letter(Health((REFUSED,), (healed,), WATCHES))
    assert opened(message)["Subject"] == "[需处理] 1 个新问题，1 个已恢复"
    for text in (parts(message)[0], words(parts(message)[1])):
        assert REFUSED.sentence in text
        assert f"处理办法：{REFUSED.cure}" in text
        assert REFUSED.url in text
        assert "2026年3月8日 09:00 出现，2026年3月12日 09:00 恢复" in text


@pytest.mark.parametrize(
    ("health", "subject"),
    [
        (Health((REFUSED,), (), WATCHES), f"[需处理] 青浦区司法局“法治政府建设”：{REFUSED.sentence}"),
        (Health((), (REFUSED,), WATCHES), "[已恢复] 青浦区司法局“法治政府建设”：恢复正常"),
        (Health((), (REFUSED, SILENT), WATCHES), "[已恢复] 2 个问题已恢复正常"),
        (OpenIssues((), WATCHES), "[待处理] 没有未解决的问题 · 312 个栏目正常，2 个需要您处理，3 个尚未首次读完"),
    ],
)
def test_the_subject_of_a_health_letter_says_what_it_is_about(health: Health | OpenIssues, subject: str) -> None:
    assert opened(letter(health))["Subject"] == subject
    parts(letter(health))


def test_a_thousand_issues_are_all_told_and_a_shortened_letter_counts_them() -> None:
    many = OpenIssues(tuple(replace(SILENT, section=f"第{number}栏") for number in range(1000)), WATCHES)
    plain, _ = parts(letter(many))
    assert all(f"第{number}栏" in plain for number in range(1000))
    short = letter(many, shortened=True)
    assert len(short) < 10_000
    assert "1,000 个问题" in opened(short).get_content()


# --- the one Chinese line of an event, in English


def english(summary: str) -> tuple[str, bool]:
    """The line, and whether all that is Chinese in it is a page's."""
    told = told_summary(summary, "en")
    ours = "".join(part.text for part in told if isinstance(part, Run) and not part.theirs)
    return said(told), ours.isascii() and bool(ours.strip())


OLD = ("一、工作", "全年共新收行政复议案件226件。", "二、宣传，深入推进。", "三、公证。", "四、调解工作继续做好。")
NEW = (
    "一、工作",
    "全年共新收行政复议案件236件。",
    "二、宣传，扎实推进。",
    "三、公证。",
    "五、新的一段，全面推行告知承诺制。",
    "四、调解工作继续做好。",
)


@pytest.mark.parametrize(
    "prefix", ["", "恢复可见，并有改动：", "地址已更换，并有改动：", "在新地址恢复可见，并有改动：", "另一地址的文本有改动："]
)
@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, NEW), (NEW, OLD), (OLD, (*OLD[:1], "  ".join(OLD[1]), *OLD[2:])), (OLD, (*OLD[3:], *OLD[:3])), (OLD, OLD)],
)
def test_what_compare_says_of_edits_is_told_in_english(prefix: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    changes = compare_reports(tell("报告", old), tell("报告", new), fold=folded)
    line_, is_ours = english(prefix + summarise(changes))
    assert is_ours, line_


@pytest.mark.parametrize(
    "how", ["404", "410", how_gone(Failure.NOT_FOUND, "200 said so"), how_gone(Failure.REDIRECTED_HOME, ""), ""]
)
@pytest.mark.parametrize(
    "ends", ["，在其他地址仍可见", "（最后一次见到：{seen}）", "，{seen}已不在栏目列表中（最后一次见到：{seen}）"]
)
def test_what_compare_says_of_absence_is_told_in_english(how: str, ends: str) -> None:
    at = minute(datetime(2026, 3, 7, 16, 30, tzinfo=UTC))
    line_, is_ours = english(f"自{at}起在原址无法打开{f'（{how}）' if how else ''}{ends.format(seen=at)}")
    assert is_ours, line_
    assert "2026-03-08 00:30" in line_


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("新发布，发布日期2021年2月18日，正文8321字", "published 2021-02-18, 8,321 characters"),
        ("新发布，正文81字", "published, 81 characters"),
        ("恢复可见，内容未变", "can be read again, text unchanged"),
        ("在新地址恢复可见，内容未变", "can be read again at a new address, text unchanged"),
        ("内容未变，地址已更换", "text unchanged, at another address"),
        ("新增附件：统计表", "attachment added: 统计表"),
        ("1处数字修改：行政复议案件226件→236件，1段新增", "1 figure changed: 行政复议案件226件→236件, 1 paragraph added"),
        (
            "5处数字修改：甲1件→2件；乙1，000件→2，000件；丙3→4等",
            "5 figures changed: 甲1件→2件；乙1，000件→2，000件；丙3→4 and more",
        ),
        ("仅格式修改", "edits of form only"),
        ("2处标点或空格修改", "2 edits of punctuation or spaces"),
        ("3份报告一并恢复可见：《甲》、《乙》等", "3 reports together can be read again: 《甲》、《乙》等"),
        ("首次读完本栏目：14 份报告，此后有变化才会通知", "read for the first time: 14 reports; from now on changes are told"),
        ("未曾见过的说法", "未曾见过的说法"),
    ],
)
def test_a_line_is_told_in_english_and_one_that_is_not_known_stays_as_it_is(summary: str, told: str) -> None:
    assert said(told_summary(summary, "en")) == told
    assert said(told_summary(summary, "zh")) == summary


def test_days_of_a_digest_are_those_of_shanghai() -> None:
    late = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)
    told = replace(digest(), since=late - timedelta(days=1), until=late)
    assert "2026年3月11日 00:30 至 2026年3月12日 00:30" in parts(letter(told))[0]
    assert str(date(2026, 3, 12)) in opened(letter(told, "en"))["Subject"]


def test_a_letter_of_one_event_and_a_digest_tell_it_in_the_same_words() -> None:
    alone = parts(letter(published()))[0]
    among = parts(letter(Digest("daily", UNTIL, UNTIL, (published(),), (line(published()),), WATCHES)))[0]
    assert "行政复议案件" in alone
    assert next(row for row in alone.splitlines() if row.startswith("直接纠错率")) in among
