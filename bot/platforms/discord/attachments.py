"""What comes with a message on Discord: text files, and pictures shown in its embed with their own words.

https://docs.discord.com/developers/reference#uploading-files
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any, TypeGuard

import discord

from bot.commands.answers import Reply
from bot.domain.cards import Picture
from bot.domain.text import clean
from bot.platforms.discord.markdown import fit
from bot.platforms.discord.render import Rendered

MAX_ALT = 1_024
MAX_PICTURE = 8_000_000
"""Below what Discord takes of any server; a larger one is left out, the card says the same in text."""


def can_show(picture: Picture | None) -> TypeGuard[Picture]:
    """Tell whether there is a picture, and of a size that Discord takes."""
    return picture is not None and len(picture.content) <= MAX_PICTURE


def attach(reply: Reply) -> Any:
    """Return the files of an answer as sending wants them; what is missing is the library's own word for none."""
    files = []
    if reply.file is not None:
        files.append(discord.File(io.BytesIO(reply.file.content.encode()), filename=reply.file.name))
    if can_show(reply.picture):
        files.append(attach_picture(reply.picture))
    return files or discord.utils.MISSING


def attach_picture(picture: Picture) -> discord.File:
    """Return a picture as sending wants it, with the words for who does not see it; it is good for one message."""
    shown = discord.File(io.BytesIO(picture.content), filename=picture.name)
    shown.description = fit(clean(picture.alt), MAX_ALT) or None
    return shown


def render_picture(rendered: Rendered, picture: Picture | None) -> Rendered:
    """Show a picture that comes as an attachment in the last embed."""
    if not can_show(picture):
        return rendered
    embeds = [*rendered.embeds[:-1], rendered.embeds[-1].copy()]
    embeds[-1].set_image(url=f"attachment://{picture.name}")
    return replace(rendered, embeds=tuple(embeds))
