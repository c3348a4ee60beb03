"""Responses to interactions that survive a lost answer: asked for again, for Discord takes the first of two only.

https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import discord

from bot.platforms.discord.refusals import ACKNOWLEDGED

LOST = (aiohttp.ClientError, OSError, TimeoutError)


async def insist(act: Callable[[], Awaitable[object]], patience: timedelta) -> None:
    """Respond, or edit a response, and once more where no answer came in time.

    Raises discord.py's errors for a refusal; one that says "acknowledged already" after a lost answer is none.
    """
    try:
        async with asyncio.timeout(patience.total_seconds()):
            await act()
            return
    except LOST:  # the library repeats after a fault of Discord's own, which takes longer than our patience
        pass
    try:
        async with asyncio.timeout(patience.total_seconds()):
            await act()
    except discord.HTTPException as error:
        if error.code != ACKNOWLEDGED:
            raise
