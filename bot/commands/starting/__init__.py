"""What `/start` does, one file for each thing: what is offered, what is asked, what is answered."""
