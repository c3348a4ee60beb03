"""The pages: which address shows what, to whom.

/w/TOKEN/story/12, /w/TOKEN/topic/huawei and its feeds: who has the token
/, /w/TOKEN/ (today and search), /health, /console: the operator
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.commands.desk import Desk
from bot.domain.errors import NotFoundError
from bot.domain.models import StoryId, WorkspaceId
from bot.web.answers import guard, page
from bot.web.assets import add_assets
from bot.web.console import Console
from bot.web.health_page import read_health_page
from bot.web.keys import Access, Addresses, Keys
from bot.web.languages import carry_language, choose_language, list_languages
from bot.web.story_page import read_story_page
from bot.web.syndication import Issue, write_atom, write_json_feed
from bot.web.templates import SHOWN
from bot.web.today_page import read_today_page, search
from bot.web.topic_page import MOST_STORIES, Trends, find_topic, read_topic_page

LONGEST_NUMBER = 15
MOST_TYPED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The pages as a part of the web server; `console` is there in a first look only."""

    desk: Desk
    keys: Keys
    addresses: Addresses
    access: Access
    stalled: Callable[[], Sequence[str]]
    console: Console | None = None
    trends: Trends = field(default_factory=Trends)

    def add_to(self, app: web.Application) -> None:
        """Add the pages, and the guard over everything that is served."""
        app.middlewares.append(guard)
        app[SHOWN] = {"root": self.addresses.root, "has_console": self.console is not None}
        routes = app.router
        routes.add_get("/", self._home)
        routes.add_get("/health", self._health)
        routes.add_get("/w/{token}", self._lead_to_today)
        routes.add_get("/w/{token}/", self._today)
        routes.add_get("/w/{token}/story/{story}", self._story)
        routes.add_get("/w/{token}/topic/{topic}", self._topic)
        routes.add_get("/w/{token}/topic/{topic}/atom.xml", self._atom)
        routes.add_get("/w/{token}/topic/{topic}/feed.json", self._json_feed)
        add_assets(app)
        if self.console is not None:
            self.console.add_to(app, self._operate)

    @property
    def _now(self) -> datetime:
        return self.desk.clock()

    async def _viewer(self, request: web.Request) -> WorkspaceId:
        await self.keys.refresh()
        found = self.keys.find(request.match_info["token"], await self.desk.store.list_workspaces())
        if found is None:
            raise web.HTTPNotFound
        return found

    def _operate(self, request: web.Request) -> None:
        if not self.access.is_operator(request):
            raise self.access.refuse()

    def _shown(self, request: web.Request, viewer: WorkspaceId | None) -> Mapping[str, object]:
        """What every page names: where the workspace's pages are, and what else there is for who may see it."""
        here = self.addresses.workspace(viewer) if viewer is not None else ""
        return {"here": here, "is_operator": self.access.is_operator(request)}

    def _spoken(self, request: web.Request) -> Mapping[str, object]:
        """What pages for readers name beside that: their language, and the others that they can be read in."""
        return {"lang": choose_language(request), "carried": carry_language(request), "others": list_languages()}

    async def _home(self, request: web.Request) -> web.StreamResponse:
        self._operate(request)
        await self.keys.refresh()
        workspaces = await self.desk.store.list_workspaces()
        if len(workspaces) == 1:
            raise web.HTTPFound(f"{self.addresses.workspace(workspaces[0])}/")
        listed = [(workspace, f"{self.addresses.workspace(workspace)}/") for workspace in workspaces]
        return page("home.html", request, workspaces=listed, **self._shown(request, None))

    async def _health(self, request: web.Request) -> web.StreamResponse:
        self._operate(request)
        asked = request.query.get("page", "")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_NUMBER else 1
        shown = await read_health_page(self.desk.store, self.stalled(), self._now, number=number)
        return page("health.html", request, shown=shown, **self._shown(request, await self._only()))

    async def _only(self) -> WorkspaceId | None:
        await self.keys.refresh()
        workspaces = await self.desk.store.list_workspaces()
        return workspaces[0] if len(workspaces) == 1 else None

    async def _lead_to_today(self, request: web.Request) -> web.StreamResponse:
        viewer = await self._viewer(request)
        raise web.HTTPFound(f"{self.addresses.workspace(viewer)}/{carry_language(request)}")

    async def _today(self, request: web.Request) -> web.StreamResponse:
        viewer = await self._viewer(request)
        self._operate(request)
        typed = request.query.get("q", "")[:MOST_TYPED].strip()
        shown = await read_today_page(self.desk, viewer, self._now)
        found = await search(self.desk, viewer, typed) if typed else None
        known = {**self._shown(request, viewer), **self._spoken(request)}
        return page("today.html", request, shown=shown, typed=typed, found=found, **known)

    async def _story(self, request: web.Request) -> web.StreamResponse:
        viewer = await self._viewer(request)
        number = _read_number(request.match_info["story"])
        try:
            shown = await read_story_page(self.desk.reader, viewer, number)
        except NotFoundError:
            raise web.HTTPNotFound from None
        topics = {topic.id: topic for topic in await self.desk.store.list_topics(viewer)}
        known = {**self._shown(request, viewer), **self._spoken(request)}
        return page("story.html", request, shown=shown, topics=topics, **known)

    async def _topic(self, request: web.Request) -> web.StreamResponse:
        viewer = await self._viewer(request)
        try:
            topic = await find_topic(self.desk.reader, viewer, request.match_info["topic"])
        except NotFoundError:
            raise web.HTTPNotFound from None
        desk = self.desk
        spoken = self._spoken(request)
        shown = await read_topic_page(
            desk.reader, desk.library, viewer, topic, self._now, trends=self.trends, language=str(spoken["lang"])
        )
        return page("topic.html", request, shown=shown, **self._shown(request, viewer), **spoken)

    async def _atom(self, request: web.Request) -> web.StreamResponse:
        body = write_atom(await self._issue(request))
        return web.Response(body=body, content_type="application/atom+xml", charset="utf-8")

    async def _json_feed(self, request: web.Request) -> web.StreamResponse:
        body = write_json_feed(await self._issue(request))
        return web.Response(body=body, content_type="application/feed+json", charset="utf-8")

    async def _issue(self, request: web.Request) -> Issue:
        viewer = await self._viewer(request)
        try:
            topic = await find_topic(self.desk.reader, viewer, request.match_info["topic"])
        except NotFoundError:
            raise web.HTTPNotFound from None
        base = self.addresses.base or str(request.url.origin())
        here = base + self.addresses.workspace(viewer).removeprefix(self.addresses.root)
        below = request.rel_url.raw_path.rpartition("/topic/")[2]
        stories = await self.desk.store.latest(viewer, topic.id, MOST_STORIES)
        firsts = await self.desk.store.get_articles([story.first.id for story in stories])
        return Issue(
            topic=topic,
            stories=stories,
            texts={article.id: article.text for article in firsts},
            page=f"{here}/topic/{below.rpartition('/')[0]}",
            itself=f"{here}/topic/{below}",
            story_root=f"{here}/story",
            name_id=partial(self.keys.name_id, viewer, f"topic {topic.id}"),
        )


def _read_number(text: str) -> StoryId:
    """Read a story's number as addresses write it: plain digits and not too many."""
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise web.HTTPNotFound
    return StoryId(int(text))
