"""The study buddy: a learner's companion that lives in chat."""

__version__ = "0.1.0"
