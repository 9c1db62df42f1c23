"""Door: the ``samskap`` command, the one door for whoever keeps an installation."""
