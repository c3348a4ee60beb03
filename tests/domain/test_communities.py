"""Communities: which workspaces are one, and what is wrong with those that are written down."""

from __future__ import annotations

import pytest

from bot.domain.communities import Communities, find_faults
from bot.domain.models import WorkspaceId
from bot.domain.settings import CommunitySettings

GUILD, TEAM = WorkspaceId("discord:1"), WorkspaceId("slack:T1")


@pytest.mark.parametrize("members", [(GUILD, TEAM), (TEAM, GUILD)])
def test_the_guild_is_home_whatever_the_order(members: tuple[str, str]) -> None:
    found = Communities.of([CommunitySettings(name="press desk", members=members)])
    assert [found.home(w) for w in (GUILD, TEAM, WorkspaceId("slack:T2"))] == [GUILD, GUILD, "slack:T2"]
    assert [found.native(GUILD, kind) for kind in ("discord", "slack")] == [GUILD, TEAM]
    assert [found.name(w) for w in (GUILD, WorkspaceId("slack:T2"))] == ["press desk", ""]


@pytest.mark.parametrize(
    "name, members, fault",
    [
        ("desk", ("discord:1",), "one guild and one team"),
        ("desk", ("discord:1", "discord:2"), "one guild and one team"),
        ("desk", ("discord:1", "slack:"), "one guild and one team"),
        ("desk", ("discord:1", "irc:1"), "one guild and one team"),
        (" ", ("discord:1", "slack:T1"), "is missing"),
    ],
)
def test_what_is_no_community_is_told(name: str, members: tuple[str, ...], fault: str) -> None:
    [(where, told)] = find_faults([CommunitySettings(name=name, members=members)])
    assert fault in told
    assert where.startswith("communities.")


def test_a_workspace_is_in_one_community() -> None:
    one = CommunitySettings(name="desk", members=("discord:1", "slack:T1"))
    two = CommunitySettings(name="policy", members=("discord:2", "slack:T1"))
    assert list(find_faults([one, two])) == [
        ("communities.policy.members", "slack:T1 is in the community “desk” already")
    ]
