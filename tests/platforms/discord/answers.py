"""How the bot answers interactions (https://discord.com/developers/docs/interactions/receiving-and-responding)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import checking, interactions, menus, posting, wires
from .calls import Call, Json
from .checking import EPHEMERAL, LOADING
from .components import Choice
from .interactions import ANSWERS, Interaction, Modal
from .posting import Draft
from .refusals import (
    BAD_WEBHOOK_TOKEN,
    UNKNOWN_CHANNEL,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Mistake,
    Refusal,
)
from .sent import Sent

if TYPE_CHECKING:
    from .watching import Watched


def callback(world: "Watched", call: Call) -> Any:
    """POST /interactions/{interaction_id}/{interaction_token}/callback."""
    interaction = world.interactions.get(call.ids["interaction_token"])
    if interaction is None or interaction.id != call.number("interaction_id"):
        raise Refusal(*UNKNOWN_INTERACTION)
    interaction.acknowledgeable(world.clock())
    kind = call.fields.get("type")
    if kind not in ANSWERS[interaction.kind]:
        raise Mistake(f"an interaction of type {interaction.kind} is not answered with type {kind}")
    act: Callable[[Watched, Interaction, Draft], Sent | None] = ACTS[kind]
    message = act(world, interaction, Draft(call, call.fields.get("data") or {}))
    interaction.response = kind
    if not call.flag("with_response"):
        return None
    about: Json = {"id": str(interaction.id), "type": interaction.kind, "channel_id": str(interaction.channel.id)}
    if interaction.channel.guild is not None:
        about["guild_id"] = str(interaction.channel.guild.id)
    if message is None:
        return {"interaction": about}
    about |= {"response_message_id": str(message.id), "response_message_loading": message.loading}
    about["response_message_ephemeral"] = message.is_ephemeral
    if message.loading:  # a resource is documented for types 4 and 7 alone
        return {"interaction": about}
    return {"interaction": about, "resource": {"type": kind, "message": wires.message(message)}}


def _message(world: "Watched", interaction: Interaction, draft: Draft) -> Sent:
    interaction.original = posting.create(world, _open(interaction), draft, interaction)
    return interaction.original


def _deferred(world: "Watched", interaction: Interaction, draft: Draft) -> Sent:
    if set(draft.body) - {"flags", "tts"}:
        raise Mistake("a deferral carries flags alone")
    only = Draft(draft.call, {"flags": (draft.body.get("flags") or 0) & EPHEMERAL})
    interaction.original = posting.create(world, _open(interaction), only, interaction, LOADING)
    return interaction.original


def _deferred_update(world: "Watched", interaction: Interaction, draft: Draft) -> None:
    interaction.original = _pressed(interaction)


def _update(world: "Watched", interaction: Interaction, draft: Draft) -> Sent:
    interaction.original = posting.edit(world, _pressed(interaction), draft)
    interaction.answers.append(interaction.original)
    return interaction.original


def _completed(world: "Watched", interaction: Interaction, draft: Draft) -> None:
    choices = draft.body.get("choices") or []
    kind = next(_focused(interaction.data["options"]))
    if mistakes := menus.choices_mistakes(choices, kind, "autocomplete"):
        raise Mistake("; ".join(mistakes))
    locale = interaction.person.locale
    interaction.choices = [
        Choice((choice.get("name_localizations") or {}).get(locale) or choice["name"], choice["value"])
        for choice in choices
    ]
    world.tell("autocomplete", interaction, "\n".join(choice.name for choice in interaction.choices))


def _modal(world: "Watched", interaction: Interaction, draft: Draft) -> None:
    if mistakes := checking.modal(draft.body):
        raise Mistake("; ".join(mistakes))
    interaction.modal = interaction.person.modal = Modal(draft.body, interaction)
    opened = interaction.modal
    world.tell("modal", interaction, "\n".join(part for part in [opened.title, opened.text, *opened.labels] if part))


ACTS: dict[int, Callable[["Watched", Interaction, Draft], Sent | None]] = {
    interactions.MESSAGE: _message,
    interactions.DEFERRED: _deferred,
    interactions.DEFERRED_UPDATE: _deferred_update,
    interactions.UPDATE: _update,
    interactions.COMPLETED: _completed,
    interactions.MODAL: _modal,
}


def _focused(options: list[Json]) -> Any:
    for option in options:
        if option.get("focused"):
            yield option["type"]
        yield from _focused(option.get("options", []))


def _open(interaction: Interaction) -> Any:
    if not interaction.channel.alive:
        raise Refusal(*UNKNOWN_CHANNEL)
    return interaction.channel


def _pressed(interaction: Interaction) -> Sent:
    """The message whose component was used, by itself or to open the form."""
    if interaction.message is None:
        raise Mistake("there is no message that this interaction could change")
    if not interaction.message.alive:
        raise Refusal(*UNKNOWN_MESSAGE)
    return interaction.message


def follow_up(world: "Watched", call: Call) -> Any:
    """POST /webhooks/{webhook_id}/{webhook_token}: another answer; the first after a deferral fills that in."""
    interaction = _asked(world, call)
    draft = Draft(call, call.fields)
    original = interaction.original
    if original is not None and original.loading and original.alive:
        return wires.message(posting.edit(world, original, draft))
    return wires.message(posting.create(world, _open(interaction), draft, interaction))


def get_answer(world: "Watched", call: Call) -> Any:
    """GET an answer, the original or another."""
    return wires.message(_answer(world, call))


def edit_answer(world: "Watched", call: Call) -> Any:
    """PATCH an answer, the original or another, ephemeral ones included."""
    return wires.message(posting.edit(world, _answer(world, call), Draft(call, call.fields)))


def delete_answer(world: "Watched", call: Call) -> None:
    """DELETE an answer, the original or another, ephemeral ones included."""
    posting.delete(world, _answer(world, call))


def _asked(world: "Watched", call: Call) -> Interaction:
    if call.number("webhook_id") != world.application_id:
        raise Refusal(*UNKNOWN_WEBHOOK)
    interaction = world.interactions.get(call.ids["webhook_token"])
    if interaction is None:
        raise Refusal(*BAD_WEBHOOK_TOKEN)
    interaction.usable(world.clock())
    return interaction


def _answer(world: "Watched", call: Call) -> Sent:
    interaction = _asked(world, call)
    sent = interaction.original
    if "message_id" in call.ids:
        own = {answer.id: answer for answer in interaction.answers}
        sent = own.get(call.number("message_id"))
    if sent is None or not sent.alive:
        raise Refusal(*UNKNOWN_MESSAGE)
    return sent
