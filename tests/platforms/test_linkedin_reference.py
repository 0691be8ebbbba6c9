"""LinkedIn's collected payloads and signatures, where this machine has them.

They are not part of the repository. A file in that folder that no table here names fails.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.domain.errors import BadPayload
from core.domain.incoming import IncomingComment
from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.linkedin import LinkedIn
from core.platforms.linkedin.limits import meaning_of, pause_after, read_error
from core.platforms.linkedin.listed import read_listed
from core.platforms.linkedin.tokens import refresh_end
from tests.platforms.test_reference_payloads import FIXTURES, seen

FOLDER = FIXTURES / "linkedin"
COMMENT = "urn:li:comment:(urn:li:activity:6600000000000000002,6600000000000000003)"
SHARE = "urn:li:share:6600000000000000001"
PAGE = "urn:li:organization:12345"
AT = "2026-09-21T14:13:20"
ACTIVITY = "urn:li:activity:6600000000000000004"

WEBHOOKS: dict[str, list[dict[str, str]]] = {
    "webhook_admin_comment": [
        {
            "fact": "IncomingComment",
            "account_id": PAGE,
            "key": COMMENT,
            "sub": "4406013:1790000000000",
            "post_id": SHARE,
            "own": "True",
            "at": AT,
            "text": "",
        }
    ],
    "webhook_batch_with_duplicate_notification_id": [
        {
            "fact": "IncomingComment",
            "key": "urn:li:comment:(urn:li:activity:1,2)",
            "sub": "1001:1790000000000",
            "post_id": "urn:li:share:1",
        }
    ],
    "webhook_comment": [
        {
            "fact": "IncomingComment",
            "account_id": PAGE,
            "key": COMMENT,
            "sub": "4406007:1790000000000",
            "post_id": SHARE,
            "own": "False",
            "kind": "comment",
            "at": AT,
        }
    ],
    "webhook_comment_delete": [
        {
            "fact": "IncomingCommentChange",
            "comment_id": COMMENT,
            "removed": "True",
            "text": "None",
            "at": AT,
        }
    ],
    "webhook_comment_edit": [
        {
            "fact": "IncomingCommentChange",
            "comment_id": COMMENT,
            "removed": "False",
            "post_id": SHARE,
            "sub": "4406012:1790000000000",
        }
    ],
    "webhook_like": [
        {"fact": "IncomingOther", "kind": "like", "key": ACTIVITY, "account_id": PAGE}
    ],
    "webhook_share_mention": [
        {
            "fact": "IncomingComment",
            "kind": "mention",
            "key": ACTIVITY,
            "post_id": ACTIVITY,
            "own": "False",
        }
    ],
}
ERRORS = {"error_426": AnswerClass.PERSON, "error_429": AnswerClass.SLOW_DOWN}
ANSWERS = {
    "response_comment_create_201",
    "response_comments_page",
    "response_initialize_upload_image",
    "token_response",
}


def load(path: Path) -> Any:
    if not path.exists():
        pytest.skip(f"NO REFERENCE PAYLOAD at {path}")
    return json.loads(path.read_bytes())


def test_no_collected_file_goes_unread() -> None:
    if not FOLDER.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {FOLDER}")
    found = {path.stem for path in FOLDER.glob("*.json")}
    assert found == {*WEBHOOKS, *ERRORS, *ANSWERS}


@pytest.mark.parametrize("name", WEBHOOKS)
def test_a_collected_webhook_is_read_as_expected(name: str) -> None:
    facts = LinkedIn().read(load(FOLDER / f"{name}.json"))
    assert len(facts) == len(WEBHOOKS[name])
    for fact, wanted in zip(facts, WEBHOOKS[name], strict=True):
        assert {feature: seen(fact, feature) for feature in wanted} == wanted


@pytest.mark.parametrize("name", ERRORS)
def test_a_collected_error_means_what_it_should(name: str) -> None:
    body = load(FOLDER / f"{name}.json")
    error = read_error(body["status"], body)
    assert (error.message, meaning_of(error)) == (body["message"], ERRORS[name])


def test_the_collected_day_limit_ends_at_midnight() -> None:
    body = load(FOLDER / "error_429.json")
    headers = {"date": "Tue, 03 Nov 2026 21:30:00 GMT"}
    answer = Answer(status=429, headers=headers, json=body)
    assert pause_after(answer, read_error(429, body)) == 2.5 * 3600


@pytest.mark.parametrize("name", sorted({*ERRORS, *ANSWERS}))
def test_what_is_no_webhook_is_refused(name: str) -> None:
    with pytest.raises(BadPayload):
        LinkedIn().read(load(FOLDER / f"{name}.json"))


def test_a_collected_list_of_comments_is_read() -> None:
    [listed] = load(FOLDER / "response_comments_page.json")["elements"]
    fact = read_listed(listed, PAGE, "urn:li:share:1")
    assert isinstance(fact, IncomingComment)
    assert fact.key == "urn:li:comment:(urn:li:activity:9,8)"
    assert (fact.text, fact.post_id, fact.own) == ("nice", "urn:li:share:1", False)
    assert fact.at == datetime(2020, 2, 20, 1, 4, 38, 569000, tzinfo=UTC)


def test_a_collected_comment_of_ours_is_read() -> None:
    made = load(FOLDER / "response_comment_create_201.json")
    fact = read_listed(made, "urn:li:organization:5515715", "urn:li:share:1")
    assert isinstance(fact, IncomingComment)
    assert (fact.own, fact.text) == (True, "thanks")
    assert fact.parent_id == "urn:li:comment:(urn:li:activity:9,8)"


def test_the_collected_token_lives_as_long_as_it_says() -> None:
    told = load(FOLDER / "token_response.json")["refresh_token_expires_in"]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert (refresh_end(told, now, None) - now).days == 365


def test_the_collected_signatures_are_ours() -> None:
    vectors = load(FIXTURES / "signatures" / "vectors.json")
    found = {one["scheme"]: one for one in vectors if one["scheme"].startswith("linkedin")}
    assert set(found) == {"linkedin_challenge", "linkedin_signature"}
    challenge, signed = found["linkedin_challenge"], found["linkedin_signature"]
    answer = LinkedIn().handshake(
        {"challengeCode": challenge["challengeCode"]}, "", [challenge["secret"]]
    )
    assert json.loads(answer.body) == challenge["response"]
    headers = {signed["header_name"]: signed["header_value"]}
    body = signed["raw_body"].encode()
    assert LinkedIn().verify(body, headers, [signed["secret"]]) == signed["valid"]
    assert not LinkedIn().verify(body + b" ", headers, [signed["secret"]])
