"""Work lists that live in their own tables: claim due rows, act, repeat."""
