"""Documents and servers that mean harm, or were made by nobody careful, and what must come of each."""

from __future__ import annotations
