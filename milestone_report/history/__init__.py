"""What earlier runs reported, remembered in one SQLite file, and what changed since.

The file is opened by `store.py` alone, before a run and after its outputs are written. A run is compared with an
earlier day's, never with itself, so that the same run again tells the same. Start reading at `runs.py`.
"""
