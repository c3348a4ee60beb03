"""The one exception tree: every error names the thing, the place and the remedy.

TopicwireError
├── ConfigError             a wrong setting, file or environment variable
├── InputError              what a person typed in a command or form
│   ├── QueryError          a query, with the column of the mistake
│   └── QuotaError          more than a workspace may have
├── NotFoundError           a thing that does not exist or may not be seen
├── PackError               a topic pack that cannot be loaded
├── StorageError            the database cannot be used
│   └── DamagedError        its file is damaged: nothing may be written to it
├── WriterError             the machine that writes summaries gave none
└── PlatformError           a chat platform said no
    ├── RetryLaterError     not now: rate limit, outage; it was surely not carried out
    │   └── PlatformRefusedError the platform refuses us altogether: a revoked token, a missing right of the app
    │       └── WorkspaceRefusedError only one workspace does; the others go on
    ├── UnknownOutcomeError the answer was lost: it may or may not have been carried out
    ├── MessageGoneError    the message to edit or to reply to no longer exists
    ├── EditRefusedError    the message is there, but may not be edited any more
    ├── MessageRefusedError the platform will never take this message; its channel is well
    └── PermanentError      the channel will never work: gone, bot removed, no permission
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal


class TopicwireError(Exception):
    """Base of all errors that Topicwire raises on purpose."""


class ConfigError(TopicwireError):
    """Every problem of the configuration at once, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class InputError(TopicwireError):
    """What a person typed cannot be used; `field` is the parameter that it is about."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class QueryError(InputError):
    """A mistake in a query; `column` counts characters from 0."""

    def __init__(self, message: str, *, text: str, column: int) -> None:
        super().__init__(message, field="query")
        self.text = text
        self.column = column


class QuotaError(InputError):
    """A workspace has as many feeds, or topics of its own, as it may."""

    def __init__(self, used: int, most: int, *, of: Literal["feed", "topic"] = "feed") -> None:
        has = f"reads {used} feeds" if of == "feed" else f"has {used} topics of its own"
        super().__init__(
            f"This workspace {has}, and at most {most} are allowed ({of}s.per_workspace). Remove one with "
            f"/news {of} remove, or ask the operator to raise that setting. Nothing was changed."
        )
        self.used = used
        self.most = most


class NotFoundError(TopicwireError):
    """A thing that does not exist, or that the asker may not see."""


class StoryNotFoundError(NotFoundError):
    """No such story for this workspace."""


class ChannelNotFoundError(NotFoundError):
    """No such channel."""


class PackError(TopicwireError):
    """A topic pack that cannot be loaded; names the file, the place and the remedy. `pack` is its name, if one."""

    def __init__(self, message: str, *, pack: str = "") -> None:
        super().__init__(message)
        self.pack = pack


class StorageError(TopicwireError):
    """The database cannot be used: newer than the program, locked by another run, unreadable."""


class DamagedError(StorageError):
    """The database's file is damaged: nothing may be written to it any more; names the way to restore."""


class WriterError(TopicwireError):
    """No summary came; `kind` is refused, slow, shape (an answer of another form), language (another one) or budget."""

    def __init__(self, kind: Literal["refused", "slow", "shape", "language", "budget"], reason: str = "") -> None:
        super().__init__(reason)
        self.kind = kind


class PlatformError(TopicwireError):
    """A chat platform refused or could not be reached."""


class RetryLaterError(PlatformError):
    """The request was surely not carried out; try again after `retry_after` (None: by our own back-off)."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlatformRefusedError(RetryLaterError):
    """The platform refuses us altogether, whatever the channel, until a person mends the login; nothing is lost."""


class WorkspaceRefusedError(PlatformRefusedError):
    """One workspace refuses us altogether until a person mends the login there; the others are well."""


class UnknownOutcomeError(PlatformError):
    """The answer was lost: settle what happened before sending again."""


class MessageGoneError(PlatformError):
    """The message to edit or to reply to no longer exists."""


class EditRefusedError(PlatformError):
    """The message is there, but the platform lets nobody edit it any more; replies to it may pass."""


class MessageRefusedError(PlatformError):
    """The platform will never take this message (too long, malformed); others to the same channel may pass."""


class PermanentError(PlatformError):
    """The channel will not work until a person changes something: channel gone, bot removed, no permission."""
