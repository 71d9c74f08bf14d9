"""The parts of `/start`: what is offered, the questions and the replies."""
