"""`ai_settings` and `ai_models`: how the assistant is set up, and what it can run on."""

from core.domain.assistant_settings import AssistantSettings, ModelRow
from core.store.pool import Unit

_READ = """
select s.auto_reply_enabled, s.ai_enabled_for_conversations, s.reply_lang, s.doc_lang,
       m.provider || '/' || m.name as model, coalesce(s.system_prompt, '') as system_prompt,
       s.temperature, s.max_tokens
from ai_settings s left join ai_models m on m.id = s.model_id
where s.user_id = %(tenant)s
"""


async def read(unit: Unit) -> AssistantSettings | None:
    """Return the tenant's settings."""
    return await unit.row(AssistantSettings, _READ, {"tenant": unit.tenant})


_DOC_LANG = """
select unnest(doc_lang) from ai_settings where user_id = %(tenant)s
"""


async def document_languages(unit: Unit) -> tuple[str, ...]:
    """Return the languages answers may be looked up in; none named means all."""
    return tuple(row[0] for row in await unit.tuples(_DOC_LANG, {"tenant": unit.tenant}))


_WRITE = """
update ai_settings
   set auto_reply_enabled = %(auto)s, ai_enabled_for_conversations = %(conversations)s,
       reply_lang = %(reply)s, doc_lang = %(docs)s::text[],
       model_id = (select id from ai_models where provider || '/' || name = %(model)s),
       system_prompt = %(prompt)s, temperature = %(temperature)s, max_tokens = %(tokens)s,
       updated_at = now()
 where user_id = %(tenant)s
"""


async def write(unit: Unit, new: AssistantSettings) -> bool:
    """Replace the settings; False if this login may not."""
    params = {
        "tenant": unit.tenant,
        "auto": new.auto_reply_enabled,
        "conversations": new.ai_enabled_for_conversations,
        "reply": new.reply_lang,
        "docs": list(new.doc_lang),
        "model": new.model,
        "prompt": new.system_prompt,
        "temperature": new.temperature,
        "tokens": new.max_tokens,
    }
    return await unit.execute(_WRITE, params) == 1


_MODELS = """
select provider, name, coalesce(description, '') as description, input_cost_per_1k,
       output_cost_per_1k, context_window, is_active
from ai_models order by provider <> 'local', provider, name
"""
_MODEL = """
select provider, name, coalesce(description, '') as description, input_cost_per_1k,
       output_cost_per_1k, context_window, is_active
from ai_models where provider || '/' || name = %(key)s
"""


async def models(unit: Unit) -> list[ModelRow]:
    """Return all models, local ones first."""
    return await unit.rows(ModelRow, _MODELS)


async def model(unit: Unit, key: str) -> ModelRow | None:
    """Return a model by how it is written in settings."""
    return await unit.row(ModelRow, _MODEL, {"key": key})


_PUT_MODEL = """
insert into ai_models (provider, name, description, input_cost_per_1k, output_cost_per_1k,
                       context_window, is_active)
values (%(provider)s, %(name)s, %(description)s, %(input)s, %(output)s, %(window)s, %(active)s)
on conflict (provider, name) do update
   set description = excluded.description, input_cost_per_1k = excluded.input_cost_per_1k,
       output_cost_per_1k = excluded.output_cost_per_1k,
       context_window = excluded.context_window, is_active = excluded.is_active
"""


async def put_model(unit: Unit, new: ModelRow) -> None:
    """Add a model, or replace what is known of it; for the service alone."""
    await unit.execute(
        _PUT_MODEL,
        {
            "provider": new.provider,
            "name": new.name,
            "description": new.description,
            "input": new.input_cost_per_1k,
            "output": new.output_cost_per_1k,
            "window": new.context_window,
            "active": new.is_active,
        },
    )
