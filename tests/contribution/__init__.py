"""What CONTRIBUTING.md tells people to do, done."""
