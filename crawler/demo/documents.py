"""Gives the texts that stand on the replica: the two seed reports as they are, and made-up ones. Serves nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

SHANGHAI = "shanghai-replica"
MINHANG = "minhang-replica"
SHANGHAI_SEED = "shanghai-2018"
"""Slug of the seed report 003: 上海市司法局2018年法治政府建设情况报告."""
MINHANG_SEED = "minhang-2020"
"""Slug of the seed report 000: 2020年闵行区司法局行政工作总结."""


@dataclass(frozen=True)
class Document:
    """What a bureau wrote, free of any page around it."""

    title: str
    published: date
    source: str
    body: tuple[str, ...]  # one paragraph each, no white space at its ends
    attachment_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """A document with the place it is meant for."""

    slug: str  # the name by which the story and the tests speak of it
    bureau_id: str
    draft: bool  # not on the site before it is published
    document: Document


@cache
def manuscripts() -> tuple[Manuscript, ...]:
    """Every text of the replica: the two seed reports, then the made-up ones, drafts included."""
    return (
        Manuscript(SHANGHAI_SEED, SHANGHAI, draft=False, document=_shanghai_seed()),
        Manuscript(MINHANG_SEED, MINHANG, draft=False, document=_minhang_seed()),
        *_invented(),
    )


def with_words_changed(document: Document, old: str, new: str) -> Document:
    """The document with one place of its body edited, as a bureau corrects a figure.

    Args:
        document: the document before the edit.
        old: words that stand exactly once in the body, e.g. 行政复议案件226件.
        new: what stands there afterwards, e.g. 行政复议案件236件.

    Raises:
        ValueError: `old` stands there never or several times; choose words that stand there once.
    """
    found = sum(paragraph.count(old) for paragraph in document.body)
    if not old or found != 1:
        raise ValueError(f"{old!r} stands {found} times in {document.title!r}; choose words that stand there once")
    return replace(document, body=tuple(paragraph.replace(old, new) for paragraph in document.body))


def _shanghai_seed() -> Document:
    heading, *lines = _seed_lines("003_04c902b0cff60059.txt")
    title, published = re.fullmatch(r"(.+?)\s*\((\d{4}-\d{2}-\d{2})\)", heading).groups()  # type: ignore[union-attr]  # our own file
    end = lines.index("附件下载:")
    return Document(title, date.fromisoformat(published), "上海市司法局", tuple(lines[:end]), tuple(lines[end + 1 :]))


def _minhang_seed() -> Document:
    _position, title, _source_and_date, *body = _seed_lines("000_e495358f79400f75.txt")
    return Document(title, date(2021, 2, 18), "上海市闵行区司法局", tuple(body))


def _seed_lines(name: str) -> list[str]:
    text = files("seeds").joinpath("documents", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _invented() -> tuple[Manuscript, ...]:
    blocks = tomllib.loads(files("crawler.demo").joinpath("invented.toml").read_text(encoding="utf-8"))["document"]
    return tuple(
        Manuscript(
            slug=block["slug"],
            bureau_id=block["bureau"],
            draft=block.get("draft", False),
            document=Document(
                title=block["title"],
                published=block["published"],
                source=block["source"],
                body=tuple(block["body"].strip().splitlines()),
                attachment_names=tuple(block.get("attachments", ())),
            ),
        )
        for block in blocks
    )
