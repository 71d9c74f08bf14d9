"""What talking is, on any platform: requests, commands, replies."""
