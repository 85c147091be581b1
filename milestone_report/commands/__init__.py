"""The commands, a module each. They import the stages inside themselves, so that `--help` needs no pandas."""
