"""Ids as types of their own, so that a learner's id cannot be passed where a group's is expected.

They are plain integers at run time. Storage makes them from rows; everybody else only passes them on.
"""

from typing import NewType

LearnerId = NewType("LearnerId", int)
"""A person (`bot.core.learner.Learner`)."""
EnrollmentId = NewType("EnrollmentId", int)
"""A learner on a roadmap (`bot.core.learner.Enrollment`)."""
GroupId = NewType("GroupId", int)
"""A study group (`bot.core.group.Group`)."""
PlaceId = NewType("PlaceId", int)
"""A chat in which the bot speaks for a group (`bot.core.group.Place`)."""
EntryId = NewType("EntryId", int)
"""A line of the ledger (`bot.core.ledger.Entry`)."""
DeliveryId = NewType("DeliveryId", int)
"""A message that the bot sends by itself (`bot.core.reminder.Delivery`)."""
ReviewId = NewType("ReviewId", int)
"""A group's review of a project (`bot.core.project.Review`)."""
SessionId = NewType("SessionId", int)
"""A study session of a group (`bot.core.session.StudySession`)."""
