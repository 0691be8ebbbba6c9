"""Ask WhatsApp about our own account: its token, its number, the business it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.domain.errors import ChannelSignedOut, NotFound, Refused
from core.platforms.base import UNDATED, ChannelSession
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, items, moment, section, words
from core.platforms.whatsapp.limits import ERRORS, side_lane

SCOPES: Final = ("whatsapp_business_messaging", "whatsapp_business_management")
_MANAGEMENT: Final = "whatsapp_business_management"
_PAGES: Final = 50
_LANE: Final = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What Meta says about a token; `businesses` are the accounts it was given for."""

    scopes: tuple[str, ...]
    businesses: tuple[str, ...]
    app_id: str | None
    expires_at: datetime | None


async def ask(
    session: ChannelSession, path: str, params: Mapping[str, str]
) -> Mapping[str, Any]:
    """Return what a node or edge holds; raises as `content_of` does."""
    answer = await session.http.get_json(
        session.url(path),
        params,
        token=session.token,
        lane=side_lane(session.account_id, _LANE),
    )
    return content_of(answer, ERRORS)


async def ask_pages(
    session: ChannelSession, path: str, params: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """Return the objects of an edge, over all its pages."""
    found: list[Mapping[str, Any]] = []
    after: str | None = None
    for _ in range(_PAGES):
        place = {} if after is None else {"after": after}
        page = await ask(session, path, {**params, **place})
        found += map(section, items(page.get("data")))
        paging = section(page.get("paging"))
        after = identifier(section(paging.get("cursors")).get("after"))
        if after is None or not paging.get("next"):
            break
    return found


async def token_of(session: ChannelSession) -> Token | None:
    """Return what a token is worth, None where Meta does not let it ask about itself.

    Raises:
        ChannelSignedOut: the token is dead.
    """
    try:
        answer = await ask(session, "debug_token", {"input_token": session.token.reveal()})
    except Refused:
        return None
    told = section(answer.get("data"))
    if told.get("is_valid") is False:
        error = words(section(told.get("error")).get("message"))
        raise ChannelSignedOut(
            error or "WhatsApp no longer accepts the token.", "Connect the channel again."
        )
    granular = map(section, items(told.get("granular_scopes")))
    expires = moment(told.get("expires_at"))
    return Token(
        scopes=tuple(words(one) for one in items_of(told.get("scopes"))),
        businesses=tuple(
            business
            for scope in granular
            if words(scope.get("scope")) == _MANAGEMENT
            for one in items_of(scope.get("target_ids"))
            if (business := identifier(one)) is not None
        ),
        app_id=identifier(told.get("app_id")),
        expires_at=None if expires == UNDATED else expires,
    )


def items_of(value: Any) -> list[Any]:
    """Return an array of plain values, empty for anything else."""
    return value if isinstance(value, list) else []


async def numbers_of(session: ChannelSession, business: str) -> list[Mapping[str, Any]]:
    """Return the numbers of a business account."""
    fields = "id,verified_name,display_phone_number,quality_rating,status,platform_type"
    return await ask_pages(session, f"{business}/phone_numbers", {"fields": fields})


async def business_of(session: ChannelSession) -> str:
    """Return the id of the business account that the session's number belongs to.

    Noted when the channel was connected; else found by the token, which names its
    business accounts.

    Raises:
        NotFound: the token names none that has this number.
    """
    noted = identifier(session.metadata.get("waba_id"))
    if noted is not None:
        return noted
    token = await token_of(session)
    for business in token.businesses if token is not None else ():
        numbers = await numbers_of(session, business)
        if any(identifier(one.get("id")) == session.account_id for one in numbers):
            return business
    raise NotFound(
        "The token does not say which WhatsApp business account the number belongs to.",
        "Connect the channel again with the id of its business account.",
    )
