"""The shape of a seed: what a bureau's block may say, with unit, default and meaning. Reads no file."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
TitlePattern = Annotated[str, Field(min_length=2, max_length=60)]
Level = Literal["ministry", "province", "city", "district", "county"]
Render = Literal["auto", "plain", "browser"]
Tls = Literal["standard", "legacy"]
AddressStatus = Literal["attested", "inferred", "unattested"]


class Expect(BaseModel):
    """The healthy shape of a watch's run; a run outside it opens an issue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_entries: int = Field(default=1, ge=1)
    """Fewest rows the first listing page may show (count); fewer is an issue, never "nothing new"."""


class Watch(BaseModel):
    """One column (栏目) of a bureau's site, revisited on a schedule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str = Field(min_length=1, max_length=80)
    """The column's name as the site prints it, e.g. 法治政府建设情况报告."""
    listing_url: str
    """Address of the column's first page; http or https."""
    slug: Slug = ""
    """Second half of the watch's id (`bureau/slug`); left out, it is made from the address's last folder."""
    family: str | None = None
    """Name of the CMS family; left out, it is recognised from the page."""
    render: Render = "auto"
    """`plain` never starts a browser, `browser` always does, `auto` does when a script builds the list."""
    tls: Tls = "standard"
    """`legacy` lets the listing's host, and no other, speak the encryption of before 2010; its certificate is still checked."""
    allow_http: bool = False
    """Whether a redirect from https to http is followed; where listing_url itself is http, it always is."""
    every_hours: float = Field(default=24, gt=0, le=24 * 31)
    """Hours between two visits of the listing; the daemon keeps to it."""
    recheck_hours: float = Field(default=24 * 7, gt=0, le=24 * 366)
    """Hours between two visits of a known report or attachment."""
    max_pages: int = Field(default=50, ge=1, le=2000)
    """Most listing pages walked in one run (count)."""
    titles: tuple[TitlePattern, ...] = ()
    """Only rows whose title contains one of these are reports; `*` stands for anything. Left out, every row is one."""
    visit: bool = True
    """false: the column is known and listed by `bureauwatch bureaus`, and not visited; `address_note` says why."""
    address: AddressStatus = "attested"
    """`attested`: listing_url itself was seen; `inferred`: from an article's address; `unattested`: a guess."""
    address_note: str = Field(default="", max_length=400)
    """Where the address was seen, or what it was inferred from; in one line."""
    expect: Expect = Expect()

    def is_report(self, title: str) -> bool:
        """Whether a row with this title is a report of this watch."""
        return not self.titles or any(_pattern(wanted).search(title) for wanted in self.titles)

    @field_validator("listing_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        return web_address(url)

    @model_validator(mode="before")
    @classmethod
    def _slug_from_address(cls, block: object) -> object:
        if isinstance(block, dict) and "slug" not in block and isinstance(block.get("listing_url"), str):
            return {**block, "slug": slug_of(block["listing_url"])}
        return block


class Bureau(BaseModel):
    """One bureau's site and the columns watched on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    """Short name, stable for ever: stored history hangs on it."""
    name: str = Field(min_length=2, max_length=60)
    """The bureau's own name, e.g. 上海市司法局."""
    region: str = Field(min_length=1, max_length=60)
    """Region in words, province first, e.g. 上海市/闵行区."""
    level: Level
    home_url: str
    """Address of the site's home page: a report that redirects there is gone, not changed."""
    note: str = Field(default="", max_length=400)
    """What a person should know of this bureau's site, e.g. why no column of it is watched yet; in one line."""
    watch: tuple[Watch, ...] = ()

    @field_validator("home_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        return web_address(url)

    @model_validator(mode="after")
    def _slugs_differ(self) -> Bureau:
        slugs = [watch.slug for watch in self.watch]
        doubled = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        if doubled:
            raise ValueError(f"two watches share the slug {doubled[0]!r}; give each [[bureau.watch]] its own slug")
        return self

    def watch_id(self, watch: Watch) -> str:
        """The id under which a watch is stored and named on the command line: `bureau/slug`."""
        return f"{self.id}/{watch.slug}"


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(".{0,200}?".join(re.escape(part) for part in wanted.split("*")))


def slug_of(listing_url: str) -> str:
    """A short stable name for a column, from the last telling folder of its address."""
    folders = [part for part in urlsplit(listing_url).path.split("/")[:-1] if part.lower() not in {"", "list"}]
    words = re.findall(r"[a-z0-9]+", folders[-1].lower()) if folders else []
    return "-".join(words)[:60].strip("-") or "c" + hashlib.sha256(listing_url.encode()).hexdigest()[:8]


def web_address(url: str) -> str:
    """Return `url` if it is a plain http(s) address, else raise ValueError saying what is wrong."""
    if url != url.strip() or any(ord(character) < 33 for character in url) or "\\" in url:
        raise ValueError("contains a space, control character or backslash; write the plain address")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"starts with {parts.scheme or 'nothing'!r}; an address starts with http:// or https://")
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.username or parts.password:
        raise ValueError("carries a user name or password; leave them out")
    return url


def in_region(region: str, wanted: str) -> bool:
    """Whether a region lies in the wanted one; both are written from the province down: 上海市/闵行区."""
    return region == wanted or region.startswith(f"{wanted.rstrip('/')}/")
