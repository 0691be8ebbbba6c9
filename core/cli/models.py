"""`models`: what the assistant can run on, and what it costs."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from core.actions import configure, offer
from core.cli.running import Json, as_service, run, show, signed_in
from core.config.settings import Settings
from core.domain.assistant_settings import ModelRow
from core.queries import rules as rules_query

app = typer.Typer(help="List the models, and say which there are.", no_args_is_help=True)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the models; the one the assistant runs on is marked."""

    async def work(own: Settings) -> tuple[tuple[ModelRow, ...], str | None]:
        async with signed_in(own) as engine:
            chosen = (await rules_query.assistant_settings(engine.kit)).model
            return await rules_query.models(engine.kit), chosen

    found, chosen = run(work)
    values = [
        {
            "model": one.key,
            "provider": one.provider,
            "name": one.name,
            "description": one.description,
            "input_cost_per_1k": one.input_cost_per_1k,
            "output_cost_per_1k": one.output_cost_per_1k,
            "context_window": one.context_window,
            "is_active": one.is_active,
            "is_chosen": one.key == chosen,
        }
        for one in found
    ]

    def words() -> str:
        return "\n".join(
            f"{'*' if one.key == chosen else ' '} {one.key:<32} {_price(one)}"
            for one in found
        )

    show(values, words, as_json=as_json)


def _price(one: ModelRow) -> str:
    if not one.is_active:
        return "no longer offered"
    return (
        f"${one.input_cost_per_1k:g} in, ${one.output_cost_per_1k:g} out per 1,000 tokens"
    )


@app.command("set")
def set_(  # noqa: PLR0913 - one option for each column
    model: Annotated[str, typer.Argument(help="provider/name, such as openai/gpt-4o.")],
    description: Annotated[str | None, typer.Option(help="What it is good for.")] = None,
    input_cost: Annotated[
        float | None, typer.Option(help="Dollars for 1,000 tokens read.")
    ] = None,
    output_cost: Annotated[
        float | None, typer.Option(help="Dollars for 1,000 tokens written.")
    ] = None,
    context_window: Annotated[int | None, typer.Option(help="Tokens it can hold.")] = None,
    active: Annotated[
        bool | None, typer.Option("--active/--inactive", help="Offer it, or no longer.")
    ] = None,
    use: Annotated[bool, typer.Option("--use", help="Run the assistant on it.")] = False,
    as_json: Json = False,
) -> None:
    """Add a model or change what is known of it; with --use, also choose it."""
    provider, slash, name = model.partition("/")
    if not slash:
        raise typer.BadParameter("write the model as provider/name, such as openai/gpt-4o")
    changes = {
        "description": description,
        "input_cost_per_1k": input_cost,
        "output_cost_per_1k": output_cost,
        "context_window": context_window,
        "is_active": active,
    }
    given: dict[str, Any] = {
        column: value for column, value in changes.items() if value is not None
    }
    if not given and not use:
        raise typer.BadParameter("say what to change, or --use")

    async def work(own: Settings) -> ModelRow | None:
        async with signed_in(own) as engine:
            before = await rules_query.models(engine.kit)
        known = next((one for one in before if one.key == model), None)
        if given:
            new = known or ModelRow(provider=provider, name=name)
            async with as_service(own) as engine:
                known = await offer.model(engine.kit, replace(new, **given))
        if use:
            async with signed_in(own) as engine:
                settings = await rules_query.assistant_settings(engine.kit)
                await configure.set_assistant_settings(
                    engine.kit, replace(settings, model=model)
                )
        return known

    found = run(work)
    show(found, lambda: f"{model} is kept{' and in use' if use else ''}.", as_json=as_json)
