"""WhatsApp's numbers: what its codes mean, how fast it lets us go, how large files may be."""

from typing import Final

from core.domain.attachment import MediaKind, MediaRule
from core.domain.outbox import AnswerClass
from core.net.limits import Lane
from core.platforms.meta.errors import GRAPH_ERRORS, ErrorTable

MESSAGES_PER_SECOND: Final = 80.0
OTHER_CALLS_PER_SECOND: Final = 20.0
PAIR_SECONDS: Final = 6.0
PAIR_BURST: Final = 5
"""About one message in six seconds per customer; how many may come at once is not told."""
PAIR_PAUSES: Final = (6.0, 24.0, 96.0)
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024

STICKER_LIMIT_BYTES: Final = 500 * 1024
"""An animated one's; one that stands still may have 100 KB (CONTRACTS 2.2)."""
VOICE_LIMIT_BYTES: Final = 512 * 1024
"""A larger recording is shown as a file to download, so it is sent as plain audio."""
BUTTONS: Final = 3
BUTTON_TITLE: Final = 20
BUTTON_ID: Final = 256
LIST_BUTTON: Final = 20
LIST_ROWS: Final = 10
LIST_ROW_ID: Final = 200
LIST_ROW_TITLE: Final = 24
LIST_ROW_DESCRIPTION: Final = 72
CHOICE_TEXT: Final = 1024
"""Of buttons and lists alike: 4096 for lists is told nowhere for certain (CONTRACTS 2.1)."""
HEADER_TEXT: Final = 60
FOOTER_TEXT: Final = 60

_MB: Final = 1024 * 1024

MEDIA: Final = {
    MediaKind.IMAGE: MediaRule(
        limit_bytes=5 * _MB,
        mime_types=frozenset({"image/jpeg", "image/png"}),
        caption_limit=CAPTION_LIMIT,
    ),
    MediaKind.AUDIO: MediaRule(
        limit_bytes=16 * _MB,
        mime_types=frozenset(
            {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}
        ),
    ),
    MediaKind.VIDEO: MediaRule(
        limit_bytes=16 * _MB,
        mime_types=frozenset({"video/mp4", "video/3gpp"}),
        caption_limit=CAPTION_LIMIT,
    ),
    MediaKind.DOCUMENT: MediaRule(limit_bytes=100 * _MB, caption_limit=CAPTION_LIMIT),
    MediaKind.STICKER: MediaRule(
        limit_bytes=STICKER_LIMIT_BYTES, mime_types=frozenset({"image/webp"})
    ),
}

_RECONNECT: Final = (131005,)  # access denied
_PERSON: Final = (
    131031,  # account locked
    131037,  # display name not approved
    131042,  # payment method
    131044,
    131045,  # certificate
    131048,  # spam limit: the number rests until a person has looked
    133000,  # an earlier removal is incomplete
    133005,
    133006,
    133008,  # PIN
    133009,
    133010,  # number not registered
    133015,
    133016,  # registered too often
)
"""What stops the whole number until somebody has looked at it."""
_REFUSED: Final = (
    130472,  # the customer is in an experiment
    130497,  # business not allowed in the customer's country
    131008,
    131009,
    131021,
    131026,  # cannot be delivered
    131030,
    131049,  # kept back by Meta
    131050,  # the customer stopped marketing
    131051,
    131052,
    131053,  # media
    131062,
    131063,
    131064,  # needs a phone number
    132000,
    132001,
    132005,
    132007,
    132008,
    132012,
    132015,
    132016,
    132068,
    134011,
    135000,
    137000,
)

ERRORS: Final = ErrorTable(
    codes={
        **dict.fromkeys((131000, 131016), AnswerClass.UNKNOWN),
        **dict.fromkeys((131057, 132069, 133004), AnswerClass.NOT_SENT),  # maintenance
        130429: AnswerClass.SLOW_DOWN,
        131056: AnswerClass.WAIT_PAIR,
        131047: AnswerClass.WINDOW,
        **dict.fromkeys(_RECONNECT, AnswerClass.RECONNECT),
        **dict.fromkeys(_PERSON, AnswerClass.PERSON),
        **dict.fromkeys(_REFUSED, AnswerClass.REFUSED),
    },
    ranges=((range(131200, 131300), AnswerClass.REFUSED),),  # groups
).over(GRAPH_ERRORS)


def message_lane(account_id: str, customer: str) -> Lane:
    """Return the lane of a message to `customer`."""
    return Lane(
        account_id=account_id,
        endpoint="messages",
        per_second=MESSAGES_PER_SECOND,
        customer=customer,
        customer_seconds=PAIR_SECONDS,
        customer_burst=PAIR_BURST,
    )


def side_lane(account_id: str, endpoint: str) -> Lane:
    """Return the lane of a call that is no message: a file, a read mark."""
    return Lane(account_id=account_id, endpoint=endpoint, per_second=OTHER_CALLS_PER_SECOND)


def pair_pause(attempt: int) -> float:
    """Return how long a conversation rests after its `attempt`-th refusal for haste."""
    return PAIR_PAUSES[min(max(attempt, 1), len(PAIR_PAUSES)) - 1]
