"""Events that platforms report: people block or unblock the bot; chats add, remove, restrict or move it."""

from bot.core.group import Place
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WireWord
from bot.dialogue.reply import Bullets, Heading, Reply, reply
from bot.dialogue.text import Text, Typed
from bot.usecases.move_chat import move_chat
from bot.usecases.note_blocked import note_blocked, note_unblocked
from bot.usecases.note_chats import note_arrived, note_changed, note_removed
from bot.usecases.note_private_chat import note_private_chat


@command(event=True)
def blocked(ctx: Context) -> Reply:
    """Somebody wants no more private messages."""
    note_blocked(ctx.uow, ctx.request.account, ctx.now)
    return reply()


@command(event=True)
def unblocked(ctx: Context) -> Reply:
    """Somebody takes private messages again."""
    note_unblocked(ctx.uow, ctx.request.account)
    return reply()


@command(event=True, private=False)
def arrived(ctx: Context, also: WireWord = "") -> Reply:
    """The bot is in a chat, for the first time or again."""
    note_arrived(ctx.uow, _place(ctx).platform, _chats(ctx, also), ctx.now)
    return reply(
        Heading(Text("Hello, I am your study buddy.")),
        Text("I take each of you through a roadmap week by week, in private; here I keep the group together:"),
        Bullets(
            (
                Text("{create}: an organiser creates a study group for this chat", create=Typed(Text("/group create"))),
                Text("{board}: the group's week, of those who say yes to it", board=Typed("/leaderboard")),
                Text("{today}: what you do today, answered in private", today=Typed("/today")),
            )
        ),
    )


@command(event=True, private=False)
def anonymous(ctx: Context, asked: WireWord) -> Reply:
    """Somebody asks for something in the name of their group."""
    if asked not in ctx.commands or ctx.commands[asked].hidden:
        return reply()
    return reply(
        Text("You write as the group here, so I cannot tell who you are. Your own name, or a private chat, will do.")
    )


@command(event=True)
def removed(ctx: Context, also: WireWord = "") -> Reply:
    """The bot is no longer in a chat."""
    note_removed(ctx.uow, _place(ctx).platform, _chats(ctx, also), ctx.now)
    return reply()


@command(event=True)
def changed(ctx: Context, also: WireWord = "") -> Reply:
    """What the bot may do in chats is perhaps not what it was."""
    note_changed(ctx.uow, _place(ctx).platform, _chats(ctx, also), ctx.now)
    return reply()


@command(event=True)
def talks(ctx: Context, chat: WireWord | None = None) -> Reply:
    """The private chat with somebody has this id; without one, it is not there any more."""
    note_private_chat(ctx.uow, ctx.request.account, chat)
    return reply()


@command(event=True)
def moved(ctx: Context, to: WireWord) -> Reply:
    """A chat has another id from now on."""
    move_chat(ctx.uow, _place(ctx), to)
    return reply()


def _chats(ctx: Context, also: str) -> list[str]:
    """The ids of the event's chat and of those in `also`, which are separated by spaces."""
    return [_place(ctx).external_id, *also.split()]


def _place(ctx: Context) -> Place:
    assert ctx.request.place is not None  # noqa: S101 - an adapter's event about a chat names it
    return ctx.request.place
