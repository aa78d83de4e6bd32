"""Turns a digest, or the storm of one host, into the blocks that a letter prints. No markup here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from crawler.deliver import letter_words as say
from crawler.deliver.letter_blocks import Block, Break, Heading, Items, Line, Link, Run, Table, Text, link, ours, said, theirs
from crawler.deliver.letter_content import Digest, EventLine, LetterEvent, Storm
from crawler.deliver.letter_health import issue_items
from crawler.deliver.letter_limits import OF_MANY
from crawler.deliver.letter_subject import DIGESTS, first_readings, kinds_counted, nothing_changed, watches_counted
from crawler.deliver.letter_view import event_blocks
from crawler.deliver.summary import told_summary
from crawler.deliver.wording import KINDS, Words, counted, minute_in
from crawler.flow import Language, Significance

LONG = 200
"""Lines from which on a letter says on top that it is long."""

_LIST_FIRST = 40  # lines that may stand before what is told in full
_IN_SHORT = 20  # events of a shortened letter
_SHORT_BYTES = 4500  # of a shortened letter's lines, in UTF-8
_WEIGHTS = list(Significance)  # least first


def digest_blocks(digest: Digest, language: Language) -> Iterator[Block]:
    """How the watches fare and how much happened, then the weightiest in full and one line for every event."""
    yield Heading(1, (ours(_title(digest, language)),))
    yield from _status(digest, language)
    if len(digest.lines) > LONG:
        yield Text((ours(say.LONG.said(language)),), weight="soft")
    listed, told = tuple(_by_place(digest.lines, language)), tuple(_in_full(digest.detailed, language))
    if digest.lines:
        listed = (Heading(2, (ours(say.ALL_EVENTS.said(language)),)), *listed)
    yield from (*listed, *told) if len(digest.lines) <= _LIST_FIRST else (*told, *listed)
    if digest.needing:
        yield Heading(2, (ours(say.NEEDING.said(language)),))
        yield Items(tuple(issue_items(digest.needing, language)))


def storm_blocks(storm: Storm, language: Language) -> Iterator[Block]:
    """A table of the events of one host, and the few weightiest in full."""
    count = len(storm.events)
    words = Words(f"{storm.host} 集中出现 {count:,} 项变化", f"{counted(count, 'change')} at {storm.host} at one time")
    if first_readings(storm):
        words = Words(f"{count:,} 个栏目已首次读完", f"{counted(count, 'column')} read for the first time")
    yield Heading(1, (ours(words.said(language)),))
    if not first_readings(storm):
        yield Text((ours(kinds_counted(storm.events, language)),))
    if count > LONG:
        yield Text((ours(say.LONG.said(language)),), weight="soft")
    table = Table(
        heads=tuple(words.said(language) for words in (say.KIND, say.REPORT, say.WHAT)),
        rows=tuple(_row(event, language) for event in storm.events),
    )
    told = tuple(_in_full(storm.detailed, language))
    yield from (table, *told) if count <= _LIST_FIRST else (*told, table)


def many_in_short(content: Digest | Storm, language: Language) -> Iterator[Block]:
    """The counts and the weightiest, as many as a small letter holds."""
    events = content.lines if isinstance(content, Digest) else content.events
    if isinstance(content, Digest):
        yield Heading(1, (ours(_title(content, language)),))
        yield from _status(content, language)
    else:
        words = Words(f"{content.host} 集中变化", f"Burst at {content.host}")
        yield Heading(1, (ours(words.said(language)),))
        yield Text((ours(kinds_counted(events, language)),))
    items = []
    room = _SHORT_BYTES
    for event in _weightiest(events)[:_IN_SHORT]:
        item = _item(event, language, title=40, what=60, named=True)
        room -= sum(len(said(line).encode("utf-8", "surrogatepass")) for line in item)
        if room < 0:
            break
        items.append(item)
    yield Items(tuple(items))
    if left := len(events) - len(items):
        words = Words(f"另有 {left:,} 项未列出。", f"{left:,} more not listed.")
        yield Text((ours(words.said(language)),))


def _title(digest: Digest, language: Language) -> str:
    count, name = len(digest.lines), DIGESTS[digest.reason].said(language)
    words = Words(f"{name}：{count:,} 项变化", f"{name}: {counted(count, 'change')}")
    nothing = nothing_changed(digest)
    return (words if count else Words(f"{name}：{nothing.zh}", f"{name}: {nothing.en}")).said(language)


def _status(digest: Digest, language: Language) -> Iterator[Text]:
    yield Text((ours(watches_counted(digest.watches, language) + ("。" if language == "zh" else "."), "strong"),))
    if digest.lines:
        yield Text((ours(kinds_counted(digest.lines, language)),))
    if digest.elsewhere:
        come = "comes" if digest.elsewhere == 1 else "come"
        more = f"{counted(digest.elsewhere, 'more change')} {come} in other letters."
        yield Text((ours(Words(f"另有 {digest.elsewhere:,} 项变化由其他邮件通知。", more).said(language)),))
    yield Text((ours(_reason(digest, language)),), weight="soft")


def _reason(digest: Digest, language: Language) -> str:
    """Why this letter comes, and over what time it tells."""
    since = minute_in(digest.since, language) if digest.since else ""
    until = minute_in(digest.until, language)
    period = Words(f"{since} 至 {until}" if since else f"截至 {until}", f"{since} to {until}" if since else f"Up to {until}")
    words = {
        "daily": Words(
            "本邮件每天都发，没有变化也发；哪天没有收到，就是系统或邮件出了故障。",
            "This letter comes every day, also when nothing happened: a day without it means a fault.",
        ),
        "weekly": Words(
            "本邮件每周都发，没有变化也发；哪周没有收到，就是系统或邮件出了故障。",
            "This letter comes every week, also when nothing happened: a week without it means a fault.",
        ),
        "backlog": Words(
            "这些通知等候一小时以上才得以发出，现合并为一封。",
            "These alerts waited for more than an hour until they could be sent, and come in one letter.",
        ),
        "cap": Words(
            "这些通知超出您每日邮件数的上限，故合并为一封。",
            "These alerts were more than your limit of letters a day, and come in one letter.",
        ),
    }[digest.reason]
    between = "。" if language == "zh" else ". "
    return f"{period.said(language)}{between}{words.said(language)}"


def _in_full(events: Sequence[LetterEvent], language: Language) -> Iterator[Block]:
    if not events:
        return
    yield Heading(2, (ours(say.IN_FULL.said(language)),))
    for position, event in enumerate(events):
        if position:
            yield Break()
        yield from event_blocks(event, language, OF_MANY, level=3)


def _by_place(events: Sequence[EventLine], language: Language) -> Iterator[Block]:
    """One line each, grouped by region, then by bureau, the weightiest first within."""
    ordered = sorted(events, key=lambda event: (event.region, event.bureau, -_WEIGHTS.index(event.significance)))
    for (region, bureau), group in groupby(ordered, key=lambda event: (event.region, event.bureau)):
        of_bureau = list(group)
        place: Run = theirs(region.replace("/", " "), 60) if region else ours(say.NO_REGION.said(language))
        yield Heading(
            3,
            (
                place,
                ours(" · "),
                theirs(bureau, 60),
                ours(f"（{len(of_bureau)}）" if language == "zh" else f" ({len(of_bureau)})"),
            ),
        )
        yield Items(tuple(_item(event, language) for event in of_bureau))


def _item(event: EventLine, language: Language, *, title: int = 120, what: int = 200, named: bool = False) -> tuple[Line, ...]:
    head: list[Run | Link] = [ours(f"[{KINDS[event.kind].said(language)}]", "strong"), ours(" ")]
    if named:
        head.append(theirs(event.bureau, 30))
    head.append(theirs(f"《{event.title[:title]}{'…' * (len(event.title) > title)}》", title + 3))
    told = told_summary(event.summary, language, what)
    lines: list[Line] = [(*head, ours(" "), *told)]
    lines += [(link(url),) for url in (event.url, event.page_url) if url]
    return tuple(lines)


def _row(event: EventLine, language: Language) -> tuple[tuple[Line, ...], ...]:
    links: tuple[Line, ...] = tuple((link(url),) for url in (event.url, event.page_url) if url)
    return (
        ((ours(KINDS[event.kind].said(language)),),),
        ((theirs(event.title, 120),), *links),
        (told_summary(event.summary, language, 200),),
    )


def _weightiest(events: Sequence[EventLine]) -> list[EventLine]:
    return sorted(events, key=lambda event: -_WEIGHTS.index(event.significance))
