"""The models: what we ask of a language model and of an embedder, and who answers."""
