"""The sections of `bureauwatch.toml` and their keys, each with unit, default and meaning. Reads no file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crawler.flow import EventKind
from crawler.knowledge import ReportKind
from seeds.schema import Level

_HOST_PORT = re.compile(r"[^\s:/@]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
_ADDRESS = re.compile(r"[!#$%&'*+/=?^_`{|}~0-9A-Za-z.-]+@[0-9A-Za-z][0-9A-Za-z.-]*")
_WEB = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Wanted = Annotated[str, Field(min_length=1, max_length=60)]
Language = Literal["zh", "en"]
CHANNELS = ("channel:", "webhook:")
"""How a recipient that is no e-mail address begins."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Storage(_Section):
    """Where everything is kept."""

    path: Path = Path("bureauwatch-data/archive.db")
    """The database file; the WARC files lie in a folder `warc` beside it. Relative to the configuration file."""


class Seeds(_Section):
    """Which bureaus are watched."""

    bundled: bool = True
    """Watch the bureaus that come with the product; false: only your own."""
    paths: tuple[Path, ...] = ()
    """Your own seed files, or folders of them. Relative to the configuration file."""


class Crawl(_Section):
    """How sites are visited."""

    delay_s: float = Field(default=2.0, ge=0, le=3600)
    """Seconds between two requests to one host."""
    per_host: int = Field(default=1, ge=1, le=8)
    """Requests under way at once to one host (count)."""
    user_agent: str = Field(default="bureauwatch/0.1 (+research archive of public reports)", min_length=3, max_length=300)
    """How the crawler names itself."""
    contact: str = Field(default="", max_length=200)
    """An e-mail address or web page where a site's keeper can reach you; added to the user agent and the From header."""
    allow_private: tuple[str, ...] = ()
    """Exact host:port pairs in private networks that may be visited; everything else private is refused."""
    obey_robots: bool = True
    """Keep to robots.txt."""
    full_check_days: float = Field(default=30, gt=0, le=3660)
    """Days after which a page is fetched in full although the server says it has not changed."""
    browser_wait_s: float = Field(default=45, gt=0, le=120)
    """Seconds that a page's script may take in Chromium, to build its rows or to pass a challenge, in each of two tries."""

    @field_validator("allow_private")
    @classmethod
    def _exact(cls, pairs: tuple[str, ...]) -> tuple[str, ...]:
        for pair in pairs:
            if not _HOST_PORT.fullmatch(pair):
                raise ValueError(f'{pair!r} is no host:port pair; write for example "127.0.0.1:8801"')
        return pairs


class Monitor(_Section):
    """When a change is believed."""

    withdrawal_sightings: int = Field(default=3, ge=1, le=100)
    """Visits in a row that must find a report gone (count)."""
    withdrawal_hours: float = Field(default=24, ge=0, le=24 * 365)
    """Hours that must lie between the first and the last of them."""
    confirm_after_s: float = Field(default=60, ge=0, le=86_400)
    """Seconds before a large or odd change is looked at a second time."""


class Mail(_Section):
    """The server that takes our letters."""

    host: str = Field(min_length=1)
    port: int = Field(default=465, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    """`tls`: encrypted from the first byte; `starttls`: must be offered; `none`: only for a server on this machine."""
    verify: bool = True
    """Check the server's certificate; false only for a server whose certificate you cannot mend."""
    ca_file: Path | None = None
    """PEM file of your own certificate authority, accepted beside the system's."""
    username: str = ""
    password_file: Path | None = None
    """File that holds the password, readable by its owner only."""
    password_env: str = ""
    """Name of the environment variable that holds the password, instead of a file."""
    sender: str
    """The address that letters come from."""
    unsubscribe: str = ""
    """The address that takes the wish to be told no more (List-Unsubscribe); empty: `sender`."""
    in_doubt: Literal["resend", "hold"] = "resend"
    """A letter that may have been taken or not: sent again, byte for byte; or held for you (`bureauwatch alerts list`)."""
    most_an_hour: int = Field(default=300, ge=1, le=100_000)
    """Letters handed over in an hour (count); the others wait."""

    @field_validator("sender", "unsubscribe")
    @classmethod
    def _mailbox(cls, address: str) -> str:
        return mail_address(address) if address else address


class Channel(_Section):
    """A channel of Apprise (企业微信, 钉钉, 飞书, Slack …), named in a subscription as "channel:NAME"."""

    name: Name
    url_file: Path | None = None
    """File that holds the channel's Apprise address, which is a secret; readable by its owner only."""
    url_env: str = ""
    """Name of the environment variable that holds it, instead of a file."""


class Webhook(_Section):
    """A programme of yours that takes signed JSON, named in a subscription as "webhook:NAME"."""

    name: Name
    url: str
    """Where it listens; https, but on this machine."""
    secret_file: Path | None = None
    """File that holds the signing secret (`whsec_…`), readable by its owner only."""
    secret_env: str = ""
    """Name of the environment variable that holds it, instead of a file."""

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        return _web_address(url)


class Subscription(_Section):
    """Who wants which changes, and when. Every condition that is set must hold; of a list, one entry is enough."""

    name: Name | None = None
    """How letters and `bureauwatch subscriptions` call it; left out: subscription-1 …, by its place."""
    to: tuple[str, ...] = Field(min_length=1)
    """E-mail addresses, "channel:NAME" or "webhook:NAME"."""
    bureaus: tuple[str, ...] = ()
    """Ids of bureaus; none: all."""
    regions: tuple[Wanted, ...] = ()
    """Beginnings of regions, such as "上海市" or "广东省/深圳市"."""
    levels: tuple[Level, ...] = ()
    """`ministry`, `province`, `city`, `district`, `county`."""
    reports: tuple[ReportKind, ...] = ()
    """Kinds of report: 法治政府建设年度报告, 政府信息公开年度报告, 工作总结, 工作计划, 述法报告, 统计, 预决算, 其他."""
    kinds: tuple[EventKind, ...] = ()
    """Kinds of event; none: all but `baseline`."""
    least: Literal["wording", "clause", "figure"] = "wording"
    """Least significance of a revision: `wording`, `clause` or `figure` (only if a figure changes)."""
    words: tuple[Wanted, ...] = ()
    """Words of which the change, or a report that is new or gone, must say one."""
    indicators: tuple[Wanted, ...] = ()
    """Indicators (of seeds/indicators.toml, or in a report's words) of which a figure must have changed, or be reported."""
    sections: tuple[Wanted, ...] = ()
    """Words in the heading of the section where it happened."""
    when: Literal["at-once", "daily", "weekly"] = "at-once"
    """`daily` and `weekly` letters go out at 08:00 Asia/Shanghai, weekly ones on Monday, also when nothing happened."""
    quiet: str = ""
    """Hours in which nothing is sent, Asia/Shanghai: "22:00-07:00"."""
    language: Language = "zh"
    """Of the letter's own words: `zh` or `en`."""
    most_a_day: int = Field(default=20, ge=1, le=1000)
    """Letters a person gets in a day (count); what more there is comes in one letter next morning."""

    @field_validator("to")
    @classmethod
    def _recipients(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(address if address.startswith(CHANNELS) else mail_address(address) for address in addresses)

    @field_validator("quiet")
    @classmethod
    def _hours(cls, hours: str) -> str:
        if hours and (not _QUIET.fullmatch(hours) or hours[:5] == hours[6:]):
            raise ValueError(f'{hours!r} are no hours; write for example "22:00-07:00"')
        return hours


class Health(_Section):
    """Who is told of watches that need a person."""

    to: tuple[str, ...] = Field(min_length=1)
    """E-mail addresses, "channel:NAME" or "webhook:NAME"."""
    language: Language = "zh"
    """Of the letter: `zh` or `en`."""

    @field_validator("to")
    @classmethod
    def _recipients(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(address if address.startswith(CHANNELS) else mail_address(address) for address in addresses)


class Web(_Section):
    """Pages that people can open."""

    base_url: str = ""
    """Where the archive's own pages are served; letters and feeds then link to them. Empty: no links."""

    @field_validator("base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        return _web_address(url).rstrip("/") if url else url


class Settings(_Section):
    """The whole file."""

    storage: Storage = Storage()
    seeds: Seeds = Seeds()
    crawl: Crawl = Crawl()
    monitor: Monitor = Monitor()
    mail: Mail | None = None
    channel: tuple[Channel, ...] = ()
    webhook: tuple[Webhook, ...] = ()
    subscription: tuple[Subscription, ...] = ()
    health: Health | None = None
    web: Web = Web()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who is told anything, once each, in the order of the file."""
        subscribers = (address for wanted in self.subscription for address in wanted.to)
        return tuple(dict.fromkeys((*subscribers, *(self.health.to if self.health else ()))))

    @model_validator(mode="after")
    def _mail_for_subscriptions(self) -> Settings:
        if self.mail is None and any(not recipient.startswith(CHANNELS) for recipient in self.recipients):
            where = "[[subscription]]" if self.subscription else "[health]"
            raise ValueError(f"there is a {where} but no [mail]; say which server takes the letters")
        return self


def mail_address(address: str) -> str:
    """The address, where it is one.

    Raises:
        ValueError: it is none; says how one is written.
    """
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise ValueError(f"{address!r} is no e-mail address; write it plainly, like name@example.org")
    return address


def _web_address(url: str) -> str:
    if not _WEB.fullmatch(url):  # not repeated: it may hold a password
        raise ValueError("this is no web address; write it with http:// or https://, without user name, ? and #")
    return url
