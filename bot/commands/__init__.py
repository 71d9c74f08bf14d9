"""Every command, one file each, listed in the order in which `/help` shows them."""

from bot.commands.before import before
from bot.commands.calendar import calendar
from bot.commands.catchup import catchup
from bot.commands.checkin import checkin
from bot.commands.deleteme import deleteme
from bot.commands.done import done
from bot.commands.events.chats import anonymous, arrived, blocked, changed, moved, removed, talks, unblocked
from bot.commands.export import export
from bot.commands.focus import focus
from bot.commands.group import group
from bot.commands.help import help_
from bot.commands.history import history
from bot.commands.import_ import hoursdropped, hoursshown, hourstaken, import_
from bot.commands.language import language
from bot.commands.later import later
from bot.commands.leaderboard import leaderboard
from bot.commands.link import link, linkasked
from bot.commands.log import log
from bot.commands.module import groupmodule, module
from bot.commands.move import move
from bot.commands.pace import pace
from bot.commands.page import page
from bot.commands.pause import pause
from bot.commands.placeasked import placeasked, placed
from bot.commands.plan import plan
from bot.commands.privacy import privacy
from bot.commands.progress import progress
from bot.commands.project import project
from bot.commands.quiz import quiz
from bot.commands.reminders import reminders
from bot.commands.resume import resume
from bot.commands.review import look, review, reviewed
from bot.commands.roadmap import roadmap
from bot.commands.scheduled.announcement import announcement
from bot.commands.scheduled.finishtold import congratulate, finishtold
from bot.commands.scheduled.firstday import firstday
from bot.commands.scheduled.groupcall import groupcall
from bot.commands.scheduled.groupcheckin import groupcheckin
from bot.commands.scheduled.groupfollows import groupfollows
from bot.commands.scheduled.groupsession import groupsession
from bot.commands.scheduled.groupstarts import groupstarts
from bot.commands.scheduled.groupweek import groupweek
from bot.commands.scheduled.invited import invited
from bot.commands.scheduled.knock import knock
from bot.commands.scheduled.nudge import nudge
from bot.commands.scheduled.organising import organising
from bot.commands.scheduled.quiet import quiet
from bot.commands.scheduled.sessionchanged import sessionmoved, sessionoff
from bot.commands.scheduled.sessionover import sessionover
from bot.commands.scheduled.sessionsoon import sessionsoon
from bot.commands.scheduled.studytime import studytime
from bot.commands.scheduled.unwritable import unwritable
from bot.commands.session import session
from bot.commands.settings import daybegins, settings
from bot.commands.sick import sick
from bot.commands.start import start, welcome
from bot.commands.times import times, timesasked
from bot.commands.timezone import timezone
from bot.commands.today import today
from bot.commands.undo import undo
from bot.commands.upload import roadmapfile, upload, uploaded
from bot.commands.weekbegins import weekbegins
from bot.commands.whichmeant import whichmeant
from bot.commands.why import why
from bot.commands.words import words

COMMANDS = (
    start,
    today,
    focus,
    log,
    undo,
    history,
    import_,
    before,
    done,
    progress,
    roadmap,
    module,
    plan,
    calendar,
    pace,
    pause,
    resume,
    sick,
    catchup,
    times,
    reminders,
    checkin,
    quiz,
    project,
    why,
    leaderboard,
    group,
    session,
    upload,
    timezone,
    page,
    link,
    language,
    settings,
    privacy,
    export,
    deleteme,
    help_,
    # Never typed: used by the schedule, by buttons and for plain words.
    announcement,
    nudge,
    studytime,
    timesasked,
    firstday,
    finishtold,
    congratulate,
    later,
    quiet,
    groupweek,
    groupcheckin,
    groupcall,
    groupfollows,
    groupsession,
    groupstarts,
    sessionsoon,
    sessionover,
    sessionmoved,
    sessionoff,
    linkasked,
    organising,
    placeasked,
    placed,
    uploaded,
    hoursshown,
    hourstaken,
    hoursdropped,
    roadmapfile,
    invited,
    review,
    look,
    reviewed,
    knock,
    unwritable,
    welcome,
    groupmodule,
    daybegins,
    weekbegins,
    move,
    whichmeant,
    words,
    # Neither typed nor pressed: events that an adapter reports.
    arrived,
    anonymous,
    removed,
    moved,
    changed,
    blocked,
    unblocked,
    talks,
)
