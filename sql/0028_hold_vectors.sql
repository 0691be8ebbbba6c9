-- Vectors of whole texts stand close together in a table of their own, so that a knowledge
-- base of some thousand texts is compared exactly in milliseconds; the windows of a chunk
-- are read only for chunks that are near already. Rows of several embedders may stand side
-- by side: `ai_settings.embedder` names the one that is searched, and is changed when the
-- other is complete.

-- Bodies of functions are checked against tables with policies, and the index works under
-- its own; tables that are rewritten here are freed of theirs one by one.
set local row_security = on;

create table knowledge_vectors (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    chunk_id uuid,
    faq_id uuid,
    phrasing_id uuid,
    embedder text not null,
    embedding halfvec not null,
    check (num_nonnulls(chunk_id, faq_id, phrasing_id) = 1),
    check (vector_dims(embedding) in (384, 1536)),
    unique (tenant_id, chunk_id, embedder),
    unique (tenant_id, faq_id, embedder),
    unique (tenant_id, phrasing_id, embedder),
    foreign key (tenant_id, chunk_id)
        references knowledge_chunks (user_id, id) on delete cascade,
    foreign key (tenant_id, faq_id) references faq_qa (user_id, id) on delete cascade
);
alter table knowledge_vectors alter column embedding set storage plain;
alter table faq_phrasings add unique (tenant_id, id);
alter table knowledge_vectors add foreign key (tenant_id, phrasing_id)
    references faq_phrasings (tenant_id, id) on delete cascade;

alter table knowledge_vectors enable row level security;
alter table knowledge_vectors force row level security;
grant select, insert, update, delete on knowledge_vectors to app_member, app_service;
grant select on knowledge_vectors to app_assistant;
create policy "Users can view own knowledge_vectors" on knowledge_vectors
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own knowledge_vectors" on knowledge_vectors
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own knowledge_vectors" on knowledge_vectors
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own knowledge_vectors" on knowledge_vectors
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own knowledge_vectors" on knowledge_vectors
    for all to app_service, app_assistant
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- Move what there is.
alter table knowledge_windows no force row level security;
alter table faq_qa no force row level security;
alter table faq_phrasings no force row level security;
alter table knowledge_vectors no force row level security;
alter table ai_settings no force row level security;
insert into knowledge_vectors (tenant_id, chunk_id, embedder, embedding)
select tenant_id, chunk_id, embedder, embedding from knowledge_windows where window_index = -1;
insert into knowledge_vectors (tenant_id, faq_id, embedder, embedding)
select user_id, id, embedder, subvector(embedding, 1, 384)::halfvec
  from faq_qa where embedding is not null and embedder is not null;
insert into knowledge_vectors (tenant_id, phrasing_id, embedder, embedding)
select tenant_id, id, embedder, embedding
  from faq_phrasings where embedding is not null and embedder is not null;
delete from knowledge_windows where window_index = -1;
update ai_settings s set embedder = v.embedder
  from (select distinct on (tenant_id) tenant_id, embedder from knowledge_vectors
         order by tenant_id, embedder) v
 where v.tenant_id = s.user_id;
drop index idx_windows_embedding, idx_windows_embedder, idx_phrasings_embedder,
    idx_phrasings_embedding;
alter table faq_phrasings drop column embedding, drop column embedder;
alter table knowledge_windows alter column embedding type halfvec;
alter table knowledge_windows drop constraint knowledge_windows_window_index_check;
alter table knowledge_windows add check (window_index >= 0);
alter table knowledge_windows add check (vector_dims(embedding) in (384, 1536));
alter table knowledge_windows force row level security;
alter table faq_qa force row level security;
alter table faq_phrasings force row level security;
alter table knowledge_vectors force row level security;
alter table ai_settings force row level security;

create index idx_vectors_tenant on knowledge_vectors (tenant_id, embedder);
-- The graph is asked for by large knowledge bases only, and over chunks only. An embedder
-- is narrow or wide; its vectors are filled up to one of the two widths, which changes no
-- cosine.
alter table knowledge_chunks
    add column dimensions int not null default 384 check (dimensions in (384, 1536));
drop index idx_chunks_embedding, idx_faq_embedding;
create index idx_chunks_embedding on knowledge_chunks
    using hnsw ((subvector(embedding, 1, 384)::halfvec(384)) halfvec_ip_ops)
    with (m = 24, ef_construction = 200)
    where dimensions = 384;
create index idx_chunks_embedding_wide on knowledge_chunks
    using hnsw ((embedding::halfvec(1536)) halfvec_ip_ops)
    with (m = 24, ef_construction = 200)
    where dimensions = 1536;
create index idx_chunks_embedder on knowledge_chunks (user_id, embedder);

-- Which embedder a knowledge base is searched with changes when its vectors are complete;
-- the row is held meanwhile, so that nothing is added that only the old one has made.
create function app.switch_embedder_v1(p_embedder text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid := app.job_tenant();
begin
    perform 1 from public.ai_settings s where s.user_id = v_tenant for update;
    if exists (select 1 from public.knowledge_chunks c
                where c.user_id = v_tenant
                  and not exists (select 1 from public.knowledge_vectors v
                                   where v.tenant_id = v_tenant and v.chunk_id = c.id
                                     and v.embedder = p_embedder))
       or exists (select 1 from public.faq_qa f
                   where f.user_id = v_tenant
                     and not exists (select 1 from public.knowledge_vectors v
                                      where v.tenant_id = v_tenant and v.faq_id = f.id
                                        and v.embedder = p_embedder))
       or exists (select 1 from public.faq_phrasings p
                   where p.tenant_id = v_tenant
                     and not exists (select 1 from public.knowledge_vectors v
                                      where v.tenant_id = v_tenant and v.phrasing_id = p.id
                                        and v.embedder = p_embedder))
    then
        return false;
    end if;
    update public.ai_settings s set embedder = p_embedder, updated_at = pg_catalog.now()
     where s.user_id = v_tenant;
    return true;
end $$;
-- For whoever is about to add what was embedded: the answer holds until the end of the
-- transaction.
create function app.hold_embedder_v1() returns text
language sql security definer set search_path = '' as $$
    select s.embedder from public.ai_settings s where s.user_id = app.acting_tenant() for share
$$;
create policy "The index switches embedders" on ai_settings
    for all to app_indexer using (true) with check (true);
create policy "The index looks for missing vectors" on knowledge_vectors
    for select to app_indexer using (true);
create policy "The index knows chunks" on knowledge_chunks
    for select to app_indexer using (true);
create policy "The index knows phrasings" on faq_phrasings
    for select to app_indexer using (true);
grant select (user_id, embedder), update (embedder, updated_at) on ai_settings to app_indexer;
grant select (tenant_id, chunk_id, faq_id, phrasing_id, embedder) on knowledge_vectors
    to app_indexer;
grant select (id, user_id) on knowledge_chunks to app_indexer;
grant select (id, tenant_id) on faq_phrasings to app_indexer;
grant execute on function app.switch_embedder_v1(text) to app_service;
grant execute on function app.hold_embedder_v1() to app_member, app_service;
grant execute on function app.acting_tenant() to app_indexer;
grant create on schema app to app_indexer;
alter function app.switch_embedder_v1(text) owner to app_indexer;
alter function app.hold_embedder_v1() owner to app_indexer;
revoke create on schema app from app_indexer;
