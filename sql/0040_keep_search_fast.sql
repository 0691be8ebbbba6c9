-- Search right after an import: as fast as an hour later.
--
-- What is added to an index over words is first put on a list beside it, which every search
-- reads from end to end until a vacuum sorts it in. After an import of 10,000 passages that
-- list had 439 pages, and the planner, taking the index for slow, read the table instead:
-- 14 ms where 4 will do. The shortest list there is costs the import nothing that could be
-- measured.
alter index idx_words_keys set (gin_pending_list_limit = 64);
select pg_catalog.gin_clean_pending_list('idx_words_keys'::pg_catalog.regclass);
