"""What `/session` does: proposing, coming, being there, moving and calling off."""
