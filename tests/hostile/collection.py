"""Every hostile document there is."""

from __future__ import annotations

from tests.hostile import broken, encodings, entities, sizes, texts
from tests.hostile.specimens import Specimen


def list_documents(canary_file: str = "file:///etc/hostname", canary_url: str = "http://10.0.0.1/x") -> list[Specimen]:
    """List the documents that are read within moments; the addresses are what some of them try to have read."""
    return [
        *entities.documents(canary_file, canary_url),
        *sizes.documents(),
        *texts.documents(),
        *encodings.documents(),
        *broken.documents(),
    ]


def list_heavy_documents() -> list[Specimen]:
    """List those that cost seconds or many megabytes."""
    return [*sizes.heavy_documents(), *broken.heavy_documents()]
