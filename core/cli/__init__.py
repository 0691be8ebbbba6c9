"""The commands of `socialsync-headless`: each calls one action or query."""
