"""What the schedule says, one file each: never typed, composed when it is due."""
