"""Run by itself, before Chromium: leaves root behind and becomes Chromium. Starts nothing else, imports nothing of ours.

`python -ISs browser_door.py UID GID PROFILE CHROMIUM ARGUMENT…`; UID -1 stays who it is.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Become Chromium, or end with the error that says why not."""
    uid, gid = (int(word) for word in sys.argv[1:3])
    profile, executable, *arguments = sys.argv[3:]
    parent = os.getppid()
    try:
        if uid >= 0:
            os.setgroups([])
            os.setresgid(gid, gid, gid)
            os.setresuid(uid, uid, uid)
        _die_with_parent(parent)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Playwright's own profile folder belongs to whoever runs Playwright; of two such switches Chromium takes the last.
        os.execv(executable, [executable, *arguments, f"--user-data-dir={profile}"])  # noqa: S606  no shell is wanted
    except OSError as error:
        sys.exit(f"as user {os.geteuid()}: {error.strerror}")


def _die_with_parent(parent: int) -> None:
    """However Playwright's driver ends, the browser does not outlive it."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):  # no Linux: the driver's pipe, once broken, ends Chromium too
        return
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
