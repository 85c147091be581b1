"""What the terminal shows. Every function returns what rich can print, line by line; cli.py decides about colour."""
