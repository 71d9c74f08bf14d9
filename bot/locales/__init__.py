"""The catalogues: `studybuddy.pot` is the template, `<language>/LC_MESSAGES/studybuddy.po` a translation."""
