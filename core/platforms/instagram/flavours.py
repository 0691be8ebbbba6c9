"""The two logins of Instagram, as data (CONTRACTS 3)."""

from typing import Final

from core.platforms.connecting import Flavour

BY_INSTAGRAM: Final = Flavour(
    key="instagram_login",
    title="Instagram",
    authorize_url="https://www.instagram.com/oauth/authorize",
    token_url="https://api.instagram.com/oauth/access_token",  # noqa: S106 - an address
    scopes=(
        "instagram_business_basic",
        "instagram_business_manage_messages",
        "instagram_business_manage_comments",
        "instagram_business_content_publish",
    ),
    required=("instagram_business_basic", "instagram_business_manage_messages"),
    scope_separator=",",
)
BY_FACEBOOK: Final = Flavour(
    key="facebook_login",
    title="Facebook (Page with a linked Instagram account)",
    authorize_url="https://www.facebook.com/v26.0/dialog/oauth",
    token_url="https://graph.facebook.com/v26.0/oauth/access_token",  # noqa: S106
    scopes=(
        "instagram_basic",
        "instagram_manage_messages",
        "instagram_manage_comments",
        "instagram_content_publish",
        "pages_show_list",
        "pages_manage_metadata",
    ),
    required=(
        "instagram_basic",
        "instagram_manage_messages",
        "pages_show_list",
        "pages_manage_metadata",
    ),
    scope_separator=",",
)
LOGIN_SCOPES: Final = {
    flavour.key: flavour.scopes for flavour in (BY_INSTAGRAM, BY_FACEBOOK)
}

NEEDED_FIELDS: Final = (
    "messages",
    "messaging_postbacks",
    "messaging_seen",
    "message_reactions",
    "comments",
)
FIELDS: Final = (*NEEDED_FIELDS, "messaging_referral", "live_comments")
"""Instagram sends all that the app subscribes to as soon as an account has one of them."""
PAGE_FIELDS: Final = ("messages",)
"""Of a Page; with Facebook's login it is the Page that opens the way."""
