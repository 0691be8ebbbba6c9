"""Bad days on demand: which call goes wrong, and how.

A rule names calls (endpoint, recipient, position, chance) and what befalls them. Rules are looked
at in the order they were added and the first that fires decides. Chance is drawn from the
rule's seed and the call's position alone, so a run can be repeated exactly.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from core.sandbox.graph_errors import GraphError, token_refused


class Endpoint(StrEnum):
    """Kinds of calls that a rule can name."""

    WHATSAPP_MESSAGES = "whatsapp.messages"
    WHATSAPP_RECEIPTS = "whatsapp.receipts"
    WHATSAPP_MEDIA = "whatsapp.media"
    WHATSAPP_ACCOUNT = "whatsapp.account"
    INSTAGRAM_MESSAGES = "instagram.messages"
    INSTAGRAM_ACTIONS = "instagram.actions"
    INSTAGRAM_THREADS = "instagram.conversations"
    INSTAGRAM_COMMENTS = "instagram.comments"
    INSTAGRAM_REPLIES = "instagram.replies"
    INSTAGRAM_CONTAINERS = "instagram.containers"
    INSTAGRAM_PUBLISH = "instagram.publish"
    INSTAGRAM_ACCOUNT = "instagram.account"
    INSTAGRAM_PROFILE = "instagram.profile"
    X_MESSAGES = "x.messages"
    X_THREADS = "x.dm_events"
    X_POSTS = "x.posts"
    X_DELETE = "x.delete"
    X_HIDE = "x.hide"
    X_TIMELINE = "x.timeline"
    X_MENTIONS = "x.mentions"
    X_SEARCH = "x.search"
    X_MEDIA = "x.media"
    X_USERS = "x.users"
    X_HOOKS = "x.hooks"
    FACEBOOK_MESSAGES = "facebook.messages"
    FACEBOOK_ACTIONS = "facebook.actions"
    FACEBOOK_THREADS = "facebook.conversations"
    FACEBOOK_COMMENTS = "facebook.comments"
    FACEBOOK_REPLIES = "facebook.replies"
    FACEBOOK_LISTS = "facebook.lists"
    FACEBOOK_UPLOADS = "facebook.uploads"
    FACEBOOK_PUBLISH = "facebook.publish"
    FACEBOOK_ACCOUNT = "facebook.account"
    FACEBOOK_PROFILE = "facebook.profile"


class Fault(StrEnum):
    """What goes wrong. Those of `AFTER_ACCEPTANCE` spoil the answer, not the effect."""

    RATE_LIMITED = "429"
    TOKEN_EXPIRED = "190"  # noqa: S105 - an error code of Meta's, not a password
    WINDOW_CLOSED = "131047"
    PAIR_LIMITED = "131056"
    SERVER_ERROR = "500"
    ERROR_AFTER_ACCEPT = "500-after-accept"
    CUT_AFTER_ACCEPT = "accept-then-cut"
    BROKEN_JSON = "broken-json"
    SLOW = "slow"
    USAGE_CAPPED = "usage-capped"


AFTER_ACCEPTANCE = frozenset(
    {Fault.ERROR_AFTER_ACCEPT, Fault.CUT_AFTER_ACCEPT, Fault.BROKEN_JSON, Fault.SLOW}
)


_WINDOWS: Mapping[str, int] = {"instagram": 2534022, "facebook": 2018278}
"""The subcodes that say, under code 10, that the customer wrote too long ago."""


class BadRule(ValueError):
    """A rule sent to the sandbox makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRule:
    """One wish: these calls, this fault.

    `nth` counts the calls that match endpoint and recipient, from 1. `times` is how often
    the rule fires before it is spent, None for ever. `seconds` is the length of `slow` and
    the Retry-After of `429`.
    """

    kind: Fault
    endpoint: Endpoint | None = None
    recipient: str | None = None
    nth: int | None = None
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    seconds: float = 30.0


@dataclass(slots=True)
class _Armed:
    rule: FaultRule
    seen: int = 0
    fired: int = 0

    def fires(self, endpoint: Endpoint, recipient: str | None) -> bool:
        rule = self.rule
        if rule.endpoint not in (None, endpoint) or rule.recipient not in (None, recipient):
            return False
        self.seen += 1
        spent = rule.times is not None and self.fired >= rule.times
        if spent or rule.nth not in (None, self.seen):
            return False
        if _draw(rule.seed, self.seen) >= rule.probability:
            return False
        self.fired += 1
        return True


@dataclass(slots=True)
class Faults:
    """The rules in force."""

    _armed: list[_Armed] = field(default_factory=list)

    def add(self, rule: FaultRule) -> None:
        """Put `rule` behind those already there; its counting starts now."""
        self._armed.append(_Armed(rule=rule))

    def clear(self) -> None:
        """Forget every rule: all calls go well again."""
        self._armed.clear()

    def next(self, endpoint: Endpoint, recipient: str | None) -> FaultRule | None:
        """Return the rule that spoils this call, or None."""
        for armed in self._armed:
            if armed.fires(endpoint, recipient):
                return armed.rule
        return None


def refusal(rule: FaultRule, endpoint: Endpoint) -> GraphError | None:
    """Return the error that stands in for the call, None where the call goes through."""
    window = _WINDOWS.get(endpoint.partition(".")[0])
    match rule.kind:
        case Fault.RATE_LIMITED:
            headers = {"Retry-After": f"{rule.seconds:g}"}
            code = 130429 if window is None else 613
            return GraphError(429, code, "Rate limit hit.", headers=headers)
        case Fault.TOKEN_EXPIRED:
            return token_refused()
        case Fault.WINDOW_CLOSED if window is not None:
            text = "This message is sent outside of allowed window."
            return GraphError(400, 10, text, subcode=window)
        case Fault.WINDOW_CLOSED:
            details = "More than 24 hours have passed since the customer last wrote."
            return GraphError(400, 131047, "Re-engagement message", details=details)
        case Fault.PAIR_LIMITED:
            details = "Too many messages from this number to the same customer."
            return GraphError(400, 131056, "Pair rate limit hit", details=details)
        case Fault.SERVER_ERROR:
            return unexpected_error()
        case _:
            return None


def unexpected_error() -> GraphError:
    """Return the answer of a server that fails, before or after having done the work."""
    return GraphError(500, 1, "An unknown error occurred.")


def parse_rule(wish: Mapping[str, object]) -> FaultRule:
    """Return the rule that a JSON object asks for; raise `BadRule` with the reason."""
    unknown = wish.keys() - {member.name for member in fields(FaultRule)}
    if unknown:
        raise BadRule(f"unknown members: {', '.join(sorted(unknown))}")
    try:
        endpoint = wish.get("endpoint")
        return FaultRule(
            kind=Fault(str(wish.get("kind"))),
            endpoint=None if endpoint is None else Endpoint(str(endpoint)),
            recipient=_text(wish.get("recipient")),
            nth=_whole(wish.get("nth")),
            times=_whole(wish.get("times")),
            probability=_number(wish.get("probability"), 1.0),
            seed=_whole(wish.get("seed")) or 0,
            seconds=_number(wish.get("seconds"), 30.0),
        )
    except ValueError as error:
        raise BadRule(str(error)) from error


def _draw(seed: int, position: int) -> float:
    """Return a number in 0..1 that depends on nothing but its arguments."""
    digest = hashlib.sha256(f"{seed}:{position}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _number(value: object, default: float) -> float:
    return default if value is None else float(str(value))
