"""A platform of our own to talk to: Meta's Graph API on loopback, and customers who write.

The demo, the journeys under test, the crash tests and anybody without an account use it.
To the companion nothing tells it from the real thing: same paths, same bodies, same
signatures, same bad days. `core.sandbox.server.open_sandbox` opens it,
`python -m core.sandbox` runs it as a process of its own.
"""
