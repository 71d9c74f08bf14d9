"""A third platform, which nothing outside this folder knows: JSON lines over a socket. It shows what a platform takes.

In: `{"id", "who", "group", "organiser", "zone"}` with `"says"`, or with `"press"` (a button's token) and `"on"` (its
message), or with `"file": [name, content]`. Out: `{"to", "id", "replaces", "text", "buttons", "files"}`, and
`{"handled": id}` when all that follows from a line has been said.
"""
