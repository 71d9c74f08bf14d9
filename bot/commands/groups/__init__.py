"""What `/group` does, one file for each thing: homes, joining, inviting, members."""
