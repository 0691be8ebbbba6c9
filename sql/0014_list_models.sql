-- The models an owner can choose from at the start; `models list|set` keeps them.
-- Prices are US dollars per 1,000 tokens, as published by their makers.

insert into ai_models
    (name, provider, description, input_cost_per_1k, output_cost_per_1k, context_window) values
    ('composer', 'local',
     'Answers in the words of your own documents; needs no key and no network', 0, 0, null),
    ('gpt-4o', 'openai', 'Strong all-rounder', 0.0025, 0.01, 128000),
    ('gpt-4o-mini', 'openai', 'Fast and inexpensive', 0.00015, 0.0006, 128000),
    ('claude-3-sonnet', 'anthropic', 'Careful writer', 0.003, 0.015, 200000);
