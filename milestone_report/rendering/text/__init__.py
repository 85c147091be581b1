"""What the terminal shows, line by line, as rich prints it. Whoever prints decides about colour."""
