"""Turns the configuration's [mail] into the server that letters are handed to. Connects to nothing."""

from __future__ import annotations

from crawler.config import Config, read_secret
from crawler.deliver.smtp import MailServer


def mail_server(config: Config) -> MailServer:
    """The server of the configuration's [mail], with its password read.

    Raises:
        ConfigError: the password file is missing or readable by others.
    """
    mail = config.settings.mail
    assert mail is not None, "asked for only where there is a [mail]"
    return MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=read_secret(config.file.parent, "mail.password", file=mail.password_file, variable=mail.password_env)
        if mail.username
        else "",
        sender=mail.sender,
        verify=mail.verify,
        ca_file=str(config.file.parent / mail.ca_file) if mail.ca_file is not None else None,
    )
