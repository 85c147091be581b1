"""Where the command begins. Reader processes import this, too, and so it imports next to nothing."""

from milestone_report.stopping import stoppable


def main() -> None:
    """The command, which Ctrl-C and SIGTERM end in order from its very first import on."""
    with stoppable():
        from milestone_report.cli import main as command  # noqa: PLC0415

        command()


if __name__ == "__main__":
    main()
