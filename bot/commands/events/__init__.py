"""What platforms themselves report; nobody types or presses it."""
