"""Serves a learner's page: opening it, showing it, and doing what its forms ask for with the same commands as the
chat."""

import asyncio
from dataclasses import replace
from hashlib import sha256

from aiohttp import web

from bot.adapters.flood import Verdict
from bot.core.learner import Account
from bot.core.web_key import new_secret
from bot.dialogue.answer import Answer
from bot.dialogue.refusal import RankUnknown
from bot.dialogue.request import Request, read_token, read_typed
from bot.dialogue.text import Text, Typed
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.page_keys import enter_as, enter_by_link, leave_page
from bot.web import sessions
from bot.web.backend import Backend, account_of, look_of
from bot.web.drawing import draw, language, message
from bot.web.forms import form_of
from bot.web.markup import shown
from bot.web.sections import Facts, facts

_CLOSED = Text("This page opens only with a link of your own. Ask me for one in the chat: {page}", page=Typed("/page"))
_OVER = Text("This link is used up or too old. Ask me for a new one in the chat: {page}", page=Typed("/page"))
_APP = Text("Open this page from the chat with me.")
_STRANGER = Text("We have not started yet. {start} takes a minute.", start=Typed("/start"))
_TYPED = 500
"""Characters of what is typed into a form."""


class Pages:
    """Answers browsers."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._site = backend.site

    def routes(self) -> list[web.RouteDef]:
        """What is found where, below the public address."""
        under, secret = self._site.url_path, "{secret:[A-Za-z0-9_-]{43}}"
        return [
            web.get(f"{under}/", self.home),
            web.get(f"{under}/page", self.get),
            web.get(f"{under}/do", self.home),
            web.post(f"{under}/do", self.do),
            web.post(f"{under}/out", self.leave),
            web.get(f"{under}/in/{secret}", self.entrance),
            web.post(f"{under}/in/{secret}", self.enter),
            web.get(f"{under}/app/{{platform}}", self.app),
            web.post(f"{under}/app/{{platform}}", self.enter_app),
        ]

    async def home(self, _: web.Request) -> web.Response:
        """Anywhere else there is nothing but the page."""
        raise web.HTTPSeeOther(f"{self._site.url_path}/page")

    async def get(self, request: web.Request) -> web.Response:
        """The page of whoever has opened it in this browser."""
        secret = sessions.session_of(request)
        if secret is None:
            return message(self._site, request, 401, _CLOSED)
        return await self._page(request, secret)

    async def do(self, request: web.Request) -> web.Response:
        """What a form asks for, and the page as it is then."""
        secret = sessions.session_of(request)
        if secret is None:
            return message(self._site, request, 401, _CLOSED)
        form = await form_of(request)
        sessions.check_form(request, secret, form.get("csrf"))
        account = await self._account(secret)
        if account is None:
            return self._over(request)
        asked = _asked(account, secret, form)
        flood = self._backend.flood
        if flood.judge(asked) is not Verdict.TAKEN:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})
        try:
            answer = await self._answer(asked)
        finally:
            flood.answered(asked)
        return await self._page(request, secret, answer)

    async def leave(self, request: web.Request) -> web.Response:
        """Close the page in this browser."""
        secret, now = sessions.session_of(request), self._backend.clock()
        if secret is not None:
            sessions.check_form(request, secret, (await form_of(request)).get("csrf"))

            def end(uow: UnitOfWork) -> None:
                if session := uow.web_keys.find(secret, "session", now):
                    leave_page(uow, session, now)

            await self._backend.database.run(end)
        closed = message(self._site, request, 200, Text("The page is closed in this browser."), _CLOSED)
        sessions.end(closed, self._site)
        return closed

    async def entrance(self, request: web.Request) -> web.Response:
        """Before a link is used: a button, because apps look at links by themselves and would use them up."""
        secret, now = request.match_info["secret"], self._backend.clock()
        good = await self._backend.database.read(lambda uow: uow.web_keys.find(secret, "link", now) is not None)
        if not good:
            return message(self._site, request, 404, _OVER)
        return self._form(request, f"/in/{secret}", framed=False)

    async def enter(self, request: web.Request) -> web.Response:
        """Use a link."""
        secret, now = request.match_info["secret"], self._backend.clock()
        sessions.check_form(request, sessions.entrance(request), (await form_of(request)).get("csrf"))
        session = await self._backend.database.run(lambda uow: enter_by_link(uow, secret, now))
        return self._entered(request, session, framed=False)

    async def app(self, request: web.Request) -> web.Response:
        """The page inside a platform's app: a script sends on what the app was given."""
        if request.match_info["platform"] not in self._backend.introduce:
            raise web.HTTPNotFound
        return self._form(request, f"/app/{request.match_info['platform']}", framed=True)

    async def enter_app(self, request: web.Request) -> web.Response:
        """Open the page of whom the app has proved to be there."""
        form, now = await form_of(request), self._backend.clock()
        sessions.check_form(request, sessions.entrance(request), form.get("csrf"))
        introduce = self._backend.introduce.get(request.match_info["platform"])
        account = introduce(form.get("given", ""), now) if introduce else None
        if account is None:
            return message(self._site, request, 403, _APP)
        known = account
        session = await self._backend.database.run(lambda uow: enter_as(uow, known, now))
        if session is None:
            return message(self._site, request, 404, _STRANGER)
        return self._entered(request, session, framed=True)

    def _form(self, request: web.Request, action: str, *, framed: bool) -> web.Response:
        secret = sessions.entrance(request)
        page = draw(
            self._site, "enter.html", language(request), action=action, csrf=sessions.csrf_of(secret), framed=framed
        )
        sessions.keep_entrance(page, self._site, secret, framed=framed)
        return page

    def _entered(self, request: web.Request, session: str | None, *, framed: bool) -> web.Response:
        if session is None:
            return message(self._site, request, 404, _OVER)
        opened = web.Response(status=303, headers={"Location": f"{self._site.url_path}/page"})
        sessions.begin(opened, self._site, session, framed=framed)
        return opened

    async def _account(self, secret: str) -> Account | None:
        now = self._backend.clock()
        return await self._backend.database.read(lambda uow: account_of(uow, uow.web_keys.find(secret, "session", now)))

    async def _answer(self, asked: Request) -> Answer:
        now = self._backend.clock()
        try:
            return await self._backend.dispatcher.handle(asked, now)
        except RankUnknown:
            return await self._backend.dispatcher.handle(replace(asked, organiser=False), now)

    async def _page(self, request: web.Request, secret: str, answer: Answer | None = None) -> web.Response:
        now = self._backend.clock()
        shown_facts: Facts | None = await self._backend.dispatcher.look(
            lambda uow: look_of(uow, uow.web_keys.find(secret, "session", now)), facts, now
        )
        if shown_facts is None:
            return self._over(request, answer)
        return await asyncio.to_thread(self._drawn, shown_facts, secret, answer)

    def _drawn(self, facts: Facts, secret: str, answer: Answer | None) -> web.Response:
        """The page as HTML, which takes a while."""
        shown_answer = shown(answer.reply, answer.locale, answer.question) if answer and answer.reply else None
        form = {"csrf": sessions.csrf_of(secret), "once": new_secret()}
        sections = {name: shown(section, facts.locale) for name, section in facts.sections.items()}
        return draw(self._site, "page.html", facts.locale, facts=facts, sections=sections, said=shown_answer, form=form)

    def _over(self, request: web.Request, answer: Answer | None = None) -> web.Response:
        """The session is over: what was said last, and how to come back."""
        if answer and answer.reply:
            shown_answer = shown(answer.reply, answer.locale)
            page = draw(self._site, "message.html", answer.locale, lines=[piece.text for piece in shown_answer.pieces])
        else:
            page = message(self._site, request, 401, _CLOSED)
        sessions.end(page, self._site)
        return page


def _asked(account: Account, secret: str, form: dict[str, str]) -> Request:
    """What a form asks for, as a request. A form that is sent twice is one request; it says itself what it means where
    its field is empty."""
    token, typed = form.get("token", ""), form.get("typed", "")[:_TYPED].strip() or form.get("empty", "")[:_TYPED]
    known = sha256("\n".join((secret, form.get("once", ""), token, typed)).encode()).hexdigest()
    id_ = f"web:{known[:48]}"
    if not token:
        command, rest = read_typed(typed)
        return Request(id_, account, command or "log", {}, rest)
    command, args = read_token(token) or ("?", {})
    return Request(id_, account, command, args, typed, pressed=True)
