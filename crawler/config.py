"""Reads `bureauwatch.toml` into a frozen configuration, and reports every fault in it at once. Opens nothing else."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawler.errors import ConfigError
from crawler.flow import EventKind
from seeds.load import SeedError, Target, load, targets
from seeds.schema import Bureau

FILE_NAME = "bureauwatch.toml"
ENVIRONMENT = "BUREAUWATCH_CONFIG"

_HOST_PORT = re.compile(r"^[^\s:/@]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$")
_ADDRESS = re.compile(r"^[!#$%&'*+/=?^_`{|}~0-9A-Za-z.-]+@[0-9A-Za-z][0-9A-Za-z.-]*$")


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
            if not _HOST_PORT.match(pair):
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
    sender: str
    """The address that letters come from."""

    @field_validator("sender")
    @classmethod
    def _mailbox(cls, address: str) -> str:
        return _mail_address(address)


class Subscription(_Section):
    """Who wants which changes, and when."""

    to: tuple[str, ...] = Field(min_length=1)
    bureaus: tuple[str, ...] = ()
    """Ids of bureaus; none: all."""
    kinds: tuple[EventKind, ...] = ()
    """Kinds of event; none: all but `baseline`."""
    when: Literal["at-once", "daily", "weekly"] = "at-once"
    """`daily` and `weekly` letters go out at 08:00 Asia/Shanghai, weekly ones on Monday."""

    @field_validator("to")
    @classmethod
    def _mailboxes(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_mail_address(address) for address in addresses)


class Settings(_Section):
    """The whole file."""

    storage: Storage = Storage()
    seeds: Seeds = Seeds()
    crawl: Crawl = Crawl()
    monitor: Monitor = Monitor()
    mail: Mail | None = None
    subscription: Annotated[tuple[Subscription, ...], Field()] = ()

    @model_validator(mode="after")
    def _mail_for_subscriptions(self) -> Settings:
        if self.subscription and self.mail is None:
            raise ValueError("there is a [[subscription]] but no [mail]; say which server takes the letters")
        return self


@dataclass(frozen=True)
class Config:
    """A configuration that can be used: the file's settings with paths made absolute, and the bureaus it names."""

    file: Path
    settings: Settings
    bureaus: tuple[Bureau, ...]

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The watches that are visited."""
        return targets(self.bureaus)

    @property
    def database(self) -> Path:
        """The database file."""
        return self.file.parent / self.settings.storage.path

    @property
    def warc_folder(self) -> Path:
        """The folder of WARC files."""
        return self.database.parent / "warc"


def find_config(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the configuration lies: as given, else as BUREAUWATCH_CONFIG says, else in the working directory.

    Raises:
        ConfigError: there is none; the message says how to make one.
    """
    for place in (given, Path(environment[ENVIRONMENT]) if environment.get(ENVIRONMENT) else None):
        if place is not None:
            if not place.is_file():
                raise ConfigError([f"{place}: no such file. Make one with: bureauwatch init {place}"])
            return place.resolve()
    if Path(FILE_NAME).is_file():
        return Path(FILE_NAME).resolve()
    raise ConfigError([f"no {FILE_NAME} here. Make one with `bureauwatch init`, or name one with --config or {ENVIRONMENT}"])


def read_config(file: Path) -> Config:
    """Read and check a configuration with the seeds it names.

    Raises:
        ConfigError: lists every fault, each with file and key.
    """
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{file}: cannot be read as TOML: {error}"]) from error
    faults: list[str] = []
    settings = None
    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"]) or "file"
            message = "this key is not known" if fault["type"] == "extra_forbidden" else fault["msg"]
            faults.append(f"{file}: {key}: {message}")
    bureaus: tuple[Bureau, ...] = ()
    try:
        chosen = settings.seeds if settings is not None else _seeds_alone(document)
        bureaus = load((file.parent / path for path in chosen.paths), bundled=chosen.bundled)
    except SeedError as error:
        faults.extend(error.faults)
    if settings is not None:
        faults.extend(_cross_faults(file, settings, bureaus))
    if faults or settings is None:
        raise ConfigError(faults)
    return Config(file=file, settings=settings, bureaus=bureaus)


def read_password(mail: Mail, folder: Path) -> str | None:
    """The mail server's password, or None where no user name is set.

    Raises:
        ConfigError: the file is missing, or others than its owner can read it.
    """
    if not mail.username or mail.password_file is None:
        return None
    file = folder / mail.password_file
    try:
        if file.stat().st_mode & 0o077:
            raise ConfigError([f"{file}: others can read this password; run: chmod 600 {file}"])
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise ConfigError([f"{file}: mail.password_file cannot be read: {error.strerror}"]) from error


def _seeds_alone(document: Mapping[str, object]) -> Seeds:
    """The seeds' section where the rest of the file is wrong, so that the seeds' own faults are told in the same breath."""
    try:
        return Seeds.model_validate(document.get("seeds", {}))
    except ValidationError:
        return Seeds(bundled=False)


def _cross_faults(file: Path, settings: Settings, bureaus: tuple[Bureau, ...]) -> list[str]:
    faults: list[str] = []
    known = {bureau.id for bureau in bureaus}
    for position, subscription in enumerate(settings.subscription):
        faults.extend(
            f"{file}: subscription.{position}.bureaus: no bureau {name!r}; `bureauwatch bureaus` lists them"
            for name in subscription.bureaus
            if name not in known
        )
    if not targets(bureaus):
        faults.append(f"{file}: seeds: no bureau is watched; set seeds.bundled = true or name your own files in seeds.paths")
    if settings.mail is not None and settings.mail.username:
        try:
            read_password(settings.mail, file.parent)
        except ConfigError as error:
            faults.extend(error.faults)
        if settings.mail.security == "none" and settings.mail.host not in {"127.0.0.1", "localhost", "::1"}:
            faults.append(
                f'{file}: mail.security: a password is never sent in the clear; use "tls" or "starttls", or drop username'
            )
        if settings.mail.password_file is None:
            faults.append(f"{file}: mail.password_file: mail.username is set, so name the file with its password")
    return faults


def _mail_address(address: str) -> str:
    if not _ADDRESS.match(address) or len(address) > 254:
        raise ValueError(f"{address!r} is no e-mail address; write it plainly, like name@example.org")
    return address
