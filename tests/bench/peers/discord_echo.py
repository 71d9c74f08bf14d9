"""A bare slash command on discord.py: `python -m tests.bench.peers.discord_echo API GATEWAY TOKEN`."""

import sys

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Echo(discord.Client):
    """A client with one command, as discord.py's examples/app_commands/basic.py has it."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the command."""
        self.tree.add_command(today)
        await self.tree.sync()


@app_commands.command()
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def today(interaction: discord.Interaction) -> None:
    """Says the name of the command."""
    await interaction.response.send_message("/today", allowed_mentions=discord.AllowedMentions.none())


def main() -> None:
    """Serve until killed."""
    Route.BASE, gateway, token = sys.argv[1:]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    Echo().run(token, log_handler=None)


if __name__ == "__main__":
    main()
