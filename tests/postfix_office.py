"""Postfix from Debian, an instance of its own on loopback, with all its files in one folder. Installed where it can be."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

DOMAIN = "example.org"
STARTING_S, DELIVERY_S = 20, 20
SERVICES = """\
{host}:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
SETTINGS = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {folder}
maillog_file = {folder}/log
myhostname = post.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/access, permit_mynetworks, reject
smtpd_error_sleep_time = 0
"""


@dataclass
class PostfixOffice:
    """A running Postfix that keeps every letter it takes."""

    folder: Path
    port: int

    def letters(self, expected: int) -> list[bytes]:
        """The letters delivered, once there are as many as expected and no more are on their way, or the wait is over."""
        inbox = self.folder / "mail" / "inbox" / "new"
        until = time.monotonic() + DELIVERY_S
        while (self._queued() or len(list(inbox.glob("*"))) < expected) and time.monotonic() < until:
            time.sleep(0.05)
        return [file.read_bytes() for file in sorted(inbox.glob("*"))]

    def log(self, awaited: str) -> str:
        """What it has logged, once that contains some words, or the wait is over."""
        until = time.monotonic() + DELIVERY_S
        while awaited not in (text := (self.folder / "log").read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        return text

    def set(self, **settings: str) -> None:
        """Change settings of main.cf, and let every later connection meet them."""
        self._run("postconf", "-c", str(self.folder), "-e", *(f"{name} = {value}" for name, value in settings.items()))
        self.restart()

    def answer(self, rules: str) -> None:
        """Change what recipients are answered: lines of a regexp table, such as /^a@/ 550 no."""
        (self.folder / "access").write_text(rules)
        self.restart()

    def restart(self) -> None:
        """Stop and start it: `reload` leaves processes with the old settings for a moment."""
        self.stop()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it greets."""
        self._run("postfix", "-c", str(self.folder), "start")
        until = time.monotonic() + STARTING_S
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                    if line.recv(200).startswith(b"220"):
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"Postfix does not greet: {(self.folder / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        """Stop it; harmless where it does not run."""
        subprocess.run(["postfix", "-c", str(self.folder), "stop"], capture_output=True, check=False)

    def _queued(self) -> bool:
        """Whether it has taken a letter that it has not delivered yet."""
        places = ("maildrop", "incoming", "active", "deferred")
        return any(file.is_file() for place in places for file in (self.folder / "queue" / place).rglob("*"))

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


def open_postfix(folder: Path) -> PostfixOffice:
    """Start a Postfix in an empty folder with a short path (its sockets' names are limited to 108 bytes)."""
    install()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    nobody, postfix = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    folder.chmod(0o755)
    for name in ("queue", "data", "mail"):
        (folder / name).mkdir()
    os.chown(folder / "data", postfix.pw_uid, postfix.pw_gid)
    os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    (folder / "main.cf").write_text(SETTINGS.format(folder=folder, domain=DOMAIN, uid=nobody.pw_uid, gid=nobody.pw_gid))
    (folder / "master.cf").write_text(SERVICES.format(host="127.0.0.1", port=port))
    (folder / "access").write_text("")
    office = PostfixOffice(folder, port)
    office.start()
    return office


def install() -> None:
    """Install Debian's Postfix where it is missing, without starting it.

    Skips only outside CI, and where nobody could: Postfix starts as root alone, and apt-get installs it. Where the
    installation itself fails, the test fails.
    """
    if os.geteuid() != 0 or not (shutil.which("postfix") or shutil.which("apt-get")):
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("no Postfix can be started: that takes root, and Postfix or the apt-get that installs it")
    if shutil.which("postfix"):
        return
    packages = os.open("/var/lib/dpkg", os.O_RDONLY)  # locked, so that one test run installs and the others wait
    try:
        fcntl.flock(packages, fcntl.LOCK_EX)
        if not shutil.which("postfix"):
            _install_now()
    finally:
        os.close(packages)


def _install_now() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postfix"]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False, timeout=300)
        if command[1] == "install":
            assert done.returncode == 0, f"Postfix cannot be installed: {done.stderr[-2000:]}"
    assert shutil.which("postfix"), "Postfix was installed, and is not there"
