"""What studying is: pure values and rules. No I/O, no SQL, no platform, no clock of its own."""
