"""Whose rows each table holds, and who may do what with them.

The one map behind row security: the policies in `sql/` are written after it, and
`tests/sql` proves every cell of it against a real server, and that no table is missing.
Rights are written `SIUD` (select, insert, update, delete), a dash for each one withheld.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What decides whose a row is."""

    TENANT = "tenant"
    """The row names its tenant."""
    PERSON = "person"
    """The row belongs to one member inside a tenant; colleagues may not touch it."""
    SHARED = "shared"
    """The same for everybody, kept by the service."""
    UNROUTED = "unrouted"
    """Raw receipts: no tenant until their account is found, so only the service sees them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The rights of each kind of login on one table."""

    column: str | None
    agent: str
    admin: str
    owner: str
    service: str
    assistant: str
    scope: Scope = Scope.TENANT
    author: str | None = None
    """The column naming the member who wrote the row, where members act on their own."""


def _access(column: str | None, rights: str) -> Access:
    agent, admin, owner, service, assistant = rights.split()
    return Access(
        column=column,
        agent=agent,
        admin=admin,
        owner=owner,
        service=service,
        assistant=assistant,
    )


def _authored(column: str, author: str, rights: str) -> Access:
    plain = _access(column, rights)
    return Access(
        column=column,
        agent=plain.agent,
        admin=plain.admin,
        owner=plain.owner,
        service=plain.service,
        assistant=plain.assistant,
        author=author,
    )


def _scoped(scope: Scope, column: str | None, rights: str) -> Access:
    plain = _access(column, rights)
    return Access(
        column=column,
        agent=plain.agent,
        admin=plain.admin,
        owner=plain.owner,
        service=plain.service,
        assistant=plain.assistant,
        scope=scope,
    )


TABLES: Mapping[str, Access] = {
    #                          tenant       agent admin owner service assistant
    "users": _access("id", "S--- S--- S-U- S--- ----"),
    "team_members": _access("tenant_id", "S--- SIU- SIUD S--- ----"),
    "user_subscriptions": _access("user_id", "S--- S--- S--- SIU- ----"),
    "user_credits": _access("user_id", "S--- S--- S--- SIU- S---"),
    "credit_transactions": _access("user_id", "---- S--- S--- SI-- ----"),
    "products": _scoped(Scope.SHARED, None, "S--- S--- S--- SIU- ----"),
    "prices": _scoped(Scope.SHARED, None, "S--- S--- S--- SIU- ----"),
    "ai_models": _scoped(Scope.SHARED, None, "S--- S--- S--- SIU- S---"),
    "social_accounts": _access("user_id", "S--- SIU- SIUD S-U- S---"),
    "channel_health": _access("tenant_id", "S--- SIU- SIU- SIU- ----"),
    "channel_gaps": _access("tenant_id", "S-U- S-U- S-U- SIU- ----"),
    "companion_keys": _scoped(Scope.SHARED, None, "S--- S--- S--- SIU- ----"),
    "people": _access("tenant_id", "SIU- SIU- SIUD SIU- S---"),
    "person_links": _access("tenant_id", "SIU- SIU- SIU- S--- ----"),
    "person_refusals": _access("tenant_id", "SI-D SI-D SI-D S--- ----"),
    "customers": _access("user_id", "SIU- SIU- SIUD SIU- S---"),
    "conversations": _access("user_id", "SIU- SIU- SIUD SIU- S-U-"),
    "conversation_messages": _access("user_id", "S--- S--- S--- SIU- S-U-"),
    "blobs": _access("tenant_id", "SI-- SI-- SI-D SIUD ----"),
    "attachments": _access("tenant_id", "SI-- SI-- SI-D SIUD S---"),
    "ai_triage_rules_advanced": _access("user_id", "S--- S--- S--- SI-- SI--"),
    "drafts": _access("tenant_id", "S-U- S-U- S-U- SIU- SIU-"),
    "support_escalations": _access("user_id", "SIU- SIU- SIU- SIU- SIU-"),
    "message_templates": _access("tenant_id", "S--- S--- S--- SIUD ----"),
    "composer_drafts": Access(
        column="tenant_id",
        agent="SIUD",
        admin="SIUD",
        owner="SIUD",
        service="----",
        assistant="----",
        scope=Scope.PERSON,
        author="user_id",
    ),
    "notes": _authored("tenant_id", "author_user_id", "SIU- SIUD SIUD S--- ----"),
    "labels": _access("tenant_id", "S--- SIUD SIUD S--- S---"),
    "conversation_labels": _access("tenant_id", "SI-D SI-D SI-D SI-D S---"),
    "saved_replies": _access("tenant_id", "S--- SIUD SIUD S--- ----"),
    "outbox_items": _access("tenant_id", "S--- S--- S--- S-U- S---"),
    "ai_settings": _access("user_id", "S--- S-U- S-U- S--- S---"),
    "ai_rules": _access("user_id", "S--- S-U- SIUD S--- S---"),
    "triage_rules": _access("tenant_id", "S--- SIUD SIUD S--- S---"),
    "ai_decisions": _access("user_id", "S--- S--- S--- SI-- SI--"),
    "decision_rules": _access("tenant_id", "S--- S--- S--- SI-- SI--"),
    "decision_corrections": _authored("tenant_id", "member_id", "SIU- SIU- SIU- S--- S---"),
    "assistant_usage": _access("tenant_id", "S--- S--- S--- SIU- SIU-"),
    "assistant_threads": _access("tenant_id", "---- ---- ---- SIUD SIUD"),
    "assist_requests": Access(
        column="tenant_id",
        agent="SI--",
        admin="SI--",
        owner="SI--",
        service="S-U-",
        assistant="S-U-",
        scope=Scope.PERSON,
        author="requested_by",
    ),
    "knowledge_documents": _access("user_id", "S--- SIUD SIUD SIU- S---"),
    "knowledge_chunks": _access("user_id", "S--- S--- S--- SIUD S---"),
    "knowledge_windows": _access("tenant_id", "S--- S--- S--- SIUD S---"),
    "knowledge_vectors": _access("tenant_id", "S--- SIUD SIUD SIUD S---"),
    "knowledge_words": _access("tenant_id", "---- ---- ---- ---- ----"),
    "knowledge_lexemes": _access("tenant_id", "---- ---- ---- ---- ----"),
    "knowledge_sizes": _access("tenant_id", "S--- S--- S--- S--- S---"),
    "knowledge_uses": _access("tenant_id", "S--- S--- S--- SI-- SI--"),
    "knowledge_conflicts": _access("tenant_id", "S--- S-U- S-U- SI-D ----"),
    "knowledge_expiries": _access("tenant_id", "S--- S--- S--- SI-D ----"),
    "knowledge_gaps": _access("tenant_id", "S--- S-U- S-U- SIUD ----"),
    "knowledge_gap_messages": _access("tenant_id", "S--- S-U- S-U- SIUD ----"),
    "released_topics": _access("tenant_id", "S--- SI-D SI-D S--- S---"),
    "document_versions": _access("tenant_id", "S--- SIUD SIUD SIUD ----"),
    "staged_chunks": _access("tenant_id", "---- ---- ---- SIUD ----"),
    "faq_qa": _access("user_id", "S--- SIUD SIUD SIU- S---"),
    "faq_phrasings": _access("tenant_id", "S--- SIUD SIUD SIUD S---"),
    "webhook_events": _scoped(Scope.UNROUTED, "user_id", "---- ---- ---- SIUD ----"),
    "inbound_keys": _access("tenant_id", "---- ---- ---- SI-- ----"),
    "waiting_updates": _access("tenant_id", "---- ---- ---- SIUD ----"),
    "scheduled_posts": _authored("user_id", "created_by", "SIU- SIUD SIUD S-U- ----"),
    "post_runs": _access("user_id", "S--- S--- S--- SIU- ----"),
    "monitored_posts": _access("user_id", "S--- SIU- SIUD SIU- S---"),
    "monitoring_rules": _access("user_id", "S--- SIUD SIUD S--- S---"),
    "comments": _access("user_id", "S--- S--- S--- SIU- S-U-"),
    "comment_deeds": _access("tenant_id", "S--- S--- S--- S-U- ----"),
    "comment_checkpoint": _access("user_id", "S--- S--- S--- SIU- ----"),
    "analytics": _access("user_id", "S--- S--- S--- SIUD ----"),
    "analytics_history": _access("user_id", "S--- S--- S--- SIUD ----"),
    "kpi_2h": _access("tenant_id", "S--- S--- S--- SIUD ----"),
    "clusters": _access("tenant_id", "S--- S--- S--- SIUD ----"),
    "cluster_items": _access("user_id", "S--- S--- S--- SIUD ----"),
    "audit_log": _access("tenant_id", "---- S--- S--- -I-- ----"),
    "tombstones": _access("tenant_id", "---- ---- S--- SI-- ----"),
    "notices_channels": _access("tenant_id", "S--- S--- S--- S--- S---"),
}

CHECKPOINT_TABLES = (
    "checkpoints",
    "checkpoint_blobs",
    "checkpoint_writes",
    "checkpoint_migrations",
)
"""LangGraph's own tables: made by its set-up, secured by ours through `assistant_threads`."""
