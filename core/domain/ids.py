"""Identifiers, one type each, so that a customer's id is never passed for a channel's.

Every id of ours is a UUID. Ids of platforms are opaque strings: some exceed what a
double can hold (X, LinkedIn), some arrive as JSON numbers, and none may be computed with.
"""

from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", UUID)
"""The owner's `user_id`: whose inbox it is."""
MemberId = NewType("MemberId", UUID)
"""A person of the team: the `user_id` in `team_members`."""
ChannelId = NewType("ChannelId", UUID)
CustomerId = NewType("CustomerId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)
AttachmentId = NewType("AttachmentId", UUID)
EventId = NewType("EventId", UUID)
OutboxId = NewType("OutboxId", UUID)
DecisionId = NewType("DecisionId", UUID)
DraftId = NewType("DraftId", UUID)
EscalationId = NewType("EscalationId", UUID)
DocumentId = NewType("DocumentId", UUID)
ChunkId = NewType("ChunkId", UUID)
FaqId = NewType("FaqId", UUID)
ConflictId = NewType("ConflictId", UUID)
"""Two statements of the knowledge base that do not agree."""
GapId = NewType("GapId", UUID)
"""Messages that ask the same, which nothing in the knowledge base answers."""
RunId = NewType("RunId", UUID)
CommentId = NewType("CommentId", UUID)
DeedId = NewType("DeedId", UUID)
MonitoredPostId = NewType("MonitoredPostId", UUID)
PostId = NewType("PostId", UUID)
"""A post of ours that is, or was, to be published."""
PersonId = NewType("PersonId", UUID)
MergeId = NewType("MergeId", UUID)
"""One act of saying that customers are one person; it is undone as one."""
