"""The engine of SocialSync: everything but the screen."""
