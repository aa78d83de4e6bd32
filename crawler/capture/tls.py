"""Encrypts connections: today's TLS for every host, that of before 2010 for the named ones. Forgives no certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import X509
from twisted.internet._sslverify import ClientTLSOptions, _verifyCB
from twisted.internet.ssl import CertificateOptions, OpenSSLDefaultPaths, TLSVersion
from twisted.python.failure import Failure as TwistedFailure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from spiders.failures import Failure, PageFaulty

_LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: servers without RFC 5746
# Level 1 admits short keys; TLS 1.0 and 1.1 sign with SHA-1, which OpenSSL 3 and 4 admit at level 0 only (measured with 4.0.3).
_LEGACY_CIPHERS = b"DEFAULT:!aNULL:!eNULL:@SECLEVEL=0"
# What OpenSSL's verification found (x509_vfy.h), in words.
_CERTIFICATE_FAULTS = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate is self-signed",
    19: "the chain ends in a root that nobody here vouches for",
    20: "an intermediate certificate is missing, or nobody here vouches for its issuer",
    21: "an intermediate certificate is missing, or nobody here vouches for its issuer",
    23: "the certificate was revoked",
}
# Of these a laxer security level makes nothing of.
_WEAK_CERTIFICATE = {
    66: "the certificate's key is too short",
    67: "a certificate of the chain has too short a key",
    68: "a certificate of the chain is signed with a broken hash",
}
_TRUSTED: Any = OpenSSLDefaultPaths()  # this machine's certificates; Twisted's interfaces are no types


@implementer(IPolicyForHTTPS)
class PerHostTls:
    """Which encryption a host is offered.

    The relaxed context is never tried by itself: some modern sites hang under it, and whoever sits on the line could force
    it upon us.

    Args:
        is_legacy: whether a host's seed says `tls = "legacy"`.
    """

    def __init__(self, is_legacy: Callable[[str], bool]) -> None:
        self._is_legacy = is_legacy
        self._options: dict[bool, CertificateOptions] = {}  # made once a crawl: the CA certificates are read from disk

    def creatorForNetloc(self, hostname: bytes, port: int) -> ClientTLSOptions:  # noqa: ARG002, N802  Twisted's signature
        """What makes the connections to a host."""
        name = hostname.decode("ascii")
        legacy = self._is_legacy(name.lower())
        if legacy not in self._options:
            self._options[legacy] = _LegacyOptions() if legacy else CertificateOptions(trustRoot=_TRUSTED)
        return _TellingOptions(self._options[legacy]._makeTLSConnection, name, legacy=legacy)  # noqa: SLF001  Twisted offers no other way


class _LegacyOptions(CertificateOptions):
    def __init__(self) -> None:
        super().__init__(trustRoot=_TRUSTED, insecurelyLowerMinimumTo=TLSVersion.TLSv1_0)

    def _makeContext(self, skipCiphers: bool = False) -> SSL.Context:  # noqa: ARG002, FBT001, FBT002, N802, N803  Twisted's signature
        context = super()._makeContext(skipCiphers=True)
        context.set_options(_LEGACY_SERVER_CONNECT)
        context.set_cipher_list(_LEGACY_CIPHERS)
        return context


class _TellingOptions(ClientTLSOptions):
    """Twisted's own, which says only "certificate verify failed": this one says what was wrong, and with which class."""

    def __init__(self, create: Callable[[Any], SSL.Connection], hostname: str, *, legacy: bool) -> None:
        super().__init__(create, hostname)
        self._legacy = legacy

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:  # noqa: ANN401, N802, N803  Twisted's
        """A connection whose failed handshake tells its reason."""
        connection = super().clientConnectionForTLS(tlsProtocol)
        identity = _verifyCB(_Told(tlsProtocol, self._hostname), self._hostnameIsDnsName, self._hostnameASCII)  # type: ignore[arg-type]

        def verify(connection: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
            if not ok:
                kind = Failure.TLS_CIPHER if error in _WEAK_CERTIFICATE else Failure.TLS_CERTIFICATE
                said = (_CERTIFICATE_FAULTS | _WEAK_CERTIFICATE).get(error, f"OpenSSL's fault {error}")
                tlsProtocol.failVerification(_fault(kind, self._hostname, f"{said} (at depth {depth})"))
                return False
            return identity(connection, certificate, error, depth, bool(ok))

        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, verify)
        _tell_of_broken_handshake(tlsProtocol, self._hostname, legacy=self._legacy)
        return connection


class _Told:
    """Takes the complaint about a certificate that is for another host."""

    def __init__(self, protocol: Any, hostname: str) -> None:  # noqa: ANN401
        self._protocol = protocol
        self._hostname = hostname

    def failVerification(self, reason: TwistedFailure) -> None:  # noqa: ARG002, N802  Twisted's signature
        """Say it in our words."""
        said = "the certificate is for another host"
        self._protocol.failVerification(_fault(Failure.TLS_CERTIFICATE, self._hostname, said))


def _tell_of_broken_handshake(protocol: Any, hostname: str, *, legacy: bool) -> None:  # noqa: ANN401
    """Whoever hangs up in the midst of a handshake says nothing of TLS to Twisted's caller; here it is said."""
    lost = protocol.connectionLost

    def connection_lost(reason: TwistedFailure) -> None:
        why = protocol._reason or reason  # noqa: SLF001
        is_ours = isinstance(why.value, PageFaulty)
        if not protocol._handshakeDone and not is_ours and not protocol._aborted:  # noqa: SLF001
            said = " ".join(str(why.value).split())[:200]
            says_why = isinstance(why.value, SSL.Error) and bool(why.value.args and why.value.args[0])
            if legacy or not says_why:
                detail = f"the handshake was broken off{' although tls is legacy' if legacy else ''}: {said}"
                protocol._reason = _fault(Failure.TLS_UNSUPPORTED, hostname, detail)  # noqa: SLF001
        lost(reason)

    protocol.connectionLost = connection_lost


def _fault(failure: Failure, hostname: str, detail: str) -> TwistedFailure:
    return TwistedFailure(PageFaulty(failure, f"https://{hostname}/", detail))  # type: ignore[no-untyped-call]
