"""What the APIs of Meta have in common: signature, envelope, errors."""
