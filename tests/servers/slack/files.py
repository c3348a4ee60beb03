"""Files of the fake Slack: an address is asked for, the bytes come there, and the file is shared with a channel.

https://docs.slack.dev/reference/methods/files.getUploadURLExternal
https://docs.slack.dev/reference/methods/files.completeUploadExternal
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.servers.slack.world import SlackError, World
from tests.servers.wire import Json


@dataclass(slots=True, kw_only=True)
class SharedFile:
    """A file as far as it came; `channel` is where it was shared, "" while it is nobody's but the bot's."""

    id: str
    name: str
    length: int
    alt: str
    content: bytes | None = None
    title: str = ""
    channel: str = ""
    headers: dict[str, str]


class Files:
    """The two methods and the door for the bytes; `refuse_upload` answers those with a status of its own.

    A message that shows a new file is refused while Slack works on it: `unready` times.
    """

    def __init__(self, world: World, address: Callable[[], str]) -> None:
        self._world, self._address = world, address
        self.files: dict[str, SharedFile] = {}
        self.refuse_upload = 0
        self.unready = 0

    def ask(self, body: Json) -> Json:
        length, name = int(body.get("length") or 0), str(body.get("filename") or "")
        if length <= 0 or not name:
            raise SlackError("invalid_arguments")
        number = f"F{len(self.files) + 1:08}"
        self.files[number] = SharedFile(
            id=number, name=name, length=length, alt=str(body.get("alt_txt") or ""), headers={}
        )
        return {"upload_url": f"http://{self._address()}/upload/{number}", "file_id": number}

    def complete(self, body: Json) -> Json:
        given = body.get("files")
        if not isinstance(given, list) or not given:
            raise SlackError("invalid_arguments")
        for one in given:
            found = self.files.get(str(one.get("id")))
            if found is None or found.content is None:
                raise SlackError("file_not_found")
            if channel := body.get("channel_id"):
                found.channel = self._world.channel(channel)["id"]
            found.title = str(one.get("title") or found.name)
        return {"files": [{"id": one["id"], "title": one.get("title", "")} for one in given]}

    def show(self, blocks: list[Json]) -> None:
        """Raise SlackError for a block that shows a file which is not there, or not yet."""
        for number, block in enumerate(blocks):
            if "slack_file" not in block:
                continue
            found = self.files.get(str(block["slack_file"].get("id")))
            if self.unready or found is None or not found.title:
                self.unready = max(0, self.unready - 1)
                told = f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"
                raise SlackError("invalid_blocks", errors=[told], response_metadata={"messages": [f"[ERROR] {told}"]})

    async def take(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["file"])
        content = await request.read()
        if self.refuse_upload or found is None or len(content) != found.length:
            return web.Response(status=self.refuse_upload or 400)
        found.content, found.headers = content, dict(request.headers)
        return web.Response(text=f"OK - {len(content)}")
