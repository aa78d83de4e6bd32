"""Runs the real command in processes that kill themselves at a named step. Judges nothing: `tests.crash_stage` does.

As a programme it reads orders (JSON, one a line), forks a process for each from one that has imported everything, and
writes its id when it begins and its exit code when it has ended. Or, called with a file's name and a
command's words, it runs that command from its very start, and notes in the file how long the archive took to open.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from tests.crash_wraps import Only, always, nothing, wrap_after, wrap_after_awaited, wrap_before


class Doom:
    """Kills this process, without warning, when it is called for the n-th time."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Transaction:
    """The transaction under way: what a step asks of it, and what a planted bug puts off to after it."""

    def __init__(self) -> None:
        self.is_meant = False  # its COMMIT is the one that a step names
        self.before: Callable[[], None] = nothing
        self.after: Callable[[], None] = nothing
        self.put_off: list[Callable[[], None]] = []
        self._watch_connections()

    def around_the_commit_of(
        self,
        owner: Any,
        name: str,
        *,
        before: Callable[[], None] | None = None,
        after: Callable[[], None] | None = None,
        only: Only = always,
    ) -> None:
        """Do something before or after the COMMIT of each transaction in which a function was called."""
        self.before, self.after = before or nothing, after or nothing
        wrap_after(owner, name, lambda: setattr(self, "is_meant", True), only=only)

    def committed(self, execute: Callable[[str], Any], *, meant: bool) -> None:
        """A COMMIT was done."""
        if meant:
            self.after()
        late, self.put_off = self.put_off, []
        if late:
            execute("BEGIN IMMEDIATE")
            for owe in late:
                owe()
            execute("COMMIT")

    def _watch_connections(self) -> None:
        """Let every connection opened from now on say when it commits."""
        from pysqlite3 import dbapi2  # noqa: PLC0415  only a forked process pays for it

        under_way, connect = self, dbapi2.connect

        class Watched(dbapi2.Connection):  # type: ignore[misc]
            def execute(self, sql: str, *values: Any) -> Any:
                if sql == "BEGIN IMMEDIATE":
                    under_way.is_meant = False
                meant = sql == "COMMIT" and under_way.is_meant
                if meant:
                    under_way.before()
                done = super().execute(sql, *values)
                if sql == "COMMIT":
                    under_way.committed(super().execute, meant=meant)
                return done

        dbapi2.connect = lambda *words, **named: connect(*words, factory=Watched, **named)


def owe_after_the_commit(transaction: Transaction) -> None:
    """The bug that the harness must find: alerts are owed in a transaction of their own, after the event's."""
    from storage import outbox  # noqa: PLC0415  as above

    owe = outbox.owe

    def late(*words: Any, **named: Any) -> None:
        transaction.put_off.append(lambda: owe(*words, **named))

    outbox.owe = late


def is_letter(_protocol: object, written: bytes) -> bool:
    """Whether these bytes are a whole letter with its final dot."""
    return len(written) > 100 and written.endswith(b"\r\n.\r\n")


def half_of_the_letter(doom: Doom) -> None:
    """Write half of the n-th letter, then die."""
    from aiosmtplib.protocol import SMTPProtocol  # noqa: PLC0415  as above

    write = SMTPProtocol.write

    def halved(line: SMTPProtocol, written: bytes) -> None:
        if is_letter(line, written):
            if doom.left == 1:
                write(line, written[: len(written) // 2])
            doom()
        write(line, written)

    SMTPProtocol.write = halved  # type: ignore[method-assign, assignment]


def answer_to_the_dot(doom: Doom) -> None:
    """Die when the answer to the n-th final dot has been read."""
    from aiosmtplib.protocol import SMTPProtocol  # noqa: PLC0415  as above

    dotted: list[bool] = []

    def answered() -> None:
        if dotted:
            dotted.clear()
            doom()

    wrap_after(SMTPProtocol, "write", lambda: dotted.append(True), only=is_letter)
    wrap_after_awaited(SMTPProtocol, "read_response", answered)


def prepare(step: str, nth: int, *, planted: bool) -> None:
    """Wrap what a step names, so that its n-th occurrence kills this process."""
    doom, transaction = Doom(nth), Transaction()
    if planted:
        owe_after_the_commit(transaction)
    if step:
        {**steps_of_storing(doom, transaction), **steps_of_posting(doom, transaction)}[step]()


Steps = dict[str, Callable[[], None]]


def steps_of_storing(doom: Doom, transaction: Transaction) -> Steps:
    """From a visit's bytes to the end of its run."""
    from crawler.capture.warc import WarcFolder  # noqa: PLC0415  as above
    from storage import archive, captures, outbox, watches  # noqa: PLC0415  as above

    return {
        "before the WARC record": lambda: wrap_before(WarcFolder, "keep", doom),
        "after the WARC record": lambda: wrap_after(WarcFolder, "keep", doom),
        "after the WARC record is on disk": lambda: wrap_after(WarcFolder, "settle", doom),
        "after the capture's row": lambda: wrap_after(captures, "add", doom),
        "after the version's row": lambda: wrap_after(archive, "add_version", doom),
        "after the event's row": lambda: wrap_after(archive, "add_event", doom),
        "after the alert's row": lambda: wrap_after(outbox, "owe", doom),
        "before the event's commit": lambda: transaction.around_the_commit_of(outbox, "owe", before=doom),
        "after the event's commit": lambda: transaction.around_the_commit_of(outbox, "owe", after=doom),
        "after the run's end": lambda: wrap_after(watches, "finish_run", doom),
        "after the run's end is committed": lambda: transaction.around_the_commit_of(watches, "finish_run", after=doom),
    }


def steps_of_posting(doom: Doom, transaction: Transaction) -> Steps:
    """From a letter's row to the mark that it was sent."""
    import aiosmtplib  # noqa: PLC0415  as above
    from aiosmtplib.protocol import SMTPProtocol  # noqa: PLC0415  as above

    from storage import outbox  # noqa: PLC0415  as above

    smtp = aiosmtplib.SMTP

    def with_notices(_db: object, _letter: object, _recipient: object, notices: tuple[object, ...]) -> bool:
        return bool(notices)

    def is_data(_client: object, *words: bytes, **_named: object) -> bool:
        return words == (b"DATA",)

    return {
        "after the letter's row": lambda: wrap_after(outbox, "bind", doom),
        "after the letter is committed": lambda: transaction.around_the_commit_of(outbox, "bind", after=doom),
        "after the notice's row": lambda: wrap_after(outbox, "note", doom, only=with_notices),
        "after the notice is committed": lambda: transaction.around_the_commit_of(
            outbox, "note", after=doom, only=with_notices
        ),
        "after the try's row": lambda: wrap_after(outbox, "begin_try", doom),
        "after the try is committed": lambda: transaction.around_the_commit_of(outbox, "begin_try", after=doom),
        "after the connection": lambda: wrap_after_awaited(smtp, "connect", doom),
        "after MAIL": lambda: wrap_after_awaited(smtp, "mail", doom),
        "after RCPT": lambda: wrap_after_awaited(smtp, "rcpt", doom),
        "after 354": lambda: wrap_after_awaited(smtp, "execute_command", doom, only=is_data),
        "after half of the letter": lambda: half_of_the_letter(doom),
        "after the final dot": lambda: wrap_after(SMTPProtocol, "write", doom, only=is_letter),
        "after the answer to the dot": lambda: answer_to_the_dot(doom),
        "before the mark": lambda: wrap_before(outbox, "sent", doom),
        "after the mark's row": lambda: wrap_after(outbox, "sent", doom),
        "after the mark is committed": lambda: transaction.around_the_commit_of(outbox, "sent", after=doom),
    }


def run_command(words: list[str]) -> NoReturn:
    """The real command, in this process."""
    from crawler.cli import main  # noqa: PLC0415  as above

    sys.argv = ["bureauwatch", *words]
    main()
    sys.exit(0)


def serve() -> None:
    """Fork a process for each order."""
    import crawler.cli  # noqa: PLC0415  what every forked process needs is imported once, here
    import crawler.commands.visiting  # noqa: F401, PLC0415  as above

    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            nowhere = os.open(os.devnull, os.O_RDONLY)
            for to, number in ((nowhere, 0), (log, 1), (log, 2)):
                os.dup2(to, number)
            prepare(order["step"], order["nth"], planted=order["planted"])
            run_command(order["words"])
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run_noting(marks: Path, words: list[str]) -> None:
    """The real command from its start, noting when its archive is open: CPU seconds of all and of the opening, and wall time."""
    from crawler.schedule.session import Session  # noqa: PLC0415  as above

    plain = Session.open

    def opened(*values: Any, **named: Any) -> Session:
        begun = time.process_time()
        session = plain(*values, **named)
        cpu = time.process_time()
        marks.write_text(json.dumps([cpu, cpu - begun, time.time() - float(os.environ["BEGUN"])]), encoding="utf-8")
        return session

    Session.open = opened  # type: ignore[method-assign]
    run_command(words)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_noting(Path(sys.argv[1]), sys.argv[2:])
    else:
        serve()
