"""A certificate of our own for the feed server's addresses, and how the contestants are told to trust it.

No setting of the program is involved: what its HTTP client trusts is OpenSSL's default, which the environment names.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

TRUSTED_BY = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""What OpenSSL (and so Python), requests and curl read the name of a file of trusted certificates from."""
_REQUEST = """\
[req]
prompt = no
distinguished_name = name
x509_extensions = more
[name]
CN = feeds.invalid
[more]
basicConstraints = critical, CA:TRUE
subjectAltName = {names}
"""


def make_certificate(folder: Path, addresses: Sequence[str]) -> Path:
    """Write a certificate that vouches for itself and for these addresses, with its key; needs openssl.

    The file holds both, the key first.
    """
    request, file = folder / "certificate.cnf", folder / "certificate.pem"
    request.write_text(_REQUEST.format(names=", ".join(f"IP:{address}" for address in addresses)), encoding="ascii")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
    command += ["-days", "30", "-config", str(request), "-keyout", str(file), "-out", str(folder / "certificate.crt")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    with file.open("a", encoding="ascii") as both:
        both.write((folder / "certificate.crt").read_text(encoding="ascii"))
    return file


def trust(file: Path) -> None:
    """Let every process that this one starts from now on trust the certificates in a file, and no others."""
    os.environ.update(dict.fromkeys(TRUSTED_BY, str(file)))
