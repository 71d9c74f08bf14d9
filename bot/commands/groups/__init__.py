"""What the sub-commands of `/group` do: setup, joining, inviting, members, places and roadmaps."""
