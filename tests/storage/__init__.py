"""What storage promises: nothing lost, nothing doubled, nothing shown to strangers."""
