"""Finds a Chromium on this machine, or, asked to, tries to install one. Starts none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = "BUREAUWATCH_CHROMIUM"
_SYSTEM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_BEHIND_WRAPPERS = Path("/usr/lib/chromium")  # Debian's commands are shell scripts that stay in between, one process more
CURE = (
    "no Chromium was found: install Debian's package chromium-headless-shell, run `playwright install --only-shell chromium`, "
    f"or name an executable in {ENVIRONMENT}"
)


def find_browser() -> str | None:
    """The executable to use: as BUREAUWATCH_CHROMIUM says, else Playwright's own, else the system's; None if there is none."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return shutil.which(named)
    return _playwrights_own() or next((found for name in _SYSTEM_NAMES if (found := _systems(name))), None)


def install_browser() -> str | None:
    """Try to get one: by Playwright's installer, then, as root on Debian, by apt. Returns the executable, or None."""
    installer = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    if _run(installer, dict(os.environ)) and (found := find_browser()):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], quiet)
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"], quiet)
    return find_browser()


def main() -> None:
    """`python -m crawler.capture.find_browser [--install]`: print the executable, or in one line what to install."""
    found = find_browser() or (install_browser() if "--install" in sys.argv else None)
    print(f"browser: {found}" if found else f"browser: {CURE}. Sites that need none work all the same.")  # noqa: T201  its output


def _playwrights_own() -> str | None:
    """The headless shell that Playwright's installer has put into its folder, the newest one."""
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    shells = sorted(folder.glob("chromium*/chrome-*linux*/*hell"), key=lambda path: path.stat().st_mtime)
    return str(shells[-1]) if shells else None


def _systems(name: str) -> str | None:
    """The system's executable of that name, not the script before it."""
    return shutil.which(name, path=str(_BEHIND_WRAPPERS)) or shutil.which(name)


def _run(command: list[str], environment: dict[str, str]) -> bool:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=600, check=False)  # noqa: S603  fixed commands
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    main()
