"""What the world asks of the actors, by subject; ``public.py`` is the list of it."""
