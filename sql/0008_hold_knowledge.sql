-- What the assistant may answer from: documents in chunks, and questions with answers.
-- Vectors of fewer dimensions than the column are padded with zeros (cosine is
-- unchanged); each row says which embedder made it, and only those of the active one are
-- compared. HNSW instead of ivfflat, which learns nothing from an empty table.

create table knowledge_documents (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    title text not null,
    name text not null,
    bucket_id text not null default 'kb',
    object_name text,
    storage_object_id uuid,
    content text not null default '',
    sha256 bytea,
    tsconfig regconfig not null default 'app.simple',
    lang_code text not null default 'en',
    status text not null default 'processing' check (
        status in ('processing', 'indexed', 'failed')),
    error text,
    file_size_bytes bigint not null default 0,
    chunk_count int not null default 0,
    last_ingested_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id)
);
create index idx_knowledge_docs_user on knowledge_documents (user_id, created_at desc);
create index idx_knowledge_docs_status on knowledge_documents (status);
create index idx_knowledge_docs_sha256 on knowledge_documents (user_id, sha256);

create table knowledge_chunks (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    document_id uuid not null,
    chunk_index int not null,
    heading text,
    content text not null,
    tsv tsvector not null,
    tsconfig regconfig not null default 'app.simple',
    lang_code text not null default 'en',
    embedding vector(1536),
    embedder text,
    start_char int not null,
    end_char int not null,
    token_count int not null default 0,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    unique (document_id, chunk_index),
    unique (user_id, id),
    check (end_char >= start_char and start_char >= 0),
    foreign key (user_id, document_id)
        references knowledge_documents (user_id, id) on delete cascade
);
create index idx_chunks_document on knowledge_chunks (document_id, chunk_index);
create index idx_chunks_tenant on knowledge_chunks (user_id, document_id);
create index idx_chunks_embedding on knowledge_chunks
    using hnsw ((subvector(embedding, 1, 384)::halfvec(384)) halfvec_cosine_ops);
create index idx_chunks_tsv on knowledge_chunks using gin (tsv);

-- Short overlapping windows find a sentence that a whole chunk would blur; window -1 is
-- the chunk itself.
create table knowledge_windows (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    chunk_id uuid not null,
    window_index int not null check (window_index >= -1),
    embedder text not null,
    embedding halfvec(384) not null,
    unique (tenant_id, chunk_id, embedder, window_index),
    foreign key (tenant_id, chunk_id)
        references knowledge_chunks (user_id, id) on delete cascade
);
-- Out of line, every comparison would cost a second look-up.
alter table knowledge_windows alter column embedding set storage plain;
create index idx_windows_embedder on knowledge_windows (tenant_id, embedder);
create index idx_windows_embedding on knowledge_windows
    using hnsw (embedding halfvec_cosine_ops);

create table faq_qa (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    key text,
    question text not null check (question <> ''),
    answer text not null check (answer <> ''),
    category text,
    keywords text[] not null default '{}',
    tsv tsvector not null,
    tsconfig regconfig not null default 'app.simple',
    lang_code text not null default 'en',
    embedding vector(1536),
    embedder text,
    text_size_bytes bigint not null default 0,
    enabled boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, id),
    unique (user_id, key, lang_code)
);
create index idx_faq_user on faq_qa (user_id, enabled);
create index idx_faq_embedding on faq_qa
    using hnsw ((subvector(embedding, 1, 384)::halfvec(384)) halfvec_cosine_ops);
create index idx_faq_tsv on faq_qa using gin (tsv);

-- The ways people ask the same thing; the first is the question itself.
create table faq_phrasings (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null references users (id) on delete cascade,
    faq_id uuid not null,
    text text not null check (text <> ''),
    tsv tsvector not null,
    embedding halfvec(384),
    embedder text,
    unique (tenant_id, faq_id, text),
    foreign key (tenant_id, faq_id) references faq_qa (user_id, id) on delete cascade
);
alter table faq_phrasings alter column embedding set storage plain;
create index idx_phrasings_embedder on faq_phrasings (tenant_id, embedder);
create index idx_phrasings_embedding on faq_phrasings
    using hnsw (embedding halfvec_cosine_ops);
create index idx_phrasings_tsv on faq_phrasings using gin (tsv);

-- The words of a row are always those of its text, whoever writes it.
create function app.index_chunk_words() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.tsconfig = 'app.simple'::regconfig then
        new.tsconfig := app.text_config(new.lang_code);
    end if;
    new.tsv := pg_catalog.setweight(
                   pg_catalog.to_tsvector(new.tsconfig, coalesce(new.heading, '')), 'A')
               || pg_catalog.to_tsvector(new.tsconfig, new.content);
    return new;
end $$;
create trigger knowledge_chunks_index_words
    before insert or update of content, heading, tsconfig, lang_code, tsv on knowledge_chunks
    for each row execute function app.index_chunk_words();

create function app.index_faq_words() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.tsconfig = 'app.simple'::regconfig then
        new.tsconfig := app.text_config(new.lang_code);
    end if;
    new.text_size_bytes := pg_catalog.octet_length(new.question)
                           + pg_catalog.octet_length(new.answer);
    new.tsv := pg_catalog.setweight(pg_catalog.to_tsvector(new.tsconfig, new.question), 'A')
               || pg_catalog.setweight(pg_catalog.to_tsvector(
                      new.tsconfig, pg_catalog.array_to_string(new.keywords, ' ')), 'B')
               || pg_catalog.to_tsvector(new.tsconfig, new.answer);
    return new;
end $$;
create trigger faq_qa_index_words
    before insert or update of question, answer, keywords, tsconfig, lang_code, tsv on faq_qa
    for each row execute function app.index_faq_words();

create function app.index_phrasing_words() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.tsv := pg_catalog.to_tsvector(
        (select f.tsconfig from public.faq_qa f
          where f.user_id = new.tenant_id and f.id = new.faq_id), new.text);
    return new;
end $$;
create trigger faq_phrasings_index_words
    before insert or update of text, tsv on faq_phrasings
    for each row execute function app.index_phrasing_words();

