"""The assistant: it reads, finds, drafts and judges; it proposes and never acts."""
