"""Lets `python -m milestone_report` do what the command does."""

from milestone_report.cli import main

if __name__ == "__main__":
    main()
