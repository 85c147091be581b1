"""The parts of ``build_samples.py``: one module for each workbook, for the sign-offs and for saving."""
