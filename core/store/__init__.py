"""PostgreSQL: the questions we ask it, and the server that we bring along."""
