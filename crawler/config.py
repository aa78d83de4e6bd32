"""Reads `bureauwatch.toml` into a frozen configuration, and reports every fault in it at once. Opens nothing else."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from crawler.config_keys import CHANNELS, Seeds, Settings, Subscription
from crawler.errors import ConfigError
from seeds.load import SeedError, Target, load, targets
from seeds.schema import Bureau, in_region

FILE_NAME = "bureauwatch.toml"
ENVIRONMENT = "BUREAUWATCH_CONFIG"


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

    @cached_property
    def targets_by_id(self) -> Mapping[str, Target]:
        """The same by the ids of their watches."""
        return {target.watch_id: target for target in self.targets}

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


def read_secret(
    folder: Path, key: str, *, file: Path | None, variable: str, environment: Mapping[str, str] = os.environ
) -> str:
    """A secret from its file or its environment variable; "" where neither is named.

    Args:
        folder: of the configuration; a relative path starts there.
        key: of the configuration, for the message.
        file: that holds it.
        variable: of the environment that holds it.
        environment: where variables are looked up.

    Raises:
        ConfigError: the file is missing or readable by others, the variable is not set, or it is empty.
    """
    if file is None:
        if variable and not environment.get(variable):
            raise ConfigError(
                [f"{key}_env: the environment variable {variable} is not set; set it, or name a file in {key}_file"]
            )
        return environment[variable] if variable else ""
    path = folder / file
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError([f"{path}: others can read this secret; run: chmod 600 {path}"])
        secret = path.read_text(encoding="utf-8").strip("\r\n")
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: {key}_file holds no text; write the secret into it as one line"]) from error
    except OSError as error:
        raise ConfigError([f"{path}: {key}_file cannot be read: {error.strerror}"]) from error
    if not secret:
        raise ConfigError([f"{path}: {key}_file is empty; write the secret into it as one line"])
    return secret


def _seeds_alone(document: Mapping[str, object]) -> Seeds:
    """The seeds' section where the rest of the file is wrong, so that the seeds' own faults are told in the same breath."""
    try:
        return Seeds.model_validate(document.get("seeds", {}))
    except ValidationError:
        return Seeds(bundled=False)


def _cross_faults(file: Path, settings: Settings, bureaus: tuple[Bureau, ...]) -> list[str]:
    """What is wrong between sections, each of which is right alone."""
    faults = [f"{file}: {fault}" for fault in (*_unknown_names(settings, bureaus), *_twice(settings))]
    if not targets(bureaus):
        faults.append(f"{file}: seeds: no bureau is watched; set seeds.bundled = true or name your own files in seeds.paths")
    for key, secret_file, variable in _secrets(settings):
        try:
            read_secret(file.parent, key, file=secret_file, variable=variable)
        except ConfigError as error:
            faults.extend(error.faults)
    mail = settings.mail
    if mail is not None and mail.username:
        if mail.security == "none" and mail.host not in {"127.0.0.1", "localhost", "::1"}:
            faults.append(
                f'{file}: mail.security: a password is never sent in the clear; use "tls" or "starttls", or drop username'
            )
        if mail.password_file is None and not mail.password_env:
            faults.append(f"{file}: mail.password_file: mail.username is set, so name the file with its password")
    return faults


def _unknown_names(settings: Settings, bureaus: tuple[Bureau, ...]) -> Iterator[str]:
    ids, regions = {bureau.id for bureau in bureaus}, {bureau.region for bureau in bureaus}
    ways = {f"channel:{channel.name}" for channel in settings.channel} | {f"webhook:{hook.name}" for hook in settings.webhook}
    for position, wanted in enumerate(settings.subscription):
        for name in wanted.bureaus:
            if name not in ids:
                yield f"subscription.{position}.bureaus: no bureau {name!r}; `bureauwatch bureaus` lists them"
        for region in wanted.regions:
            if not any(in_region(known, region) for known in regions):
                yield f"subscription.{position}.regions: no bureau lies in {region!r}; `bureauwatch bureaus` lists them"
    for recipient in settings.recipients:
        if recipient.startswith(CHANNELS) and recipient not in ways:
            kind, _, name = recipient.partition(":")
            yield f'{recipient}: there is no [[{kind}]] with name = "{name}"; add one, or correct the name'


def _twice(settings: Settings) -> Iterator[str]:
    for section, named in (
        ("channel", [channel.name for channel in settings.channel]),
        ("webhook", [hook.name for hook in settings.webhook]),
        ("subscription", [name_of(wanted, position) for position, wanted in enumerate(settings.subscription, start=1)]),
    ):
        for name in sorted({name for name in named if named.count(name) > 1}):
            yield f"{section}.name: {name!r} is there twice; give each its own name"
        if section == "subscription" and "all" in named:
            yield 'subscription.name: "all" is the name of the feed of all events; choose another'


def name_of(wanted: Subscription, position: int) -> str:
    """How a subscription is called: by its name, or by its place in the file, from 1."""
    return wanted.name or f"subscription-{position}"


def _secrets(settings: Settings) -> Iterator[tuple[str, Path | None, str]]:
    """Key, file and environment variable of each secret."""
    if settings.mail is not None and settings.mail.username:
        yield "mail.password", settings.mail.password_file, settings.mail.password_env
    for channel in settings.channel:
        yield f"channel.{channel.name}.url", channel.url_file, channel.url_env
    for hook in settings.webhook:
        yield f"webhook.{hook.name}.secret", hook.secret_file, hook.secret_env
