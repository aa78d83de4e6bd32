"""The ways that letters take, each tried as far as that goes without sending. Sends nothing, and shows no secret."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.config import Config, name_of, read_secret
from crawler.config_keys import Channel
from crawler.config_keys import Webhook as Hook
from crawler.deliver.channels import kind_of
from crawler.deliver.errors import DeliverError
from crawler.deliver.webhook import Webhook
from crawler.errors import ConfigError


@dataclass(frozen=True)
class Ways:
    """The ways that letters take, each of which was tried as far as that goes without sending."""

    mail: str  # host:port (security); "" where there is none
    channels: dict[str, str]  # the service, by the channel's name
    webhooks: dict[str, str]  # the host, by the webhook's name
    health: tuple[str, ...]  # who is told of watches that need a person
    subscriptions: dict[str, str]  # whom and when, by name


def ways(config: Config) -> Ways:
    """The ways that a configuration names.

    Raises:
        ConfigError: a channel or webhook cannot be used; lists every one of them, with the cure.
    """
    settings, faults = config.settings, []
    channels, webhooks = {}, {}
    for channel in settings.channel:
        try:
            channels[channel.name] = _service(config, channel)
        except (ConfigError, DeliverError) as error:
            faults.append(f"{config.file}: channel {channel.name!r}: {error}")
    for hook in settings.webhook:
        try:
            webhooks[hook.name] = _host(config, hook)
        except (ConfigError, DeliverError) as error:
            faults.append(f"{config.file}: webhook {hook.name!r}: {error}")
    if faults:
        raise ConfigError(faults)
    mail = settings.mail
    return Ways(
        mail=f"{mail.host}:{mail.port} ({mail.security})" if mail is not None else "",
        channels=channels,
        webhooks=webhooks,
        health=settings.health.to if settings.health is not None else (),
        subscriptions={
            name_of(wanted, position): f"{wanted.when} to {', '.join(wanted.to)}"
            for position, wanted in enumerate(settings.subscription, start=1)
        },
    )


def _service(config: Config, channel: Channel) -> str:
    """The service that a channel's secret address belongs to."""
    key = f"channel.{channel.name}.url"
    url = read_secret(config.file.parent, key, file=channel.url_file, variable=channel.url_env)
    if not url:
        raise ConfigError(["it has no address; name the file with it in url_file, or a variable of the environment in url_env"])
    return kind_of(url)


def _host(config: Config, hook: Hook) -> str:
    """The host of a webhook, whose address and secret can be used; its path may be a secret."""
    key = f"webhook.{hook.name}.secret"
    secret = read_secret(config.file.parent, key, file=hook.secret_file, variable=hook.secret_env)
    if not secret:
        raise ConfigError(["it has no secret; name the file with it in secret_file, or a variable in secret_env"])
    Webhook(hook.url, secret)
    return urlsplit(hook.url).netloc
