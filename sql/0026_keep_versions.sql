-- Documents of any kind, and new versions that wait until they can take over. A text that
-- is being read in stands in `document_versions`; the document goes on answering from the
-- text before it, so that offsets and quotes agree at every moment, a cancelled upload
-- costs nothing, and a run that was killed finds what it had already embedded.

-- Bodies of functions are checked against tables with policies, and the index works under
-- its own; tables that are rewritten here are freed of theirs one by one.
set local row_security = on;

-- Rows are rewritten under forced security.
alter table knowledge_documents no force row level security;

alter table knowledge_documents
    add column kind text not null default 'txt',
    add column page_starts int[] not null default '{}',
    add column warnings text[] not null default '{}',
    add column chunks_done int not null default 0,
    add column chunks_total int not null default 0;
update knowledge_documents d set kind = k.kind
  from (values ('.md', 'md'), ('.markdown', 'md'), ('.csv', 'csv')) as k(ending, kind)
 where lower(d.name) like '%' || k.ending;

alter table knowledge_documents force row level security;

create table document_versions (
    tenant_id uuid not null references users (id) on delete cascade,
    document_id uuid not null,
    title text not null,
    content text not null,
    sha256 bytea not null,
    kind text not null,
    page_starts int[] not null,
    warnings text[] not null,
    lang_code text not null,
    file_size_bytes bigint not null,
    blob_id uuid,
    created_at timestamptz not null default now(),
    primary key (tenant_id, document_id),
    foreign key (tenant_id, document_id)
        references knowledge_documents (user_id, id) on delete cascade,
    foreign key (tenant_id, blob_id) references blobs (tenant_id, id)
);
-- Texts that were being read in until now stand where the answers come from; their jobs go on
-- with them as with any version.
alter table knowledge_documents no force row level security;
insert into document_versions (tenant_id, document_id, title, content, sha256, kind,
                               page_starts, warnings, lang_code, file_size_bytes)
select user_id, id, title, content, sha256, kind, page_starts, warnings, lang_code, 0
  from knowledge_documents
 where status = 'processing' and sha256 is not null;
alter table knowledge_documents force row level security;
create index idx_versions_blob on document_versions (tenant_id, blob_id);
create index idx_documents_blob on knowledge_documents (user_id, storage_object_id);

-- What has been embedded of a version so far, by the text that was embedded: chunks that
-- say the same share a row.
create table staged_chunks (
    tenant_id uuid not null references users (id) on delete cascade,
    document_id uuid not null,
    embedder text not null,
    text_sha256 bytea not null,
    whole vector not null,
    windows halfvec[] not null,
    primary key (tenant_id, document_id, embedder, text_sha256),
    foreign key (tenant_id, document_id)
        references knowledge_documents (user_id, id) on delete cascade
);

alter table document_versions enable row level security;
alter table document_versions force row level security;
grant select, insert, update, delete on document_versions to app_member;
grant select, insert, update, delete on document_versions to app_service;
create policy "Users can view own document_versions" on document_versions
    for select to app_member
    using (tenant_id = any (array(select app.tenants('agent'))));
create policy "Admins can insert own document_versions" on document_versions
    for insert to app_member
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can update own document_versions" on document_versions
    for update to app_member
    using (tenant_id = any (array(select app.tenants('admin'))))
    with check (tenant_id = any (array(select app.tenants('admin'))));
create policy "Admins can delete own document_versions" on document_versions
    for delete to app_member
    using (tenant_id = any (array(select app.tenants('admin'))));
create policy "Service role works on own document_versions" on document_versions
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

alter table staged_chunks enable row level security;
alter table staged_chunks force row level security;
grant select, insert, update, delete on staged_chunks to app_service;
create policy "Service role works on own staged_chunks" on staged_chunks
    for all to app_service
    using (tenant_id = (select app.job_tenant()))
    with check (tenant_id = (select app.job_tenant()));

-- A file goes with the last document, version or attachment that it belongs to. What is
-- derived from the knowledge base is kept true by a role of its own, which sees across
-- tenants and of these tables alone; nobody logs in as it.
grant usage on schema public, app to app_indexer;
grant create on schema app to app_indexer;
create policy "The index drops files that nothing refers to" on blobs
    for all to app_indexer using (true) with check (true);
create policy "The index knows which files documents refer to" on knowledge_documents
    for select to app_indexer using (true);
create policy "The index knows which files versions refer to" on document_versions
    for select to app_indexer using (true);
create policy "The index knows which files messages refer to" on attachments
    for select to app_indexer using (true);
grant select (tenant_id, id), delete on blobs to app_indexer;
grant select (user_id, id, storage_object_id, file_size_bytes) on knowledge_documents to app_indexer;
grant select (tenant_id, document_id, blob_id, file_size_bytes) on document_versions to app_indexer;
grant select (tenant_id, blob_id) on attachments to app_indexer;

create function app.forget_blob(p_tenant uuid, p_blob uuid) returns void
language sql set search_path = '' as $$
    delete from public.blobs b
     where b.tenant_id = p_tenant and b.id = p_blob
       and not exists (select 1 from public.knowledge_documents d
                        where d.user_id = p_tenant and d.storage_object_id = p_blob)
       and not exists (select 1 from public.document_versions v
                        where v.tenant_id = p_tenant and v.blob_id = p_blob)
       and not exists (select 1 from public.attachments a
                        where a.tenant_id = p_tenant and a.blob_id = p_blob)
$$;
create function app.forget_original() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform app.forget_blob(old.user_id, old.storage_object_id);
    return null;
end $$;
create function app.forget_file() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform app.forget_blob(old.tenant_id, old.blob_id);
    return null;
end $$;
create trigger knowledge_documents_forget_original
    after update of storage_object_id or delete on knowledge_documents
    for each row execute function app.forget_original();
create trigger document_versions_forget
    after update of blob_id or delete on document_versions
    for each row execute function app.forget_file();
create trigger attachments_forget_file
    after update of blob_id or delete on attachments
    for each row when (old.blob_id is not null) execute function app.forget_file();
alter function app.forget_blob(uuid, uuid) owner to app_indexer;
alter function app.forget_original() owner to app_indexer;
alter function app.forget_file() owner to app_indexer;

-- What a plan's storage is used for. The sum is kept by the database, so that two uploads
-- at once cannot both find room for one; nothing is refused that makes it smaller.
create policy "The index keeps the storage of plans" on user_subscriptions
    for all to app_indexer using (true) with check (true);
create policy "The index adds up entries" on faq_qa for select to app_indexer using (true);
grant select (id, user_id, enabled, lang_code, tsconfig, text_size_bytes) on faq_qa to app_indexer;
grant select (user_id, status, storage_limit_mb, storage_used_mb),
      update (storage_used_mb, updated_at) on user_subscriptions to app_indexer;

create function app.count_storage(p_tenant uuid, p_grows boolean) returns void
language plpgsql set search_path = '' as $$
declare
    v_used numeric;
    v_limit numeric;
begin
    -- The row is held before the sum is taken: whoever comes second sees the first one's.
    perform 1 from public.user_subscriptions s where s.user_id = p_tenant for update;
    -- A version that will replace its document needs room once.
    select (coalesce((select pg_catalog.sum(greatest(d.file_size_bytes, v.file_size_bytes))
                        from public.knowledge_documents d
                        left join public.document_versions v
                               on v.tenant_id = d.user_id and v.document_id = d.id
                       where d.user_id = p_tenant), 0)
            + coalesce((select pg_catalog.sum(f.text_size_bytes)
                          from public.faq_qa f where f.user_id = p_tenant), 0)) / 1048576.0
      into v_used;
    update public.user_subscriptions s set storage_used_mb = v_used
     where s.user_id = p_tenant and s.storage_used_mb is distinct from v_used::numeric(10, 2);
    select s.storage_limit_mb into v_limit from public.user_subscriptions s
     where s.user_id = p_tenant and s.status = 'active'
     order by s.storage_limit_mb desc nulls first limit 1;
    if p_grows and v_used > v_limit then
        raise exception 'the storage of the plan is full' using errcode = 'SS507';
    end if;
end $$;
-- Arguments: the columns of the tenant and of the size.
create function app.keep_storage() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    v_tenant uuid;
    v_grown bigint;
    -- A version needs room for what it has more than the document it will replace. When
    -- it does replace it, the document grows into room that it was given before.
    c_sizes constant text := case tg_table_name
        when 'document_versions' then
            'select x.tenant_id as tenant,
                    greatest(x.file_size_bytes - d.file_size_bytes, 0) as bytes
               from %1$I x join public.knowledge_documents d
                 on d.user_id = x.tenant_id and d.id = x.document_id'
        else 'select %2$I as tenant, %3$I as bytes from %1$I' end;
    c_added constant text := pg_catalog.format(c_sizes, 'added', tg_argv[0], tg_argv[1]);
    c_gone constant text := pg_catalog.format(c_sizes, 'gone', tg_argv[0], tg_argv[1]);
    c_changes constant text := case tg_op
        when 'INSERT' then c_added
        when 'DELETE' then 'select tenant, -bytes as bytes from (' || c_gone || ') g'
        else c_added || ' union all select tenant, -bytes from (' || c_gone || ') g' end;
begin
    for v_tenant, v_grown in
        execute 'select c.tenant, pg_catalog.sum(c.bytes) from (' || c_changes
                || ') c group by 1 order by 1'
    loop
        if v_grown <> 0 then
            perform app.count_storage(
                v_tenant,
                v_grown > 0
                and not (tg_table_name = 'knowledge_documents' and tg_op = 'UPDATE'));
        end if;
    end loop;
    return null;
end $$;
-- A plan that is taken later finds what is stored already.
create function app.count_for_plan() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform app.count_storage(new.user_id, false);
    return null;
end $$;
create trigger user_subscriptions_storage after insert on user_subscriptions
    for each row execute function app.count_for_plan();
create trigger knowledge_documents_storage_insert after insert on knowledge_documents
    referencing new table as added
    for each statement execute function app.keep_storage('user_id', 'file_size_bytes');
create trigger knowledge_documents_storage_update after update on knowledge_documents
    referencing new table as added old table as gone
    for each statement execute function app.keep_storage('user_id', 'file_size_bytes');
create trigger knowledge_documents_storage_delete after delete on knowledge_documents
    referencing old table as gone
    for each statement execute function app.keep_storage('user_id', 'file_size_bytes');
create trigger document_versions_storage_insert after insert on document_versions
    referencing new table as added
    for each statement execute function app.keep_storage('tenant_id', 'file_size_bytes');
create trigger document_versions_storage_update after update on document_versions
    referencing new table as added old table as gone
    for each statement execute function app.keep_storage('tenant_id', 'file_size_bytes');
create trigger document_versions_storage_delete after delete on document_versions
    referencing old table as gone
    for each statement execute function app.keep_storage('tenant_id', 'file_size_bytes');
create trigger faq_qa_storage_insert after insert on faq_qa
    referencing new table as added
    for each statement execute function app.keep_storage('user_id', 'text_size_bytes');
create trigger faq_qa_storage_update after update on faq_qa
    referencing new table as added old table as gone
    for each statement execute function app.keep_storage('user_id', 'text_size_bytes');
create trigger faq_qa_storage_delete after delete on faq_qa
    referencing old table as gone
    for each statement execute function app.keep_storage('user_id', 'text_size_bytes');
alter function app.count_storage(uuid, boolean) owner to app_indexer;
alter function app.keep_storage() owner to app_indexer;
alter function app.count_for_plan() owner to app_indexer;
revoke create on schema app from app_indexer;

-- What was stored before is counted once.
alter table user_subscriptions no force row level security;
alter table knowledge_documents no force row level security;
alter table faq_qa no force row level security;
update user_subscriptions s
   set storage_used_mb = (
       coalesce((select sum(d.file_size_bytes) from knowledge_documents d
                  where d.user_id = s.user_id), 0)
       + coalesce((select sum(f.text_size_bytes) from faq_qa f
                    where f.user_id = s.user_id), 0)) / 1048576.0;
alter table user_subscriptions force row level security;
alter table knowledge_documents force row level security;
alter table faq_qa force row level security;
