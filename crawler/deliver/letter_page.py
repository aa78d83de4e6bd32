"""Makes the page of a letter: the blocks of what it tells, and its foot. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.deliver import letter_words as say
from crawler.deliver.letter_blocks import Block, Line, Page, ours, texts, theirs
from crawler.deliver.letter_content import Content, Digest, Envelope, Health, LetterEvent, OpenIssues, Storm
from crawler.deliver.letter_digest import digest_blocks, many_in_short, storm_blocks
from crawler.deliver.letter_health import health_blocks, issues_in_short, open_issues_blocks
from crawler.deliver.letter_limits import Limits
from crawler.deliver.letter_subject import headline
from crawler.deliver.letter_view import event_blocks, event_in_short
from crawler.deliver.visible import MARK, visible
from crawler.deliver.wording import Words
from crawler.flow import Language


def page_of(content: Content, language: Language, limits: Limits, envelope: Envelope | None = None) -> Page:
    """A whole letter.

    Args:
        content: what it tells.
        language: of our words.
        limits: how much of a single event is shown.
        envelope: whom its foot speaks to; without one it speaks to nobody.
    """
    blocks = tuple(_blocks(content, language, limits))
    foot = tuple(_foot(blocks, language, envelope))
    return Page(_lang(language), headline(content, language), blocks, foot)


def page_in_short(content: Content, envelope: Envelope) -> Page:
    """Only what one must know, and where the rest is."""
    language = envelope.language
    match content:
        case LetterEvent():
            blocks = tuple(event_in_short(content, language))
        case Digest() | Storm():
            blocks = tuple(many_in_short(content, language))
        case Health() | OpenIssues():
            blocks = tuple(issues_in_short(content, language))
    foot = ((ours(say.SHORTENED.said(language)),), *_foot(blocks, language, envelope))
    return Page(_lang(language), headline(content, language), blocks, foot)


def _blocks(content: Content, language: Language, limits: Limits) -> Iterator[Block]:
    match content:
        case LetterEvent():
            yield from event_blocks(content, language, limits)
        case Digest():
            yield from digest_blocks(content, language)
        case Storm():
            yield from storm_blocks(content, language)
        case Health():
            yield from health_blocks(content, language)
        case OpenIssues():
            yield from open_issues_blocks(content, language)


def _foot(blocks: Sequence[Block], language: Language, envelope: Envelope | None) -> Iterator[Line]:
    if any(MARK in text for text in texts(blocks)):
        yield (ours(say.MARKERS.said(language), "strong"),)
    if envelope is not None:
        if envelope.subscription:
            words = Words("您收到本邮件，是因为订阅", "You get this by the subscription ")
            yield (
                ours(words.said(language)),
                theirs(f"“{envelope.subscription}”", 80),
                ours("。" if language == "zh" else "."),
            )
        if envelope.unsubscribe:
            words = Words("不想再收到：发邮件至", "To be told no more: write to")
            yield (ours(f"{words.said(language)} {visible(envelope.unsubscribe)}"),)
    yield (ours(say.TIMES.said(language)),)


def _lang(language: Language) -> str:
    return "zh-CN" if language == "zh" else "en"
