"""A program that imports the libraries a bot of both platforms needs, and does nothing: what start and memory are
compared with. It prints a line when it is there."""

import sys

import apscheduler.schedulers.asyncio  # noqa: F401
import discord  # noqa: F401
import sqlalchemy  # noqa: F401
import telegram  # noqa: F401

print("imported", flush=True)  # noqa: T201
sys.stdin.readline()
