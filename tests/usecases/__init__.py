"""Use cases: their rules, their errors, and what follows from them."""
