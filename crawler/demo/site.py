"""The replica of two bureaus' sites on this machine, as one thing to start, change and stop. Watches nothing.

Run by itself: `python -m crawler.demo.site --port 8801` serves on 8801 and 8802 until Ctrl-C, and is changed over
POST /__control (verbs: `crawler.demo.control`).
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.demo import state as moves
from crawler.demo.background import BackgroundLoop
from crawler.demo.bodies import BodyTemplate
from crawler.demo.control import ControlEndpoint
from crawler.demo.documents import MINHANG, SHANGHAI, Document
from crawler.demo.faults import Fault
from crawler.demo.seeds_for_demo import seed_blocks
from crawler.demo.serving import ALL_PAGES, LiveBureau, Request
from crawler.demo.state import BureauState, ReplicaError, opening_state


class ReplicaSite:
    """Both bureaus, each on its own port of 127.0.0.1, in a thread of their own.

    Reports are named by their slugs (`documents.manuscripts`). Methods may be called from any thread; each takes effect
    with the next request, and raises ReplicaError, with the cure, for what makes no sense.

    Args:
        ports: of the Shanghai and the Minhang replica; 0 takes any free one.
        seed: of the noise.
        clock: tells the time in Asia/Shanghai; pages print today's date.
    """

    def __init__(self, *, ports: tuple[int, int] = (0, 0), seed: int = 1, clock: Callable[[], datetime] | None = None) -> None:
        self._seed = seed
        now = clock or (lambda: datetime.now(ZoneInfo("Asia/Shanghai")))
        control = ControlEndpoint(self)
        self._bureaus = {
            bureau_id: LiveBureau(self._opening(bureau_id), port, now, control.respond)
            for bureau_id, port in zip((SHANGHAI, MINHANG), ports, strict=True)
        }
        self._loop: BackgroundLoop | None = None

    def start(self) -> Self:
        """Listen on both ports.

        Raises:
            OSError: a port is taken; choose another, or 0.
        """
        if self._loop is not None:
            return self
        self._loop = BackgroundLoop("replica site")
        try:
            for bureau_id in self._bureaus:
                self.bring_up(bureau_id)
        except OSError:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Close both ports and end the thread; `start` opens the same ports again."""
        if self._loop is not None:
            for bureau_id in self._bureaus:
                self.take_down(bureau_id)
            self._loop.close()
            self._loop = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.stop()

    def url_of(self, bureau_id: str) -> str:
        """Scheme, host and port of a bureau's site, no slash at its end."""
        return self._bureau(bureau_id).url

    def host_port(self, bureau_id: str) -> str:
        """`127.0.0.1:<port>`, as `[crawl] allow_private` wants it."""
        return urlsplit(self.url_of(bureau_id)).netloc

    def listing_url(self, bureau_id: str, page: int = 1) -> str:
        """Address of listing page `page` (1-based)."""
        bureau = self._bureau(bureau_id)
        return bureau.url + bureau.state.listing_path(page)

    def address_of(self, report: str) -> str:
        """Address of a report's page, whether or not it is served now."""
        bureau = self._home_of(report)
        return bureau.url + bureau.state.path_of(bureau.state.posting(report))

    def attachment_address(self, report: str, name: str) -> str:
        """Address of one of a report's attachments."""
        bureau = self._home_of(report)
        return bureau.url + bureau.state.attachment_path(bureau.state.posting(report), name)

    def document(self, report: str) -> Document:
        """A report as it stands now: what a reader should make of its page."""
        return self._home_of(report).state.posting(report).document

    def state_of(self, bureau_id: str) -> BureauState:
        """A bureau's site as it stands."""
        return self._bureau(bureau_id).state

    def requests(self, bureau_id: str) -> tuple[Request, ...]:
        """What was asked of a bureau's site, oldest first."""
        return self._bureau(bureau_id).requests()

    def seeds(self) -> str:
        """The seed file that watches this replica."""
        return seed_blocks({bureau_id: (bureau.url, bureau.state) for bureau_id, bureau in self._bureaus.items()})

    def add(self, bureau_id: str, report: str, document: Document) -> None:
        """Lay a document of one's own into the drawer, to be published."""
        if any(posting.slug == report for bureau in self._bureaus.values() for posting in bureau.state.postings):
            raise ReplicaError(f"report {report!r} is already there; choose another slug")
        self._bureau(bureau_id).change(lambda state: moves.added(state, report, document))

    def publish(self, report: str) -> None:
        """A draft goes on top of the list."""
        self._home_of(report).change(lambda state: moves.published(state, report))

    def revise(self, report: str, old: str, new: str) -> None:
        """Edit one place of a report's text."""
        self._home_of(report).change(lambda state: moves.revised(state, report, old, new))

    def withdraw(self, report: str) -> None:
        """The list drops the report and its page answers 404."""
        self._home_of(report).change(lambda state: moves.withdrawn(state, report))

    def restore(self, report: str) -> None:
        """A withdrawn or unlisted report stands where it stood."""
        self._home_of(report).change(lambda state: moves.restored(state, report))

    def unlist(self, report: str) -> None:
        """The list drops the report; its page is still served."""
        self._home_of(report).change(lambda state: moves.unlisted(state, report))

    def move_down(self, report: str, places: int = moves.PAGE_SIZE) -> None:
        """The report goes down the list by so many rows; by default to the next page."""
        self._home_of(report).change(lambda state: moves.moved_down(state, report, places))

    def readdress(self, report: str) -> None:
        """The same report gets another address; the old one answers 404."""
        self._home_of(report).change(lambda state: moves.readdressed(state, report))

    def change_attachments(self, report: str) -> None:
        """The report's files get other bytes under their old addresses."""
        self._home_of(report).change(lambda state: moves.attachments_changed(state, report))

    def reseed_noise(self, seed: int) -> None:
        """Draw counters, related lists and tokens anew, on both sites."""
        self._change_all(lambda state: replace(state, noise_seed=seed))

    def steady(self, *, on: bool) -> None:
        """Without noise: the same bytes at each visit of a day, with ETag and Last-Modified."""
        self._change_all(lambda state: replace(state, steady=on))

    def serve_static(self, *, on: bool) -> None:
        """Minhang's list with its rows in the HTML instead of by script."""
        self._bureau(MINHANG).change(lambda state: replace(state, script_built=not on))

    def set_template(self, template: BodyTemplate | str) -> None:
        """Set the bodies of all reports of both sites in another way."""
        try:
            chosen = BodyTemplate(template)
        except ValueError as error:
            raise ReplicaError(f"no template {template!r}; there are {', '.join(t.value for t in BodyTemplate)}") from error
        self._change_all(lambda state: moves.retemplated(state, chosen))

    def fail(self, where: str, fault: str) -> None:
        """Misbehave until mended.

        Args:
            where: a full address of the replica, a report, a bureau's id (all its pages), or "*" (all pages of both);
                all pages do not include robots.txt and /static/.
            fault: as `faults.FaultKind` spells it, e.g. `status:503`, `challenge`, `oversize:25000000`.
        """
        spelled = Fault.named(fault)
        for bureau, path in self._places(where):
            bureau.fail(path, spelled)

    def mend(self) -> None:
        """Behave everywhere."""
        for bureau in self._bureaus.values():
            bureau.mend()

    def take_down(self, bureau: str) -> None:
        """Close a bureau's port: connections are refused."""
        self._running().run(self._bureau(bureau).stop())

    def bring_up(self, bureau: str) -> None:
        """Open a bureau's port; nothing happens where it is open."""
        self._running().run(self._bureau(bureau).start())

    def reset(self) -> None:
        """Everything stands as at the start; the request logs stay."""
        self.mend()
        for bureau_id in self._bureaus:
            self._set_back(bureau_id)

    def describe(self) -> dict[str, Any]:
        """Both sites' states, fit for JSON: the control endpoint's answer."""
        return {
            bureau_id: {
                "listing": self.listing_url(bureau_id),
                "pages": bureau.state.page_count,
                "reports": {
                    posting.slug: {"standing": posting.standing.value, "url": self.address_of(posting.slug)}
                    for posting in bureau.state.postings
                },
            }
            for bureau_id, bureau in self._bureaus.items()
        }

    def _set_back(self, bureau_id: str) -> None:
        self._bureau(bureau_id).change(lambda _state: self._opening(bureau_id))

    def _opening(self, bureau_id: str) -> BureauState:
        return replace(opening_state(bureau_id), noise_seed=self._seed)

    def _bureau(self, bureau_id: str) -> LiveBureau:
        if bureau_id not in self._bureaus:
            raise ReplicaError(f"no bureau {bureau_id!r}; there are {', '.join(self._bureaus)}")
        return self._bureaus[bureau_id]

    def _home_of(self, report: str) -> LiveBureau:
        for bureau in self._bureaus.values():
            if any(posting.slug == report for posting in bureau.state.postings):
                return bureau
        known = [posting.slug for bureau in self._bureaus.values() for posting in bureau.state.postings]
        raise ReplicaError(f"no report {report!r}; there are {', '.join(known)}")

    def _places(self, where: str) -> list[tuple[LiveBureau, str]]:
        if where == "*":
            return [(bureau, ALL_PAGES) for bureau in self._bureaus.values()]
        if where in self._bureaus:
            return [(self._bureaus[where], ALL_PAGES)]
        address = urlsplit(where if "://" in where else self.address_of(where))
        for bureau_id, bureau in self._bureaus.items():
            if address.netloc == self.host_port(bureau_id):
                return [(bureau, address.path or "/")]
        raise ReplicaError(f"{where} is not on this replica; its hosts are {', '.join(map(self.host_port, self._bureaus))}")

    def _change_all(self, move: Callable[[BureauState], BureauState]) -> None:
        for bureau in self._bureaus.values():
            bureau.change(move)

    def _running(self) -> BackgroundLoop:
        if self._loop is None:
            raise ReplicaError("the replica is not running; start() it")
        return self._loop


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m crawler.demo.site", description="A replica of two bureaus' sites.")
    parser.add_argument("--port", type=int, default=8801, help="of the Shanghai replica; Minhang's is the next (0: any free)")
    port = parser.parse_args().port
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # before the thread starts, which inherits it
    with ReplicaSite(ports=(port, port + 1 if port else 0)) as site:
        for bureau_id in (SHANGHAI, MINHANG):
            sys.stdout.write(f"{site.state_of(bureau_id).name}\t{site.listing_url(bureau_id)}\n")
        control = site.url_of(SHANGHAI) + "/__control"
        sys.stdout.write(f"control\t{control} (verbs: crawler/demo/control.py)\n\n{site.seeds()}")
        sys.stdout.flush()
        signal.sigwait(signals)


if __name__ == "__main__":
    main()
