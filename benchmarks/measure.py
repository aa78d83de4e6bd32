"""Runs a command and measures what it took, its children and their orphans included. Linux only: it reads /proc."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
_BETWEEN_LOOKS_S = 0.2


class BenchError(Exception):
    """A run did not do what was to be measured; the message says what was seen."""


@dataclass(frozen=True)
class Usage:
    """What a command took."""

    wall_s: float
    cpu_s: float  # user and system time of all its processes
    memory_bytes: int  # peak of the sum of its processes' proportional shares (PSS); looked at every 0.2 s
    memory_over_time: tuple[int, ...]  # each of those looks, bytes


@dataclass(frozen=True)
class Measured:
    """A command that ended with exit code 0."""

    usage: Usage
    stdout: str
    stderr: str


def measured(command: Sequence[str]) -> Measured:
    """Run a command to its end.

    The processor time of a process is counted by the kernel for whoever waits for it. Python's fork server, which the
    product's cleaning processes come from, outlives the command: orphans of the command's group are therefore handed to
    this process (PR_SET_CHILD_SUBREAPER) and waited for.

    Raises:
        BenchError: it ended with another exit code than 0.
    """
    with _orphans_come_to_us(), tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, start_new_session=True, env={**os.environ, "PYTHONUTF8": "1"}
        )
        memory = _MemoryWatch(process.pid)
        status, cpu_s = _wait(process.pid)
        wall_s = time.perf_counter() - begun
        memory.stop()
        usage = Usage(wall_s, cpu_s + _wait_for_orphans(process.pid), max(memory.samples), tuple(memory.samples))
        process.returncode = os.waitstatus_to_exitcode(status)
        for output in (stdout, stderr):
            output.seek(0)
        if process.returncode != 0:
            raise BenchError(f"{' '.join(command)} ended with exit code {process.returncode}:\n{stderr.read()}")
        return Measured(usage, stdout.read(), stderr.read())


class _MemoryWatch:
    """Looks at the memory of a session's processes from a thread, until stopped."""

    def __init__(self, session: int) -> None:
        self.samples: list[int] = [0]
        self._session = session
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stopped.wait(_BETWEEN_LOOKS_S):
            self.samples.append(_memory_of_session(self._session))


@contextmanager
def _orphans_come_to_us() -> Iterator[None]:
    system = ctypes.CDLL(None)
    if system.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise BenchError("this system does not hand us a command's orphans; the benchmark needs Linux")
    try:
        yield
    finally:
        system.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _wait(pid: int) -> tuple[int, float]:
    """Wait for the command itself, whatever of its group may end before."""
    spent_s = 0.0
    while True:
        ended, status, usage = os.wait4(-pid, 0)
        spent_s += usage.ru_utime + usage.ru_stime
        if ended == pid:
            return status, spent_s


def _wait_for_orphans(group: int) -> float:
    """End what the command left behind, and return the processor time of it all (seconds)."""
    spent_s = 0.0
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-group, 0)
            spent_s += usage.ru_utime + usage.ru_stime
    return spent_s


def _memory_of_session(session: int) -> int:
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[3]) == session:
                total += _share(folder)
    return total


def _share(folder: Path) -> int:
    rollup = (folder / "smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:")), 0)
