"""What stands on a replica bureau's site at a moment, and the pure moves that change it. Renders and serves nothing."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from crawler.demo.bodies import BodyTemplate
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, Document, manuscripts, with_words_changed

PAGE_SIZE = 5
"""Rows on a listing page (count)."""
IMPORTED = date(2021, 3, 5)
"""The day the Shanghai bureau moved to its present platform: addresses and PubDate of older reports carry it, wrongly."""

_SEED_UUID = "D6892AC9-3697-11ED-AF87-9DDF1A16E7CE"  # under which the real site serves seed report 000


class ReplicaError(Exception):
    """The replica was asked for something that makes no sense; the message says what to ask instead."""


class Shape(Enum):
    """How the site's pages are built; the name of the family that reads them."""

    SHANGHAI = "shanghai-bureaus"
    MINHANG = "mh-xxgk-cms"


class Standing(Enum):
    """Whether a report is there."""

    DRAFT = "draft"  # not published yet: not listed, its page answers 404
    LISTED = "listed"
    UNLISTED = "unlisted"  # slid off the list; its page is still served
    WITHDRAWN = "withdrawn"  # not listed, its page answers 404


@dataclass(frozen=True)
class Posting:
    """A document with its place on the site."""

    slug: str
    document: Document
    standing: Standing
    template: BodyTemplate = BodyTemplate.P
    moves: int = 0  # times it was given another address (count)
    attachment_edition: int = 1  # raised when the files' bytes change

    @property
    def served(self) -> bool:
        """Whether its page and files answer at all."""
        return self.standing in {Standing.LISTED, Standing.UNLISTED}


@dataclass(frozen=True)
class BureauState:
    """All that decides what a bureau's site answers, but for chance and time."""

    id: str
    name: str
    shape: Shape
    section: str
    column: str  # the column's folder
    postings: tuple[Posting, ...]  # in the order of the list, newest first
    script_built: bool  # rows come by script, not in the HTML
    noise_seed: int = 1
    steady: bool = False  # no noise: same bytes at each visit, with ETag and Last-Modified

    @property
    def listed(self) -> tuple[Posting, ...]:
        """The rows of the list, all pages together."""
        return tuple(posting for posting in self.postings if posting.standing is Standing.LISTED)

    @property
    def page_count(self) -> int:
        """Listing pages, at least one."""
        return max(1, -(-len(self.listed) // PAGE_SIZE))

    def rows(self, page: int) -> tuple[Posting, ...]:
        """The rows of listing page `page` (1-based)."""
        return self.listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]

    def posting(self, slug: str) -> Posting:
        """The posting of that slug.

        Raises:
            ReplicaError: there is none; the message lists those there are.
        """
        for posting in self.postings:
            if posting.slug == slug:
                return posting
        raise ReplicaError(f"no report {slug!r} at {self.id}; there are {', '.join(p.slug for p in self.postings)}")

    def listing_path(self, page: int = 1) -> str:
        """Path of listing page `page` (1-based)."""
        if self.shape is Shape.SHANGHAI:
            return f"/{self.column}/index.html" if page == 1 else f"/{self.column}/index_{page}.html"
        return f"{self._minhang_folder}/List/list_{page - 1}.htm"

    def rows_path(self, page: int = 1) -> str:
        """Path of the JSON from which the script builds listing page `page` (1-based)."""
        return self.listing_path(page).replace(".htm", ".json")

    def path_of(self, posting: Posting) -> str:
        """Path of a report's page."""
        if self.shape is Shape.SHANGHAI:
            return f"/{self.column}/{self.imported(posting):%Y%m%d}/{_hex(posting.slug, posting.moves)}.html"
        return f"{self._minhang_folder}/content/{_uuid(posting.slug, posting.moves)}.htm"

    def attachment_path(self, posting: Posting, name: str) -> str:
        """Path of a report's attachment; stays when the file's bytes change."""
        key = _hex(posting.slug, name)
        if self.shape is Shape.SHANGHAI:
            return f"/cmsres/{key[:2]}/{key}/{_hex(key)}.pdf"
        day = posting.document.published.isoformat()
        return f"/mh-xxgk-cms/UploadPath/uploadfile/{day}/{str(uuid.UUID(key)).upper()}.pdf"

    @staticmethod
    def imported(posting: Posting) -> date:
        """The day the platform believes the report was published."""
        return max(IMPORTED, posting.document.published)

    @property
    def _minhang_folder(self) -> str:
        return f"/mh-xxgk-cms/website/mh_xxgk/{self.column}"


def opening_state(bureau_id: str) -> BureauState:
    """The site as the story finds it: ten reports listed by date, one draft in the drawer."""
    mine = [text for text in manuscripts() if text.bureau_id == bureau_id]
    postings = tuple(
        Posting(text.slug, text.document, Standing.DRAFT if text.draft else Standing.LISTED)
        for text in sorted(mine, key=lambda text: text.document.published, reverse=True)
    )
    if bureau_id == SHANGHAI:
        return BureauState(
            SHANGHAI, "上海市司法局", Shape.SHANGHAI, "法治政府建设情况报告", "jggk_fzfjsqkbg", postings, script_built=False
        )
    if bureau_id == MINHANG:
        return BureauState(MINHANG, "闵行区司法局", Shape.MINHANG, "规划计划", "xxgk_sfj_ghjh_gl", postings, script_built=True)
    raise ReplicaError(f"no bureau {bureau_id!r}; there are {SHANGHAI} and {MINHANG}")


def added(state: BureauState, slug: str, document: Document) -> BureauState:
    """A document of the caller's own, as a draft on top."""
    if any(posting.slug == slug for posting in state.postings):
        raise ReplicaError(f"report {slug!r} is already at {state.id}; choose another slug")
    return replace(state, postings=(Posting(slug, document, Standing.DRAFT), *state.postings))


def published(state: BureauState, slug: str) -> BureauState:
    """A draft goes live, on top of the list."""
    posting = state.posting(slug)
    if posting.standing is not Standing.DRAFT:
        raise ReplicaError(f"report {slug!r} is {posting.standing.value}, not a draft; restore() brings back a withdrawn one")
    others = tuple(other for other in state.postings if other.slug != slug)
    return replace(state, postings=(replace(posting, standing=Standing.LISTED), *others))


def revised(state: BureauState, slug: str, old: str, new: str) -> BureauState:
    """One place of a report's text is edited; see `documents.with_words_changed`."""
    try:
        edited = with_words_changed(state.posting(slug).document, old, new)
    except ValueError as error:
        raise ReplicaError(str(error)) from error
    return _with(state, slug, lambda posting: replace(posting, document=edited))


def withdrawn(state: BureauState, slug: str) -> BureauState:
    """The list drops the report and its page answers 404."""
    return _with(state, slug, lambda posting: replace(posting, standing=Standing.WITHDRAWN))


def restored(state: BureauState, slug: str) -> BureauState:
    """A withdrawn or unlisted report stands where it stood."""
    if state.posting(slug).standing is Standing.DRAFT:
        raise ReplicaError(f"report {slug!r} is a draft; publish() it first")
    return _with(state, slug, lambda posting: replace(posting, standing=Standing.LISTED))


def unlisted(state: BureauState, slug: str) -> BureauState:
    """The list drops the report; its page is still served."""
    return _with(state, slug, lambda posting: replace(posting, standing=Standing.UNLISTED))


def moved_down(state: BureauState, slug: str, places: int = PAGE_SIZE) -> BureauState:
    """The report goes down the list by so many rows (count), or to its end."""
    moving = state.posting(slug)
    if moving not in state.listed:
        raise ReplicaError(f"report {slug!r} is {moving.standing.value}, so it has no row to move")
    order = [posting for posting in state.listed if posting is not moving]
    order.insert(state.listed.index(moving) + places, moving)
    rows = iter(order)
    return replace(
        state, postings=tuple(next(rows) if posting.standing is Standing.LISTED else posting for posting in state.postings)
    )


def readdressed(state: BureauState, slug: str) -> BureauState:
    """The same report gets another address; the old one answers 404."""
    return _with(state, slug, lambda posting: replace(posting, moves=posting.moves + 1))


def attachments_changed(state: BureauState, slug: str) -> BureauState:
    """The report's files get other bytes under their old addresses."""
    if not state.posting(slug).document.attachment_names:
        raise ReplicaError(f"report {slug!r} has no attachment")
    return _with(state, slug, lambda posting: replace(posting, attachment_edition=posting.attachment_edition + 1))


def retemplated(state: BureauState, template: BodyTemplate) -> BureauState:
    """Every report's body is set in another way."""
    return replace(state, postings=tuple(replace(posting, template=template) for posting in state.postings))


def _with(state: BureauState, slug: str, change: Callable[[Posting], Posting]) -> BureauState:
    state.posting(slug)
    return replace(state, postings=tuple(change(posting) if posting.slug == slug else posting for posting in state.postings))


def _hex(*parts: object) -> str:
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()[:32]


def _uuid(slug: str, moves: int) -> str:
    return _SEED_UUID if (slug, moves) == (MINHANG_SEED, 0) else str(uuid.UUID(_hex(slug, moves))).upper()
