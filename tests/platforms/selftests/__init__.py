"""Tests of the local platforms themselves. They prove the doubles, not the bot, so they are marked `slow`."""
