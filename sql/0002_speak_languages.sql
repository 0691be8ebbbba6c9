-- Full-text search that ignores accents, then stems: "cafe" finds "café", "livraison"
-- finds "livraisons". Customers leave accents out, documents do not.

create text search configuration app.simple (copy = pg_catalog.simple);
alter text search configuration app.simple
    alter mapping for hword, hword_part, word with unaccent, simple;

create text search configuration app.english (copy = pg_catalog.english);
alter text search configuration app.english
    alter mapping for hword, hword_part, word with unaccent, english_stem;

create text search configuration app.french (copy = pg_catalog.french);
alter text search configuration app.french
    alter mapping for hword, hword_part, word with unaccent, french_stem;

create text search configuration app.spanish (copy = pg_catalog.spanish);
alter text search configuration app.spanish
    alter mapping for hword, hword_part, word with unaccent, spanish_stem;

create text search configuration app.german (copy = pg_catalog.german);
alter text search configuration app.german
    alter mapping for hword, hword_part, word with unaccent, german_stem;

create text search configuration app.italian (copy = pg_catalog.italian);
alter text search configuration app.italian
    alter mapping for hword, hword_part, word with unaccent, italian_stem;

create text search configuration app.portuguese (copy = pg_catalog.portuguese);
alter text search configuration app.portuguese
    alter mapping for hword, hword_part, word with unaccent, portuguese_stem;

create text search configuration app.dutch (copy = pg_catalog.dutch);
alter text search configuration app.dutch
    alter mapping for hword, hword_part, word with unaccent, dutch_stem;

create function app.text_config(p_lang_code text) returns regconfig
language sql stable parallel safe set search_path = '' as $$
    select (case pg_catalog.left(pg_catalog.lower(p_lang_code), 2)
        when 'en' then 'app.english'
        when 'fr' then 'app.french'
        when 'es' then 'app.spanish'
        when 'de' then 'app.german'
        when 'it' then 'app.italian'
        when 'pt' then 'app.portuguese'
        when 'nl' then 'app.dutch'
        else 'app.simple'
    end)::regconfig
$$;
grant execute on function app.text_config(text) to app_member, app_service, app_assistant;
