"""Permission bits by their names (https://discord.com/developers/docs/topics/permissions)."""

BITS = {
    "kick_members": 1 << 1,
    "ban_members": 1 << 2,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "manage_webhooks": 1 << 29,
    "create_events": 1 << 44,
    "use_application_commands": 1 << 31,
    "send_messages_in_threads": 1 << 38,
    "moderate_members": 1 << 40,
    "pin_messages": 1 << 51,
}
EVERYTHING = (1 << 53) - 1
USUAL = sum(
    BITS[name]
    for name in (
        "view_channel",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "use_application_commands",
        "send_messages_in_threads",
    )
)
"""What everybody may do in a server as it is set up."""


def changed(value: int, **names: bool) -> int:
    """A set of permissions with these added or taken; an administrator may do everything."""
    for name, given in names.items():
        assert name in BITS, f"no permission {name!r}; there are {sorted(BITS)}"
        value = value | BITS[name] if given else value & ~BITS[name]
    return EVERYTHING if value & BITS["administrator"] else value
