"""The closed vocabulary of ways in which a visit can fail, and the exceptions that carry it. Decides nothing."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Outcome(Enum):
    """What a visit came to. Only OK and UNCHANGED are good news; no other one ever means "nothing new"."""

    OK = "ok"
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # somebody answered, and would not let us read: later, slower, or in a browser
    UNREADABLE = "unreadable"  # the page came, and is not what its reader knows: somebody must look
    GONE = "gone"  # the document itself is not there any more: perhaps withdrawn
    UNREACHABLE = "unreachable"  # nobody answered
    TRUNCATED = "truncated"  # the body broke off
    EMPTY = "empty"  # a success with nothing in it
    MAINTENANCE = "maintenance"  # the site says that it is being worked on


class Failure(Enum):
    """The class of a failure: its name in issues, its outcome, and what a person can do about it."""

    outcome: Outcome
    hint: str

    def __new__(cls, name: str, outcome: Outcome, hint: str) -> Self:
        """Make the member's value its name; keep outcome and hint beside it."""
        member = object.__new__(cls)
        member._value_ = name
        member.outcome = outcome
        member.hint = hint
        return member

    HTTP_ERROR = (
        "http_error",
        Outcome.UNREACHABLE,
        "the server answered with an error; it is tried again by itself. If it lasts, open the address in a browser",
    )
    NOT_FOUND = (
        "not_found",
        Outcome.GONE,
        "the page is not there; after the required sightings a known report is reported as withdrawn. "
        "If this is a listing, the column has moved: mend listing_url in the seed",
    )
    REDIRECTED_HOME = (
        "redirected_home",
        Outcome.GONE,
        "the address leads to the home page or a login page, as withdrawn pages do. "
        "If this is a listing, the column has moved: mend listing_url in the seed",
    )
    BROKEN_LINK = (
        "broken_link",
        Outcome.GONE,
        "the column still lists the document, but its address answers that it is gone; not counted as withdrawn",
    )
    CHALLENGE = (
        "challenge",
        Outcome.REFUSED,
        'the site sent a script challenge instead of the page; set render = "browser" for this watch, or visit less often',
    )
    CAPTCHA = ("captcha", Outcome.REFUSED, "the site asks for a CAPTCHA; it is not solved for you. Visit less often")
    LOGIN = (
        "login",
        Outcome.REFUSED,
        "the site asks for a login where the page should be; only what is open to everybody is read. Find the public address",
    )
    FORBIDDEN = (
        "forbidden",
        Outcome.REFUSED,
        "the site's firewall refused us; visit less often, say who you are in [crawl] contact, or ask the bureau",
    )
    RATE_LIMITED = (
        "rate_limited",
        Outcome.REFUSED,
        "the site asks for fewer requests; raise [crawl] delay_s. It is tried again later by itself",
    )
    ROBOTS_DENIED = (
        "robots_denied",
        Outcome.REFUSED,
        "the site's robots.txt forbids this address; [crawl] obey_robots = false ignores it, at your own judgement",
    )
    BLOCKED_HOST = (
        "blocked_host",
        Outcome.REFUSED,
        "the address leads into a private network; if that is meant, name its exact host:port in [crawl] allow_private",
    )
    UNEXPECTED_STRUCTURE = (
        "unexpected_structure",
        Outcome.UNREADABLE,
        "the page came but could not be read; the site may have been rebuilt. Look at it, then mend the seed or the family",
    )
    CUT_SHORT = (
        "cut_short",
        Outcome.UNREADABLE,
        "the list was not read to its end; what was read stands, older reports may be missing",
    )
    UPHEAVAL = (
        "upheaval",
        Outcome.UNREADABLE,
        "many known reports changed alike, or cannot be had, at once, as after a rebuilding or an outage; none is told by "
        "itself. Look at the site; if it was rebuilt, mend the seed. What is gone for 7 days is told in one line",
    )
    UNSETTLED = (
        "unsettled",
        Outcome.UNREADABLE,
        "the page shows another text from visit to visit, so no change of it is told until two visits agree; open it in a "
        "browser, several times",
    )
    RESTLESS = (
        "restless",
        Outcome.UNREADABLE,
        "the text changes at nearly every visit; further changes are kept and nobody is told, until 7 calm days or three "
        "visits that agree. Look with `bureauwatch diff` at what changes",
    )
    SHRUNK = (
        "shrunk",
        Outcome.UNREADABLE,
        "the list shows less than half of what its last whole walk showed; open it in a browser. If the column moved, mend "
        "listing_url in the seed",
    )
    SILENT = (
        "silent",
        Outcome.UNREADABLE,
        "no new report for far longer than between any two before; see whether they are published elsewhere now, and mend "
        "listing_url in the seed or add that column",
    )
    EXTRACT_FAILED = (
        "extract_failed",
        Outcome.UNREADABLE,
        "the page came but reading its text failed or took too long; the bytes are kept. Please report it",
    )
    TOO_LARGE = ("too_large", Outcome.UNREADABLE, "the body is over the cap and was not kept; its link is still known")
    REDIRECT_LOOP = (
        "redirect_loop",
        Outcome.UNREADABLE,
        "the address leads in a circle or on too often; open it in a browser and write where it ends into the seed",
    )
    DOWNGRADE = (
        "downgrade",
        Outcome.REFUSED,
        "the site redirects from https to http, where anybody on the way could change the page; if that must be, set "
        "allow_http = true for this watch",
    )
    EMPTY_BODY = (
        "empty_body",
        Outcome.EMPTY,
        "the server said OK and sent next to nothing; nothing is taken from it. It is tried again by itself",
    )
    MAINTENANCE = ("maintenance", Outcome.MAINTENANCE, "the site says it is under maintenance; it is tried again by itself")
    TRUNCATED = ("truncated", Outcome.TRUNCATED, "the body broke off; nothing of it is kept. It is tried again by itself")
    TIMEOUT = (
        "timeout",
        Outcome.UNREACHABLE,
        "no answer in time; it is tried again by itself. Many sites answer only inside China",
    )
    DNS = ("dns", Outcome.UNREACHABLE, "the host's name is not known; check listing_url and this machine's DNS")
    NETWORK = (
        "network",
        Outcome.UNREACHABLE,
        "no connection; it is tried again by itself. Check the address and this machine's network",
    )
    TLS = (
        "tls",
        Outcome.UNREACHABLE,
        "no encrypted connection came about; open the address in a browser to see why",
    )
    TLS_CERTIFICATE = (
        "tls_certificate",
        Outcome.UNREACHABLE,
        "the site's certificate cannot be trusted, and no setting overrides that; check this machine's clock and CA "
        "certificates, or tell the bureau",
    )
    TLS_VERSION = (
        "tls_version",
        Outcome.UNREACHABLE,
        'the site speaks only TLS 1.0 or 1.1; set tls = "legacy" for this watch, its certificate is checked all the same',
    )
    TLS_CIPHER = (
        "tls_cipher",
        Outcome.UNREACHABLE,
        'the site has no encryption in common with us, or keys too short for today; set tls = "legacy" for this watch',
    )
    TLS_RENEGOTIATION = (
        "tls_renegotiation",
        Outcome.UNREACHABLE,
        'the site\'s TLS is from before 2010 (no RFC 5746); set tls = "legacy" for this watch, its certificate is checked '
        "all the same",
    )
    TLS_UNSUPPORTED = (
        "tls_unsupported",
        Outcome.UNREACHABLE,
        "the site answers in no TLS that is known here: perhaps only 国密 (SM2, TLCP), which cannot be read, or none at all "
        'on that port; try http://, or another site that carries the column. tls = "legacy" is worth one try, no more',
    )
    PROTOCOL = ("protocol", Outcome.UNREACHABLE, "what answered does not speak proper HTTP; check the address and its port")
    NO_BROWSER = (
        "no_browser",
        Outcome.UNREADABLE,
        "this page needs a browser and none was found or it failed to start; see `bureauwatch check-config`",
    )


class VisitError(Exception):
    """Root of everything that can go wrong with one visit.

    Args:
        failure: its class.
        url: the address that was visited.
        detail: what was seen, in one line (status, size, selector and count).
    """

    def __init__(self, failure: Failure, url: str, detail: str) -> None:
        super().__init__(f"{failure.value}: {detail} ({url})")
        self.failure = failure
        self.url = url
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled field by field: pages are read in child processes, and a subclass may take fewer arguments than the root."""
        return _revived, (type(self), self.failure, self.url, self.detail)


def _revived(cls: type[VisitError], failure: Failure, url: str, detail: str) -> VisitError:
    error = cls.__new__(cls)
    VisitError.__init__(error, failure, url, detail)
    return error


class PageUnreadable(VisitError):
    """The page came and its reader does not know it: the layout changed. Cure: look, then mend seed or family."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(Failure.UNEXPECTED_STRUCTURE, url, detail)


class PageRefused(VisitError):
    """Somebody answered and would not let us read: a firewall, a challenge, a rate limit. Cure: later, slower, browser."""


class PageGone(VisitError):
    """The document is not there any more (404, 410, soft 404, redirect to the home page)."""


class PageFaulty(VisitError):
    """The visit brought nothing usable for a reason of its own: empty, truncated, too large, unreachable."""
