"""What stands in the place of words that a platform's terms made us forget."""


def expired_by(platform_title: str) -> str:
    """Return the sentence for people, such as "Expired by LinkedIn's terms."."""
    return f"Expired by {platform_title}'s terms."
