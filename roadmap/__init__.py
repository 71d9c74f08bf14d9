"""The roadmap format and its content. This room imports nothing of `bot`."""
