"""The one home of httpx: calls to platforms, their pace, and safe downloads."""
