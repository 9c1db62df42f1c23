"""``python -m samskap.cli``: the same command where no script can be."""

from samskap.cli.main import main

main()
