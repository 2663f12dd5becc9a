"""The program's start: the desktop without arguments, the command line with them."""

import sys


def main() -> None:
    """Open the desktop, or run the command given. Imports late: each door loads only what it needs."""
    if len(sys.argv) > 1:
        from escplaybook.cli.main import cli

        cli(prog_name="escplaybook")
    from escplaybook.ui.main import run_desktop

    sys.exit(run_desktop())


if __name__ == "__main__":
    main()
