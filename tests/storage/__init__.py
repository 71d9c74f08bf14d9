"""What the books promise: nothing lost, nothing doubled, nothing shown to strangers."""
