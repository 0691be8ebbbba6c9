"""A member: a person of the team, in one tenant."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import MemberId, TenantId


class Role(StrEnum):
    """What a member may do; each includes the ones before it."""

    AGENT = "agent"
    ADMIN = "admin"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A row of `team_members`."""

    id: MemberId
    tenant: TenantId
    name: str
    role: Role
