"""A programme that never was: generated pairs and sessions, to see the program full of life and to measure it."""
