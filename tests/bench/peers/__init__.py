"""What the bot is compared with: small programs, written as their libraries' documentation shows it."""
