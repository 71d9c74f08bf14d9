"""Entries of the ledger, timers, questions, check-ins, projects and their reviews."""

from tests.usecases.board_examples import MEMBER

_LOGGED = MEMBER + "u1: /log 1h\n"

EXAMPLES = {
    "count_hours_before": MEMBER + "u1: /before 30h",
    "mark_done": MEMBER + "u1: /done",
    "move_entry": _LOGGED + "u1: [Another item]\nu1: linear regression",
    "put_back": _LOGGED + "u1: [Undo]\nu1: [Put it back]",
    "reversal": _LOGGED + "u1: [Undo]",
    "take_hours": MEMBER + "u1: /import tests/dialogues/files/today.csv\nu1: [Log these]",
    "take_back": _LOGGED + "u1: [Undo]",
}
NOTHING_SHOWN = {
    "answer_checkin": "the board says nothing of check-ins; the count that does follows by a change of its own",
    "answer_quiz": "boards count hours, not questions",
    "ask_for_review": "a review is asked for in a message of its own",
    "call_for_help": "a call for help is a message of its own",
    "decline_review": "a review is asked for in a message of its own",
    "draft_hours": "hours that wait for a yes are logged nowhere",
    "drop_hours": "hours that were dropped were logged nowhere",
    "end_timer": "time that was measured counts once it is logged",
    "judge_criterion": "the reviewer's marks are for the author",
    "new_reminders": "when somebody is reminded is nobody else's business",
    "one_offs": "names what one-off messages say; it is no use case itself",
    "own_entry": "reads only",
    "own_group": "reads only",
    "postpone_reminder": "when somebody is reminded is nobody else's business",
    "review_project": "a review is for the author",
    "start_timer": "time that is measured counts once it is logged",
    "stop_timer": "time that was measured counts once it is logged",
    "submit_project": "boards count hours, not projects",
    "take_path": "boards count hours, not projects",
    "take_review": "boards count hours, not reviews",
    "thank_reviewer": "thanks are for the reviewer",
    "tick_criterion": "boards count hours, not projects",
    "withdraw_postponed": "when somebody is reminded is nobody else's business",
    "withdraw_project": "boards count hours, not projects",
}
