"""A time-stamp authority for tests: root, certificate and answers after RFC 3161, in DER by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client._rust import parse_timestamp_request

SHA256 = bytes.fromhex("0609608648016503040201")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")
ECDSA_SHA256 = bytes.fromhex("06082a8648ce3d040302")
POLICY = bytes.fromhex("06032a0304")
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    root: x509.Certificate
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def answer(self, query: bytes, at: datetime = NOW) -> bytes:
        """Return the response to a query: granted, with the certificate inside."""
        return _response(self, parse_timestamp_request(query), at)


def an_authority(name: str = "Test Authority") -> Authority:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} Root")])
    root = _certificate(root_name, root_name, root_key, root_key, ca=True)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return Authority(root, _certificate(subject, root_name, key, root_key, ca=False), key)


def _certificate(subject, issuer, key, signer, *, ca: bool) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


def _response(authority: Authority, request, at: datetime) -> bytes:
    info = _tst_info(request, at)
    digest = _sequence(SHA256)
    attributes = [
        _sequence(CONTENT_TYPE, _set(TST_INFO)),
        _sequence(SIGNING_TIME, _set(_tlv(0x17, at.strftime("%y%m%d%H%M%SZ").encode()))),
        _sequence(MESSAGE_DIGEST, _set(_tlv(0x04, hashlib.sha256(info).digest()))),
    ]
    signed = b"".join(sorted(attributes))
    signature = authority.key.sign(_tlv(0x31, signed), ec.ECDSA(hashes.SHA256()))
    certificate = authority.certificate
    signer = _sequence(
        _integer(1),
        _sequence(certificate.issuer.public_bytes(), _integer(certificate.serial_number)),
        digest,
        _tlv(0xA0, signed),
        _sequence(ECDSA_SHA256),
        _tlv(0x04, signature),
    )
    signed_data = _sequence(
        _integer(3),
        _set(digest),
        _sequence(TST_INFO, _tlv(0xA0, _tlv(0x04, info))),
        _tlv(0xA0, certificate.public_bytes(serialization.Encoding.DER)),
        _set(signer),
    )
    return _sequence(_sequence(_integer(0)), _sequence(SIGNED_DATA, _tlv(0xA0, signed_data)))


def _tst_info(request, at: datetime) -> bytes:
    parts = [
        _integer(1),
        POLICY,
        _sequence(_sequence(SHA256), _tlv(0x04, request.message_imprint.message)),
        _integer(77),
        _tlv(0x18, at.strftime("%Y%m%d%H%M%SZ").encode()),
    ]
    if request.nonce is not None:
        parts.append(_integer(request.nonce))
    return _sequence(*parts)


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _tlv(0x30, b"".join(parts))


def _set(*parts: bytes) -> bytes:
    return _tlv(0x31, b"".join(sorted(parts)))


def _integer(number: int) -> bytes:
    return _tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))
