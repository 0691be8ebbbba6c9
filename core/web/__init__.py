"""The companion's HTTP: webhooks in, health out."""
