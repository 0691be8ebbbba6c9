-- Models to choose from, as they stand in November 2026. The list began with one that its
-- maker has retired: it is offered no longer, unless somebody chose it or said something
-- else about it. What an owner has put on the list stays as they put it.
--
-- Names are those that the makers' own libraries know and do not announce the end of, prices
-- their published ones for prompts as short as ours: US dollars per 1,000 tokens.
alter table ai_models no force row level security;
alter table ai_settings no force row level security;

update ai_models m set is_active = false
 where (m.provider, m.name) = ('anthropic', 'claude-3-sonnet')
   and (m.description, m.input_cost_per_1k, m.output_cost_per_1k, m.context_window)
       = ('Careful writer', 0.003, 0.015, 200000)
   and not exists (select 1 from ai_settings s where s.model_id = m.id);

insert into ai_models
    (name, provider, description, input_cost_per_1k, output_cost_per_1k, context_window) values
    ('gpt-5.4', 'openai', 'Strong all-rounder', 0.0025, 0.015, 1050000),
    ('gpt-5.4-mini', 'openai', 'Fast and inexpensive', 0.00075, 0.0045, 400000),
    ('claude-sonnet-5-5', 'anthropic', 'Careful writer', 0.002, 0.01, 1000000),
    ('claude-haiku-5-5', 'anthropic', 'Fast and inexpensive', 0.0001, 0.0005, 1000000)
on conflict (provider, name) do nothing;

alter table ai_settings force row level security;
alter table ai_models force row level security;
