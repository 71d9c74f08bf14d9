"""Words by which plain sentences tell of study; `bot/dialogue/studied.py` reads them."""

import re
from functools import cache

from bot.dialogue.parameters.base import in_any
from bot.dialogue.text import Text

# note: verbs that say by themselves that somebody has studied, in the past, in every form that may be typed
STUDIED = Text("studied, been studying, finished studying, done studying")
# note: verbs in the past of study and of much else, in every form: practiced guitar is asked about
PRACTICED = Text(
    "learned, learnt, revised, reviewed, practiced, practised, crammed, been learning, been practicing, "
    "been practising, been revising"
)
# note: verbs in the past that say so together with an amount of time: did 2h, 1h done
DID = Text(
    "did, done, completed, finished, managed, managed to do, managed to study, ended up doing, ended up with, "
    "logged, put in, squeezed in, "
    "squeezed, got through, got done, did study"
)
# note: verbs in the past that say so only together with what was studied: worked on calculus, watched lectures
WORKED = Text(
    "worked, worked on, worked through, spent, read, watched, went through, went over, sat down, "
    "been at, been doing, been working, been reading, been watching, solved, wrote, listened to, was busy with"
)
# note: words that ask to take time down
ORDERS = Text(
    "please log, pls log, can you log, could you log, can you please log, could you please log, want to log, "
    "i want to log, like to log, need to log, forgot to log, i forgot to log, add, can you add, could you "
    "add, put down, "
    "note, note down, enter, write down, jot down, forgot to add, forgot logging, forgot to enter"
)
# note: words before an amount that may be still to come: 30 more minutes, done
MORE = Text("more, another, one more")
# note: small words that change nothing in “I have just studied about 2h of calculus today, phew”
SMALL = Text(
    "i, i've, ive, i have, have, just, only, about, approx, roughly, around, my, the, a, an, some, "
    "a bit of, bit of, hey, hi, hello, please, pls, plz, can you, could you, would you, ok, okay, and, yes, yeah, yep, "
    "well, ok so, so i, n, nd, like, ish, or so, btw, tbh, honestly, basically, thanks, thank you, thx, ty, "
    "stuff, things, bits, "
    "finally, already, also, whole, full, good, solid, quick, quickly, time, lol, omg, haha, phew, yay, "
    "today's, before work, after work, before school, after school, before breakfast, after lunch, after dinner, "
    "at home, on the bus, on the train, on my phone, on my laptop, in bed, in the morning, in the evening, "
    "in the afternoon, at night, this, it, with, through, straight, non stop, nonstop, update, during lunch, "
    "at lunch, in my break, in the break, u can, down, in, not bad, not "
    "much, tired now, one, for it, a couple of, a couple, couple, a few, few, "
    "better than nothing, not too bad, not so bad, could be worse, at least something, that's something, felt good, "
    "a lot, lots, very, really, nothing fancy, nothing special, nothing much, "
    "was hard, was fun, was tough, was great, it was hard, it was fun, so tired, tired, exhausted, exhausting, great, "
    "nice, hard, tough, fun, proud, proud of myself, easy, productive, going well, hooray, hurray, woohoo, :)"
)
# note: what somebody may study
TOPICS = Text(
    "study, studying, study time, learning, revision, course, courses, my course, lecture, lectures, lesson, lessons, "
    "chapter, chapters, exercise, exercises, problem, problems, problem set, homework, assignment, assignments, "
    "reading, video lectures, course videos, notes, flashcards, quiz, quizzes, paper, papers, textbook, tutorial, "
    "session, sessions, study session, review, tutorials, pomodoro, pomodoros, module, project, practice, "
    "roadmap, coursework, material, maths, math, proofs, theorems, formulas, chain rule, product rule, quotient rule, "
    "derivative, derivatives, integral, integrals, limits, gradients, gradient descent, matrix, matrices, vectors, "
    "eigenvalues, eigenvectors, distributions, bayes, backprop, backpropagation, neural networks, neural nets, "
    "transformers, convolutions, pytorch, numpy, pandas, coding, programming"
)
# note: words that make it doubtful that time has been studied: plans, questions, negations, goals, habits, others
DOUBTS = Text(
    "no, not, n't, don't, dont, do not, didn't, didnt, did not, haven't, havent, hasn't, hadn't, won't, wont, can't, "
    "cant, couldn't, couldnt, never, none, nothing, neither, without, nope, instead, almost, nearly, hardly, barely, "
    "will, i'll, ill, i'd, we'll, gonna, going, want, wants, wanna, wanted, plan, plans, planned, planning, should, "
    "shall, need, needs, needed, must, have to, has to, had to, got to, gotta, let, let's, lets, to, would, could, "
    "can, may, might, maybe, perhaps, probably, hope, hopefully, hoping, wish, wished, if, unless, until, when, what, "
    "whether, how, why, who, which, where, tomorrow, later, next, soon, tonight's, about to, trying, try, tried, "
    "supposed, intend, intended, aim, goal, target, every, each, per, always, usually, normally, often, sometimes, "
    "used, daily, weekly, or, think, guess, believe, sure, imagine, dream, dreamt, dreamed, pretend, he, she, they, "
    "we, you, your, his, her, their, him, them, us, friend, has, had, was, were, is, are, be, being, do, does, doing, "
    "studies, learns, "
    "start, starting, begin, beginning, left, remaining, still, owe, than, less, enough, wasted, slept, "
    "so far, thus far, by now, under, below, max, maximum, prolly, idk, dunno, already logged, logged already, "
    "i logged, i already logged, ive logged, i've logged, i have logged, "
    "remind, available, free, that, as, since, ago, takes, took, "
    "take, said, says, told, heard, between, wait, jk, kidding, joking, just kidding, sort of, kind of, except, "
    "i've got, ive got, i have got, have got, a day, a week, a month, in a row, at least, at most, up to, because, "
    "somebody, someone, everyone, people, anyone, rather, actually, before, after, got, work, ever, "
    "did i, have i, am i, isn't, isnt, wasn't, wasnt, weren't, werent, doesn't, doesnt, wouldn't, wouldnt, shouldn't, "
    "shouldnt, although, though, early, late, too, dreams, learned about, learned that, learned how, "
    "learnt about, "
    "half, halves, quarter, third, recently, lately, once, yday, yest, ystd, 2day, tmrw, tmr, tmw, tomo, "
    "week, weeks, month, months, year, years"
)
# note: words that make a sum of an amount, which is an entry only where a day is named: 2h in total today
TOTALS = Text("total, in total, altogether, all in all")
# note: words around an amount that is an entry already: logged 2h already
LOGGED = Text("logged … already, already … logged")
# note: words that make it likely that an entry is wrong and to be taken back: delete the 2h, make it 3h
BACK = Text(
    "cancel, delete, remove, undo, revert, scratch, take back, wrong, mistake, typo, change, correct, correction, fix, "
    "should be, should have been, i meant, make it, make that, but it was only, but was only"
)
# note: words behind which is what has been done in place of a plan: wanted to do 3h but only managed 40 min
CONTRASTS = Text("but, however")
# note: words before an amount that make a moment of it: done in 2 hours
MOMENT = Text("in, within, by, at")
# note: small words that say where, when or with whom somebody studied: during lunch, with Anna
WHERE = Text("during, with, at")
# note: the same before an article alone: in the library, but “in spanish” is what was studied
INSIDE = Text("in")
# note: what may stand between such a word and a noun
ARTICLES = Text("the, a, an, my, our")
# note: verbs that mean the past only with the word after the amount: got 2h in, got an hour done
GOT_IN = Text("got … in, put … in, squeezed … in, got … done")


@cache
def where() -> re.Pattern[str]:
    """A small word that says where, when or with whom, and an article, at the end of a text."""
    before, inside = in_any(WHERE), in_any(INSIDE)
    the = rf"(?:{in_any(ARTICLES)})\s+"
    return re.compile(rf"(?<!\w)(?:(?:{before})\s+(?:{the})?|(?:{inside})\s+{the})$")


@cache
def article() -> re.Pattern[str]:
    """An article at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{in_any(ARTICLES)})\s+$")
