"""Use cases, and what follows from them."""
