"""What use cases ask of storage: one small Protocol a noun, and the unit of work that hands them out.

`bot.storage` implements them. Every instant is aware UTC, every date a learner's local date, every amount minutes. All
writes of one transaction become visible together or not at all.
"""
