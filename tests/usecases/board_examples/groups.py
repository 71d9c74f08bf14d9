"""Groups, their chats and members, and accounts that are linked or deleted."""

from tests.usecases.board_examples import MEMBER

_TWO_MEMBERS = (
    MEMBER
    + """
u2: /start 8
u2: [UTC]
u2@cafe: /group join
u2: [By my name]
"""
)
_TWO_ACCOUNTS = (
    MEMBER
    + """
u1: /link
u2: /start 8
u2: [UTC]
u2: /log 2h
u2: /link {code}
u2: [Link the accounts]
+1m
"""
)
_NOBODYS = """
guest: /start 8
guest: [UTC]
u1@cafe: /group create
guest@cafe: /group join
guest: [By my name]
u1: /start 8
u1: [UTC]
"""
"""A group without an organiser, of whose only chat u1 is a manager."""

EXAMPLES = {
    "add_place": MEMBER + "u1@library: /group place",
    "appoint_organiser": _TWO_MEMBERS + "u1@cafe: /group organiser u2",
    "begin_group_week": MEMBER + "+8d",
    "change_group_roadmap": MEMBER + "u1@cafe: /upload tests/dialogues/files/tea.yaml\nu1: [Use it for cafe]",
    "create_group": MEMBER + "u1@cafe: /group create",
    "delete_learner": _TWO_MEMBERS + "u1: /deleteme\nu1: [Delete everything]",
    "group_rights": _NOBODYS + "u1@cafe: /group roadmap",
    "hand_over_group": _TWO_MEMBERS + "u1@cafe: /group leave",
    "join_group": MEMBER + 'u1@cafe: /group join "Ada L."',
    "leave_group": _TWO_MEMBERS + "u1@cafe: /group leave",
    "link_accounts": _TWO_ACCOUNTS + "u1: [Link the accounts]",
    "remove_member": _TWO_MEMBERS + "u1@cafe: /group remove u2",
    "reschedule_group": MEMBER + "u1@cafe: /group Pacific/Auckland",
    "settle_group": MEMBER + "u1@cafe: /group Pacific/Auckland",
    "start_group": MEMBER + "u1@cafe: /group start tomorrow",
    "switch_board": MEMBER + "u1@cafe: /group\nu1@cafe: [No live board]\nu1@cafe: [Live board]",
    "undo_link": _TWO_ACCOUNTS + "u1: [Link the accounts]\nu1: /link undo",
}
NOTHING_SHOWN = {
    "advance_sessions": "sessions have messages of their own, and their hours count when they are logged",
    "attend_session": "who is coming to a session has not studied yet",
    "be_at_session": "the time of a session counts when it is logged",
    "cancel_session": "sessions have messages of their own",
    "decline_code": "a code that nobody may use has changed nothing",
    "enter_invitation": "who has entered a code is a member only once they say how they are shown",
    "invite": "a code that was made has changed nothing yet",
    "move_session": "sessions have messages of their own",
    "move_chat": "the board is in the chat as before; only the chat's id has changed",
    "new_reminders": "when somebody is reminded is nobody else's business",
    "note_blocked": "how somebody is written to is nobody else's business",
    "note_chats": "members and hours are the same wherever the bot may write",
    "note_private_chat": "how somebody is written to is nobody else's business",
    "note_refused_place": "the platform takes no messages there; the board follows when it does again",
    "page_keys": "a page that was opened shows the hours there are",
    "propose_session": "sessions have messages of their own",
    "session_rights": "who may change a session has no hours by that",
    "silence_group": "the board stays and says the same; a chat that leaves the group has a board no more",
    "speak_again": "nothing that a board shows; its messages come again",
    "try_code": "a try has changed nothing",
    "web_addresses": "an address shows the hours there are",
}
