"""Messages of the schedule, one file each: never typed, composed when they are due."""
