"""Ends renderers that have grown too large, and counts a browser's memory. Reads /proc; where there is none, does nothing."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class BrowserProcess:
    """One process of a browser."""

    pid: int
    is_renderer: bool
    resident_bytes: int  # shared pages included


async def end_large_renderers(profile: Path, most_bytes: int, every_s: float) -> None:
    """Look again and again, until cancelled; a renderer over the limit is killed, its page crashes, all others go on."""
    while True:
        await asyncio.sleep(every_s)
        for process in browser_processes(profile):
            if process.is_renderer and process.resident_bytes > most_bytes:
                with suppress(OSError):  # it has just ended
                    os.kill(process.pid, signal.SIGKILL)


def browser_processes(profile: Path) -> list[BrowserProcess]:
    """The living processes of the browser that uses this profile folder.

    All of them are in the process group of the first, which Playwright starts in a group of its own.
    """
    groups = {pid: group for pid in _pids() if (group := _group(pid)) is not None}
    mark = f"--user-data-dir={profile}".encode()
    heads = {group for pid, group in groups.items() if pid == group and mark in _command(pid)}
    found = []
    for pid, group in groups.items():
        if group in heads:
            with suppress(OSError):
                resident = int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE_BYTES
                found.append(BrowserProcess(pid, b"--type=renderer" in _command(pid), resident))
    return found


def _pids() -> list[int]:
    try:
        return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    except OSError:
        return []


def _group(pid: int) -> int | None:
    """The process group; None for a process that has ended, reaped or not."""
    try:
        state, _, group = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return None
    return int(group) if state != "Z" else None


def _command(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
