"""Communities: a guild and a team that are one workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from bot.domain.models import WorkspaceId
from bot.domain.settings import CommunitySettings

KINDS = ("discord", "slack")


@dataclass(frozen=True, slots=True)
class Communities:
    """Which workspaces are one: rows stand under the home, the guild's id, and the team is seen as it.

    `homes` has the home of each team, `names` what the community of a home is called.
    """

    homes: Mapping[WorkspaceId, WorkspaceId] = field(default_factory=dict)
    names: Mapping[WorkspaceId, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Sequence[CommunitySettings]) -> Self:
        """Read the communities of the settings."""
        pairs = [tuple(map(WorkspaceId, sorted(community.members))) for community in settings]
        homes = {team: guild for guild, team in pairs}
        names = {guild: community.name for (guild, _), community in zip(pairs, settings, strict=True)}
        return cls(homes, names)

    def home(self, workspace: WorkspaceId) -> WorkspaceId:
        """Return the workspace under which the rows of a platform's own workspace stand."""
        return self.homes.get(workspace, workspace)

    def native(self, home: WorkspaceId, platform: str) -> WorkspaceId:
        """Return what a platform itself calls a workspace."""
        return next((w for w, of in self.homes.items() if of == home and w.startswith(f"{platform}:")), home)

    def name(self, home: WorkspaceId) -> str:
        """Return what the community of a home is called, "" where it is none."""
        return self.names.get(home, "")


def find_faults(settings: Sequence[CommunitySettings]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with communities: the setting, and the fault with its remedy."""
    seen: dict[str, str] = {}
    for number, community in enumerate(settings, 1):
        where = f"communities.{community.name.strip() or number}"
        if not community.name.strip():
            yield f"{where}.name", "is missing; it is said where a change holds for the whole community"
        kinds = sorted(member.partition(":")[0] for member in community.members)
        if kinds != list(KINDS) or not all(member.partition(":")[2].isalnum() for member in community.members):
            yield f"{where}.members", 'should be one guild and one team, such as ["discord:123", "slack:T123"]'
        for member in community.members:
            if member in seen:
                yield f"{where}.members", f"{member} is in the community “{seen[member]}” already"
            seen.setdefault(member, community.name)
