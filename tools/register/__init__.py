"""A register of any size, of organisations that do not exist, in the files as published."""
