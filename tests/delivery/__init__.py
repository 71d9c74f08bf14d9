"""Scheduled messages come once, on time, and never to learners who do not want them."""
