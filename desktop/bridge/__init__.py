"""The one crossing between the window and the engine: a thread, calls, notices, errors."""
