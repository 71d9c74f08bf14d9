"""The methods that this server plays."""

from collections.abc import Awaitable, Callable
from typing import Any

from . import chat_methods, editing, intake, profile, sending
from .bodies import Call
from .world import World

Work = Callable[[World, Call], Any | Awaitable[Any]]

METHODS: dict[str, Work] = {
    "getMe": chat_methods.get_me,
    "getUpdates": intake.get_updates,
    "setWebhook": intake.set_webhook,
    "deleteWebhook": intake.delete_webhook,
    "getWebhookInfo": intake.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "getFile": sending.get_file,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "pinChatMessage": editing.pin_chat_message,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.setter("name"),
    "getMyName": profile.getter("name"),
    "setMyDescription": profile.setter("description"),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("short_description"),
    "getMyShortDescription": profile.getter("short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "setMyDefaultAdministratorRights": profile.set_default_rights,
    "getChat": chat_methods.get_chat,
    "getChatMember": chat_methods.get_chat_member,
    "getChatAdministrators": chat_methods.get_chat_administrators,
    "leaveChat": chat_methods.leave_chat,
    "logOut": chat_methods.nothing,
    "close": chat_methods.nothing,
}
