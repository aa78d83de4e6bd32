"""Runs `python -m crawler …` for tests in processes forked from one that has imported everything. The command is the real one.

A crawl of the replica takes some 3 s of processor time as a process of its own, half of it for imports. What tests start and
kill, signal or watch (`subprocess.Popen`) stays a process of its own; so does everything where BUREAUWATCH_UNFORKED is set.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
_COMMAND = [sys.executable, "-m", "crawler"]
_LONGEST_ORDER = 1 << 20  # bytes


class ForkServer:
    """The process that forks, and what runs a command by it as `subprocess.run` would."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain  # subprocess.run
        self._folder = tempfile.TemporaryDirectory(prefix="fk")
        self._address = str(Path(self._folder.name) / "s")
        self._server: subprocess.Popen[bytes] | None = None

    def run(self, command: Any, **options: Any) -> subprocess.CompletedProcess[Any]:
        """`subprocess.run`, but faster where it is our command and its output is captured."""
        unlike = set(options) - {"capture_output", "text", "encoding", "check", "env", "cwd", "timeout"}
        if not isinstance(command, list) or command[:3] != _COMMAND or unlike or not options.get("capture_output"):
            done: subprocess.CompletedProcess[Any] = self._plain(command, **options)
            return done
        code, out, err = self._order(command[3:], options)
        if options.get("text") or options.get("encoding"):
            answer: Any = subprocess.CompletedProcess(command, code, out.decode("utf-8"), err.decode("utf-8"))
        else:
            answer = subprocess.CompletedProcess(command, code, out, err)
        if options.get("check"):
            answer.check_returncode()
        return answer  # type: ignore[no-any-return]  # of whichever of the two

    def close(self) -> None:
        """End the process that forks."""
        if self._server is not None:
            assert self._server.stdin is not None
            self._server.stdin.close()
            self._server.wait(timeout=30)
        self._folder.cleanup()

    def _order(self, words: list[str], options: dict[str, Any]) -> tuple[int, bytes, bytes]:
        if self._server is None:
            self._start()
        environment = {name: str(value) for name, value in (options.get("env") or os.environ).items()}
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder, socket.socket(socket.AF_UNIX) as line:
            order = {"words": words, "env": environment, "cwd": str(options.get("cwd") or Path.cwd()), "folder": folder}
            line.connect(self._address)
            line.settimeout(options.get("timeout"))
            line.sendall(json.dumps(order).encode() + b"\n")
            code = int(line.makefile().readline())
            return code, (Path(folder) / "out").read_bytes(), (Path(folder) / "err").read_bytes()

    def _start(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.forked", self._address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )
        assert self._server.stdout is not None
        assert self._server.stdout.readline() == b"ready\n"


def serve(address: str) -> None:
    """Fork for each order, until whoever started us is gone."""
    _import_everything()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(16)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            ready, _, _ = select.select([door, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _answer(line)
            line.close()
            _reap()


def _answer(line: socket.socket) -> NoReturn:
    """Run one order in a process of its own, and say with which code it ended."""
    text = line.makefile().readline(_LONGEST_ORDER)
    pid = os.fork()
    if pid == 0:
        line.close()
        _run(json.loads(text))
    _, status = os.waitpid(pid, 0)
    line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _run(order: dict[str, Any]) -> NoReturn:
    """The real command, in this process."""
    folder = Path(order["folder"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = (os.open(os.devnull, os.O_RDONLY), os.open(folder / "out", flags), os.open(folder / "err", flags))
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    sys.argv = ["bureauwatch", *order["words"]]
    from crawler.cli import main  # noqa: PLC0415  imported long ago

    main()
    sys.exit(0)


def _import_everything() -> None:
    """All modules of ours; those of Scrapy and Twisted that install a reactor are left to the command itself."""
    for name in ("seeds", "storage", "spiders", "crawler"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    assert "twisted.internet.reactor" not in sys.modules, "a module of ours installs a reactor when it is imported"


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    serve(sys.argv[1])
