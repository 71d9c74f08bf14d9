"""Events that platforms report: never typed, never pressed."""
