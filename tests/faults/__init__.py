"""What happens when things break: statements, commits, disks, servers, processes."""
