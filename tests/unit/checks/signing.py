"""A certificate authority of the tests' own, and pictures signed under it with content credentials."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

SIGNER = "Example Camera Works"
_EDITED = {
    "label": "c2pa.actions",
    "data": {
        "actions": [
            {
                "action": "c2pa.created",
                "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
            },
            {"action": "c2pa.color_adjustments", "softwareAgent": "Example Editor 3"},
        ]
    },
}


@dataclass(frozen=True)
class Authority:
    root_pem: str
    chain_pem: str
    key_pem: str


@functools.cache
def authority() -> Authority:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("Example Root", "Example Trust Services")
    root = _certificate(root_name, root_name, root_key, root_key, ca=True)
    leaf = _certificate(_name(SIGNER, SIGNER), root_name, key, root_key, ca=False)
    return Authority(
        root_pem=_pem(root),
        chain_pem=_pem(leaf) + _pem(root),
        key_pem=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    )


def a_picture(width: int = 320, height: int = 240) -> bytes:
    ramp = Image.linear_gradient("L").resize((width, height))
    out = io.BytesIO()
    Image.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180))).resize((width, height)).save(out, "JPEG")
    return out.getvalue()


def signed(picture: bytes, *, remote: str = "", embed: bool = True) -> bytes:
    """The picture with a manifest; `remote` names where it lies too, `embed=False` leaves it only there."""
    builder = c2pa.Builder(
        {
            "claim_generator_info": [{"name": "Example Camera", "version": "1.0"}],
            "title": "harbour.jpg",
            "format": "image/jpeg",
            "assertions": [_EDITED],
        }
    )
    if remote:
        builder.set_remote_url(remote)
    if not embed:
        builder.set_no_embed()
    keys = authority()
    signer = c2pa.Signer.from_info(
        c2pa.C2paSignerInfo(b"es256", keys.chain_pem.encode(), keys.key_pem.encode(), None)
    )
    out = io.BytesIO()
    builder.sign(signer, "image/jpeg", io.BytesIO(picture), out)
    return out.getvalue()


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(subject, issuer, key, signer, *, ca: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(_usage(ca=ca), critical=True)
    )
    if not ca:
        built = built.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
    return built.sign(signer, hashes.SHA256())


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
