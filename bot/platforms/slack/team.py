"""One Slack workspace: logs in, keeps a Socket Mode connection, and sends what the outbox holds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.desk import Desk
from bot.domain.communities import Communities
from bot.domain.errors import PermanentError, PlatformError, RetryLaterError, UnknownOutcomeError
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.pipeline.events import problem
from bot.platforms.slack.bindings import Bindings
from bot.platforms.slack.connection import Connection
from bot.platforms.slack.envelopes import Envelopes
from bot.platforms.slack.identity import Identity, read_identity
from bot.platforms.slack.messages import Messages
from bot.platforms.slack.needs import find_lacking
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import APP_TOKEN, BOT_TOKEN, REFUSALS, ask, tell_hindrance
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.settings import OWN_NAME, SlackSettings, name_variable
from bot.platforms.slack.timing import STEADY, Timing

log = logging.getLogger(__name__)
# Below warnings, Slack's libraries write out whole requests and envelopes, with tokens and response URLs in them.
library_log = logging.getLogger(f"{__name__}.library")
library_log.setLevel(logging.ERROR)

PLATFORM = "slack"
TIMEOUT_S = 20
PATIENCE = timedelta(seconds=2)
"""How long an answer waits for Slack's word on a channel."""
LONGEST_PAUSE = timedelta(minutes=5)


class Team:
    """The bot in one workspace, with a pair of tokens of its own."""

    def __init__(
        self,
        settings: SlackSettings,
        desk: Desk,
        *,
        api_url: str | None = None,
        timing: Timing = STEADY,
    ) -> None:
        """Build it; without `api_url` it speaks to Slack itself."""
        self._settings, self._desk, self._api_url = settings, desk, api_url
        self._timing = timing
        self._client = self._make_client(settings.bot_token)
        self._messages = Messages(self._client, timing.gap, unfurls=settings.unfurl, broadcasts=settings.broadcast)
        self._identity: Identity | None = None
        self._ticket: str | None = None
        self._is_lost = False
        self._keeper: asyncio.Task[None] | None = None
        self._ends = contextlib.AsyncExitStack()

    @property
    def workspace(self) -> WorkspaceId | None:
        """The workspace that the bot token belongs to; None until Slack told."""
        return self._identity.workspace if self._identity else None

    @property
    def name(self) -> str:
        """What the workspace is called in settings and logs."""
        return self._settings.name

    @property
    def is_coming(self) -> bool:
        """Whether it is not known yet who the bot is, but may be soon."""
        return self._identity is None and not self._is_lost

    def told(self, message: str) -> str:
        """Return a message of ours with the variables that hold this team's tokens, and its name where it has one."""
        for variable in (BOT_TOKEN, APP_TOKEN):
            message = message.replace(variable, name_variable(variable, self.name))
        return message if self.name == OWN_NAME else f"{self.name}: {message}"

    async def start(self) -> None:
        """Log in and connect in the background; an unreachable Slack is tried again until it answers.

        Raises PlatformError where tokens or scopes can never work.
        """
        try:
            self._check_tokens()
            async with asyncio.timeout(self._timing.first_login.total_seconds()):
                await self._log_in()
        except (RetryLaterError, UnknownOutcomeError, TimeoutError) as error:
            what = f"{str(error) or 'Slack does not answer'}; trying again until it does"
            problem(self.told(what), platform=PLATFORM)
        except PlatformError as error:
            self._is_lost = True
            raise PlatformError(self.told(str(error))) from None
        self._keeper = asyncio.create_task(self._connect())

    async def post(self, outgoing: Outgoing) -> str:
        """Post a message, or find the one that an earlier try posted; returns its ts. Raises as the port says."""
        return await self._messages.post(outgoing, self._me(outgoing))

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message posted earlier."""
        await self._messages.edit(outgoing, message_id, self._me(outgoing))

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the permalink of a message; None until Slack told the team's address."""
        if self._identity is None or not self._identity.url:
            return None
        return f"{self._identity.url.rstrip('/')}/archives/{place.channel}/p{message_id.replace('.', '')}"

    async def open_direct(self, actor: str) -> str:
        """Return the channel of a person's direct messages; raises PlatformError where Slack opens none."""
        answer = await ask(self._client.conversations_open(users=actor))
        return str(answer["channel"]["id"])

    async def find_hindrance(self, place: Place) -> str:
        """Say what keeps the bot from posting in a channel; where Slack does not say in time, nothing is known."""
        me = self._identity
        if me is None:
            return ""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                answer = await ask(
                    self._client.conversations_info(channel=place.channel), channel=place.channel, bot=me.name
                )
        except PermanentError as error:
            return str(error)
        except (PlatformError, TimeoutError):
            return ""
        return tell_hindrance(answer.get("channel") or {}, me.name)

    async def close(self) -> None:
        """Stop answering and disconnect; also where the start failed or never came."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._ends.aclose()

    def _me(self, outgoing: Outgoing) -> Identity:
        if self._identity is not None:
            return self._identity
        if outgoing.unsure_since is not None:
            raise UnknownOutcomeError("not logged in to Slack yet, so still not known whether it was sent")
        raise RetryLaterError("not logged in to Slack yet")

    def _check_tokens(self) -> None:
        given = {BOT_TOKEN: (self._settings.bot_token, "xoxb-"), APP_TOKEN: (self._settings.app_token, "xapp-")}
        for variable, (token, prefix) in given.items():
            if not token.strip().startswith(prefix):
                raise PlatformError(f"{variable} does not hold such a token: it begins with {prefix}")

    async def _log_in(self) -> None:
        """Find out who the bot is and get a first ticket; raises PlatformError with the remedy."""
        try:
            me = read_identity(await ask(self._client.auth_test()))
        except REFUSALS as error:
            raise PlatformError(str(error)) from None
        lacking = find_lacking(me.scopes, is_required=True)
        if lacking:
            raise PlatformError(
                f"the Slack app lacks the scopes {', '.join(lacking)};"
                " add them under OAuth & Permissions and reinstall the app (`topicwire slack-manifest` names all)"
            )
        try:
            ticket = await ask(self._client.apps_connections_open(app_token=self._settings.app_token.strip()))
        except REFUSALS:
            raise PlatformError(
                f"Slack refuses the app-level token; make one with the scope connections:write under Basic Information,"
                f" switch Socket Mode on, and set it in {APP_TOKEN}"
            ) from None
        for scope in find_lacking(me.scopes, is_required=False):
            log.warning("%s", self.told(f"the app lacks the scope {scope}; `topicwire slack-manifest` has all of them"))
        home = Communities.of(self._desk.settings.communities).home(me.native)
        self._identity, self._ticket = replace(me, workspace=home), str(ticket["url"])
        log.info("Slack: logged in to %s, the workspace %s", me.team or me.team_id, me.native)

    async def _connect(self) -> None:
        """Log in until it succeeds, then open the connection, which keeps itself from there on."""
        pause = self._timing.first_pause
        while self._identity is None:
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._log_in()
            except (RetryLaterError, UnknownOutcomeError) as error:
                log.info("%s", error)
            except PlatformError as error:
                problem(self.told(str(error)), platform=PLATFORM)
                pause = LONGEST_PAUSE
        await self._open(self._identity)

    async def _open(self, me: Identity) -> None:
        app = self._make_app(me)
        people = People(self._client, members_manage=self._settings.members_manage)
        bindings = Bindings(self._desk, self._client, people, Replies(self._client, library_log), me, self._timing)
        bindings.bind(app)
        envelopes = Envelopes(app)
        connection = Connection(
            self._settings.app_token.strip(), self._client, ping=self._timing.ping, logger=library_log
        )
        connection.socket_mode_request_listeners.append(envelopes.handle)
        connection.wss_uri, self._ticket = self._ticket, None
        self._ends.push_async_callback(envelopes.close)
        self._ends.push_async_callback(connection.close)
        self._ends.push_async_callback(bindings.close)
        await connection.connect()

    def _make_client(self, token: str | None) -> AsyncWebClient:
        """Make a client that neither repeats requests by itself nor takes a proxy from the environment."""
        options: dict[str, Any] = {"base_url": self._api_url} if self._api_url else {}
        client = AsyncWebClient(token=token, timeout=TIMEOUT_S, retry_handlers=[], logger=library_log, **options)
        client.proxy = None
        return client

    def _make_app(self, me: Identity) -> AsyncApp:
        """Make a Bolt app that asks Slack nothing by itself: who the bot is, is known already."""

        async def authorize(**_: Any) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None, team_id=me.team_id, bot_user_id=me.user_id, bot_id=me.bot_id, bot_token=None
            )

        return AsyncApp(
            name=library_log.name,  # Bolt sets the level of the logger of this name; our own must not be it
            logger=library_log,
            client=self._make_client(None),
            authorize=authorize,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
        )
