"""The description of the companion's HTTP, served at `/openapi.json`."""

from typing import Any

from core.domain.channel import PlatformName


def _answers(**meanings: str) -> dict[str, Any]:
    return {
        status.removeprefix("s"): {"description": meaning}
        for status, meaning in meanings.items()
    }


_PLATFORM = {
    "name": "platform",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": list(PlatformName)},
}
_TOKEN = {
    "name": "token",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
}

OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "SocialSync companion", "version": "1"},
    "paths": {
        "/webhooks/{platform}": {
            "parameters": [_PLATFORM],
            "get": {
                "summary": "Handshake of the platform",
                "responses": _answers(
                    s200="The challenge.",
                    s403="Wrong verify token.",
                    s404="Unknown platform.",
                ),
            },
            "post": {
                "summary": "Delivery, signed over the raw bytes",
                "requestBody": {"content": {"application/json": {"schema": {}}}},
                "responses": _answers(
                    s200="Kept: the body is committed.",
                    s401="Signature missing or wrong; nothing is kept.",
                    s404="Unknown platform.",
                    s408="The body did not arrive in time.",
                    s413="Body over 4 MB; nothing is kept.",
                    s503="The database is away; deliver again.",
                ),
            },
        },
        "/media/{token}": {
            "parameters": [_TOKEN],
            "get": {
                "summary": "A file on its way to a customer, for the platform to fetch",
                "responses": _answers(
                    s200="The file.",
                    s404="The token is wrong or has expired, or the file is gone.",
                    s503="The database is away; ask again.",
                ),
            },
        },
        "/livez": {
            "get": {"summary": "The loop turns", "responses": _answers(s200="It does.")}
        },
        "/readyz": {
            "get": {
                "summary": "The database takes writes and the schema is understood",
                "responses": _answers(s200="Ready.", s503="Not ready, with the reason."),
            }
        },
        "/metrics": {
            "get": {
                "summary": "Prometheus figures",
                "responses": _answers(s200="The page."),
            }
        },
    },
}
