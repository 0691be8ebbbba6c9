-- When the customer's reaction on a message was made: of two, told in any order, the later
-- one stands, and a removal that comes first is not undone.

alter table conversation_messages add column reacted_at timestamptz;
