"""What a learner decides about their roadmap, their plan and their own time."""

from tests.usecases.board_examples import MEMBER

_TEA = MEMBER + "u1: /upload tests/dialogues/files/tea.yaml\nu1: [Use it for cafe]\n"
"""The group follows a roadmap that its organiser has brought."""
_DRINKS_TEA = _TEA + "+2m\nu1@cafe: [Follow it]\nu1: [2 h a week]\n"
"""And so does u1."""
_MISSED = MEMBER + "u1: /log 8h\n+21d\nu1: /catchup\n"
_TRIMMED = _MISSED + "u1: [Trim to the core]\nu1: [Take it]\n"

EXAMPLES = {
    "adjust_plan": _MISSED + "u1: [Shift all dates]\nu1: [Take it]",
    "announce_pause": MEMBER + "u1: /pause from 19 to 25 January",
    "begin_again": MEMBER + "u1: /log 8h\n+7d\nu1: /start again",
    "begin_days_at": MEMBER + "u1: /settings\nu1: [My day begins at]\nu1: [04:00]",
    "begin_weeks_as_usual": MEMBER.replace("[UTC]", "new york") + "u1: [My week begins on Sunday]",
    "begin_weeks_on": MEMBER + "u1: /settings\nu1: [Week begins]\nu1: [Sunday]",
    "begin_with_module": MEMBER + "u1: /module 3\nu1: [Begin with this module]",
    "bring_item_back": _TRIMMED + "u1: /catchup\nu1: [Bring back “A Kaggle competition or an open-source project”]",
    "cancel_pause": MEMBER + "u1: /pause from 19 to 25 January\nu1: [Undo]",
    "enroll": _TEA + "+2m\nu1@cafe: [Follow it]\nu1: [2 h a week]",
    "leave_item_out": MEMBER + "u1: /catchup skip calculus",
    "note_illness": MEMBER + "u1: /sick",
    "pause_plan": MEMBER + "u1: /pause",
    "resume_plan": MEMBER + "u1: /pause\n+3d\nu1: /resume",
    "reversal": _TRIMMED + "u1: [Undo]",
    "set_language": MEMBER + "u1: /language de",
    "set_pace": MEMBER + "u1: /pace 6",
    "set_time_zone": MEMBER + "u1: /timezone berlin",
    "start_on": MEMBER + "u1: /start from monday",
    "start_by_today": MEMBER + "u1: /timezone berlin",
    "take_version": _DRINKS_TEA
    + "u1: /upload tests/dialogues/files/tea-with-a-spoon.yaml\nu1: [Use it for cafe]\n"
    + "u1: /roadmap changes\nu1: [Take it]",
    "tell_of_finish": MEMBER + "u1: /before 191h\nu1: yes\nu1: /log 1h",
    "undo_adjustment": _MISSED + "u1: [Shift all dates]\nu1: [Take it]\nu1: [Undo]",
    "undo_illness": MEMBER + "u1: /sick\nu1: [Undo]",
    "use_draft": MEMBER + "u1: /upload tests/dialogues/files/tea.yaml\nu1: [Use it for cafe]",
}
NOTHING_SHOWN = {
    "congratulate": "boards show hours, not who is congratulated",
    "become_learner": "whoever is new is in no group yet",
    "decline_version": "the learner stays on the version they are on",
    "draft_roadmap": "a roadmap that was brought changes nothing until it is used",
    "new_reminders": "reminders are nobody else's business",
    "note_preference": "whoever has not started is in no group",
    "set_reminder": "reminders are nobody else's business",
    "set_study_times": "study times are nobody else's business",
    "snapshots": "words what is derived as it is stored",
    "studies": "loads what others decide about; it writes nothing",
    "verify_sums": "makes again what follows from what is written already",
}
