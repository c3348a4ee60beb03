"""The Slack platform: a team for each pair of tokens; what is sent goes to the team of its workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.commands.desk import Desk
from bot.domain.errors import (
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    WorkspaceRefusedError,
)
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.pipeline.events import problem
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.slack.team import Team
from bot.platforms.slack.timing import STEADY, Timing


class SlackPlatform:
    """Slack workspaces as one platform; one that refuses us keeps none of the others waiting."""

    def __init__(
        self,
        settings: Sequence[SlackSettings],
        desk: Desk,
        *,
        api_url: str | None = None,
        timing: Timing = STEADY,
    ) -> None:
        """Build the platform; without `api_url` it speaks to Slack itself."""
        self._teams = [Team(one, desk, api_url=api_url, timing=timing) for one in settings]

    @property
    def name(self) -> str:
        """The platform's name in places, settings and logs."""
        return "slack"

    async def start(self) -> None:
        """Log in and connect in the background; an unreachable Slack is tried again until it answers.

        Raises PlatformError where tokens or scopes can never work; of several workspaces the others go on without it.
        """
        ends = await asyncio.gather(*(team.start() for team in self._teams), return_exceptions=True)
        failed = [end for end in ends if isinstance(end, PlatformError)]
        for end in ends:
            if end is not None and not isinstance(end, PlatformError):
                raise end
        if len(failed) == len(self._teams):
            raise PlatformError("\n".join(map(str, failed)))
        for error in failed:
            problem(f"{error}; the other workspaces go on without it", platform=self.name)
        self._check_twins()

    async def post(self, outgoing: Outgoing) -> str:
        """Post a message, or find the one that an earlier try posted; returns its ts. Raises as the port says."""
        team = self._team_for(outgoing)
        try:
            return await team.post(outgoing)
        except PlatformRefusedError as error:
            raise WorkspaceRefusedError(team.told(str(error)), retry_after=error.retry_after) from None

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message posted earlier."""
        team = self._team_for(outgoing)
        try:
            await team.edit(outgoing, message_id)
        except PlatformRefusedError as error:
            raise WorkspaceRefusedError(team.told(str(error)), retry_after=error.retry_after) from None

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the permalink of a message; None until Slack told the team's address."""
        team = self._find(place.workspace)
        return None if team is None else team.link_to(place, message_id)

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the place of a person's direct messages; raises PlatformError where Slack opens none."""
        team = self._find(place.workspace)
        if team is None:
            raise PlatformError("Slack cannot be reached now, so nobody can be sent direct messages; try again later")
        return replace(place, channel=await team.open_direct(actor))

    async def find_hindrance(self, place: Place) -> str:
        """Say what keeps the bot from posting in a channel; "" where nothing is known to."""
        team = self._find(place.workspace)
        return "" if team is None else await team.find_hindrance(place)

    async def close(self) -> None:
        """Stop answering and disconnect; also where the start failed or never came."""
        await asyncio.gather(*(team.close() for team in self._teams))

    def _find(self, workspace: WorkspaceId) -> Team | None:
        return next((team for team in self._teams if team.workspace == workspace), None)

    def _team_for(self, outgoing: Outgoing) -> Team:
        """Return the team of a message's workspace; raises what posting to a workspace that is not there raises."""
        workspace = outgoing.place.workspace
        team = self._find(workspace)
        if team is not None:
            return team
        if not any(team.is_coming for team in self._teams):
            raise WorkspaceRefusedError(f"no token of this run is for {workspace}; what is due there waits for one")
        if outgoing.unsure_since is not None:
            raise UnknownOutcomeError("not logged in to Slack yet, so still not known whether it was sent")
        raise RetryLaterError("not logged in to Slack yet")

    def _check_twins(self) -> None:
        """Raise PlatformError where two pairs of tokens are for one workspace: everybody would be answered twice."""
        seen: dict[WorkspaceId, Team] = {}
        for team in self._teams:
            twin = seen.setdefault(team.workspace, team) if team.workspace is not None else team
            if twin is not team:
                raise PlatformError(
                    f"[[slack]] {twin.name} and {team.name} are both for {team.workspace}; leave one of them out"
                )
