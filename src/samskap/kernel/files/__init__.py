"""Files that people send in: looked at by a process that may do next to nothing, and kept by us.

``papers``, ``pictures`` and ``kernel.tables`` ask that process through ``asking``; ``child`` is it.
What a file is, its content says, never its name; what it is called with us, ``names`` says;
``giving`` gives it back. Nothing is imported here, for the child's sake.
"""
