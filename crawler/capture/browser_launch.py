"""How Chromium is started: as which user, in which sandbox, with which switches, in which folder. Opens no page."""

from __future__ import annotations

import logging
import os
import pwd
import shlex
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Playwright
from playwright.async_api import Error as PlaywrightError

from crawler.capture.find_browser import CURE, find_browser
from spiders.failures import Failure, PageFaulty

_LOG = logging.getLogger(__name__)
_DOOR = Path(__file__).with_name("browser_door.py")
_PREFIX = "bureauwatch-browser-"
_LAUNCH_S = 30
_SCRIPT_HEAP_MIB = 512
_SWITCHES = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-preconnect",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--block-new-web-contents",  # the headless shell opens no window that a page asks for
    "--deny-permission-prompts",
    f"--js-flags=--max-old-space-size={_SCRIPT_HEAP_MIB}",
]
_SEEN = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
"""What Chromium sees of our environment: passwords and keys that stand there are none of its business."""


@dataclass(frozen=True)
class Standing:
    """As whom, and how well shut in, Chromium runs."""

    uid: int  # -1: as we do
    gid: int
    sandbox: bool

    def __str__(self) -> str:
        user = "an ordinary user" if self.uid >= 0 or os.geteuid() != 0 else "root"
        return f"{user}, {'in' if self.sandbox else 'without'} its sandbox"


class BrowserFolder:
    """A folder of Chromium's own: profile, downloads, home. Gone when it is closed, or when the next one is made."""

    def __init__(self) -> None:
        _sweep()
        self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self.downloads = self._made("downloads")
        self.profile = self._made("profile")
        self.home = self._made("home")

    def _made(self, name: str) -> Path:
        made = self.path / name
        made.mkdir(mode=0o700)
        return made

    def door(self, standing: Standing, executable: str) -> Path:
        """A command that starts Chromium as it is to stand, and hands it the folder."""
        if standing.uid >= 0:
            self.path.chmod(0o711)
            for owned in (self.downloads, self.profile, self.home):
                os.chown(owned, standing.uid, standing.gid)
        words = [sys.executable, "-ISs", str(_DOOR), standing.uid, standing.gid, self.profile, executable]
        script = self.path / "chromium"
        script.write_text(f'#!/bin/sh\nexec {shlex.join(str(word) for word in words)} "$@"\n', encoding="utf-8")
        script.chmod(0o700)
        return script

    def close(self) -> None:
        """Remove it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)


async def launch(playwright: Playwright, folder: BrowserFolder, proxy_url: str, url: str) -> tuple[Browser, Standing]:
    """Start Chromium as well shut in as this machine allows.

    Args:
        playwright: its driver.
        folder: where it may write.
        proxy_url: its only way out.
        url: the page it is wanted for; errors name it.

    Raises:
        PageFaulty: there is none, or it does not start. Cure: see `find_browser`.
    """
    executable = find_browser()
    if executable is None:
        raise PageFaulty(Failure.NO_BROWSER, url, CURE)
    told = ""
    for standing in _standings():
        try:
            browser = await _launch_as(standing, executable, playwright, folder, proxy_url)
        except (PlaywrightError, OSError) as error:
            told = _first_line(str(error))  # of the last one: it fails for no want of a sandbox
        else:
            return browser, standing
    raise PageFaulty(Failure.NO_BROWSER, url, f"{executable} does not start: {told}")


def weakness(standing: Standing) -> str | None:
    """One line about a browser that runs less well shut in than it might, with the cure; None where all is well."""
    if standing.sandbox and (standing.uid >= 0 or os.geteuid() != 0):
        return None
    cure = "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, in a container its seccomp profile)"
    if standing.uid < 0 and os.geteuid() == 0:
        cure += ", put Chromium where the user nobody can read it, or run bureauwatch as an ordinary user"
    return f"Chromium runs as {standing}; for pages from outside that is weak. Cure: {cure}"


def _standings() -> list[Standing]:
    """From the best to the one that always works."""
    ourselves = [Standing(-1, -1, sandbox=True), Standing(-1, -1, sandbox=False)]
    if os.geteuid() != 0:
        return ourselves
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return ourselves[1:]
    return [Standing(nobody.pw_uid, nobody.pw_gid, sandbox=sandbox) for sandbox in (True, False)] + ourselves[1:]


async def _launch_as(
    standing: Standing, executable: str, playwright: Playwright, folder: BrowserFolder, proxy_url: str
) -> Browser:
    seen = {name: value for name in _SEEN if (value := os.environ.get(name)) is not None}
    return await playwright.chromium.launch(
        executable_path=folder.door(standing, executable),
        args=_SWITCHES,
        ignore_default_args=["--disable-popup-blocking"],
        chromium_sandbox=standing.sandbox,
        proxy={"server": proxy_url, "bypass": "<-loopback>"},  # contexts bring their own pass; the browser itself has none
        downloads_path=folder.downloads,
        env={**seen, "HOME": str(folder.home), "TMPDIR": str(folder.home)},
        timeout=_LAUNCH_S * 1000,
        handle_sigint=False,  # when to end is for us to say: a page in hand is finished first
        handle_sigterm=False,
        handle_sighup=False,
    )


def _first_line(error: str) -> str:
    """What Chromium itself said, or else Playwright, in one line."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    own = [line.partition("[err] ")[2] for line in lines if "[err] " in line]
    return (own or lines or ["no reason given"])[0][:300]


def _sweep() -> None:
    """Remove what browsers of processes that were killed have left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if pid.isdigit() and not folder.is_symlink() and folder.lstat().st_uid == os.geteuid() and not _lives(int(pid)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
