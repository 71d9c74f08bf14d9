"""The parts of `/times`: the page, changes, and the answers that buttons give."""
