"""The news of many events and of issues that the letter tests tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crawler.deliver.letter_content import (
    Content,
    Digest,
    EventLine,
    Health,
    IssueLine,
    LetterEvent,
    OpenIssues,
    Storm,
    WatchCount,
)
from crawler.flow import EventKind, Language, Significance

UNTIL = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
WATCHES = WatchCount(fine=312, need_you=2, never_read=3)

REFUSED = IssueLine(
    issue_id=7,
    bureau="青浦区司法局",
    region="上海市/青浦区",
    section="法治政府建设",
    url="https://www.shqp.gov.cn/sfj/fzzf/",
    failure="challenge",
    sentence="网站要求先通过人机验证，本栏目自 3 月 10 日起读不到。",
    cure="在浏览器中打开该地址；如需长期读取，请向网站申请放行，或在配置中改用浏览器读取。",
    opened_at=datetime(2026, 3, 10, 1, 0, tzinfo=UTC),
    last_seen_at=datetime(2026, 3, 11, 1, 0, tzinfo=UTC),
    times=2,
)
SILENT = IssueLine(
    issue_id=9,
    bureau="宝山区司法局",
    region="上海市/宝山区",
    section="工作总结",
    url="https://www.shbsq.gov.cn/sfj/gzzj/",
    failure="silent",
    sentence="本栏目已有 420 天没有新报告，往年最长间隔 370 天。",
    cure="在浏览器中打开该栏目；如已改版或搬迁，请改正配置中的 listing_url。",
    opened_at=datetime(2026, 3, 8, 1, 0, tzinfo=UTC),
    last_seen_at=datetime(2026, 3, 11, 1, 0, tzinfo=UTC),
    times=4,
)
REFUSED_EN = replace(
    REFUSED,
    sentence="The site asks for proof of being human; this column cannot be read since 10 March.",
    cure="Open the address in a browser; to read it in the long run ask the site to let us in, or set it to be read by a browser.",
)
SILENT_EN = replace(
    SILENT,
    sentence="No new report in this column for 420 days; the longest time without one was 370 days.",
    cure="Open the column in a browser; if it has been rebuilt or moved, mend listing_url in the seed.",
)


def line(event: LetterEvent) -> EventLine:
    return EventLine(
        event_id=event.event_id,
        kind=event.kind,
        at=event.at,
        bureau=event.bureau,
        region=event.region,
        title=event.title,
        url=event.url,
        summary=event.summary,
        significance=event.significance,
        page_url=event.page_url,
    )


def lines(count: int) -> tuple[EventLine, ...]:
    """So many new reports of three bureaus, in the order of a digest."""
    places = [("上海市/宝山区", "宝山区司法局"), ("上海市/闵行区", "闵行区司法局"), ("上海市/青浦区", "青浦区司法局")]
    return tuple(
        EventLine(
            event_id=1000 + number,
            kind=EventKind.PUBLISHED,
            at=UNTIL,
            bureau=places[number * 3 // count][1],
            region=places[number * 3 // count][0],
            title=f"关于进一步加强法治政府建设若干事项的第{number}号报告",
            url=f"https://www.example.gov.cn/sfj/fzzf/20260311/{number}.html",
            summary="新发布，发布日期2026年3月11日，正文3120字",
            significance=Significance.CLAUSE,
        )
        for number in range(count)
    )


def backlog(count: int, *detailed: LetterEvent) -> Digest:
    """What an outage held up."""
    return Digest("backlog", None, UNTIL, detailed, (*(line(event) for event in detailed), *lines(count)), WATCHES)


def many(events: Sequence[LetterEvent], language: Language) -> Mapping[str, Content]:
    """The stories of many events, and of issues as they are told in a language."""
    refused, silent = (REFUSED, SILENT) if language == "zh" else (REFUSED_EN, SILENT_EN)
    day = Digest(
        reason="daily",
        since=datetime(2026, 3, 11, 0, 0, tzinfo=UTC),
        until=UNTIL,
        detailed=tuple(events[:3]),
        lines=tuple(sorted((line(event) for event in events), key=lambda one: (one.region, one.bureau))),
        watches=WATCHES,
        needing=(refused, silent),
    )
    first_reading = tuple(
        replace(
            one,
            kind=EventKind.BASELINE,
            title=f"闵行区司法局 · {section}",
            url=f"https://www.shmh.gov.cn/shmh/{slug}/",
            summary=f"首次读完本栏目：{count} 份报告，此后有变化才会通知",
            significance=Significance.FORMAT,
        )
        for one, (section, slug, count) in zip(
            lines(3), (("工作总结", "gzzj", 14), ("法治政府建设", "fzzf", 9), ("预决算", "yjs", 22)), strict=True
        )
    )
    healed = replace(refused, healed_at=datetime(2026, 3, 12, 1, 0, tzinfo=UTC))
    return {
        "digest-daily": day,
        "digest-empty": replace(day, detailed=(), lines=(), watches=replace(WATCHES, need_you=0, never_read=0), needing=()),
        "digest-weekly": replace(
            day, reason="weekly", since=datetime(2026, 3, 5, 0, 0, tzinfo=UTC), detailed=tuple(events[:1])
        ),
        "digest-cap": replace(day, reason="cap", detailed=(), needing=()),
        "backlog": backlog(45, events[0]),
        "storm": Storm(
            "www.shmh.gov.cn", tuple(line(event) for event in (*events[:3], *events[:1])) + lines(6), tuple(events[:1])
        ),
        "storm-baseline": Storm(
            "www.shmh.gov.cn", tuple(replace(one, bureau="闵行区司法局", region="上海市/闵行区") for one in first_reading)
        ),
        "health": Health((refused, silent), (), WATCHES),
        "healed": Health((), (healed,), replace(WATCHES, need_you=1)),
        "open-issues": OpenIssues((silent, refused), WATCHES),
    }
