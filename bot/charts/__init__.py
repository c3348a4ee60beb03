"""Charts as pictures: PNG for the chats, SVG for pages. Needs the extra `charts`; without it there is the text form."""

from __future__ import annotations
