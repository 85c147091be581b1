"""Build the sample workbooks and their sign-off folder.

Run it as ``python sample_workbooks/build_samples.py``: it needs only openpyxl and lxml, and writes beside
itself. Another folder can be named as the only argument. The same code gives the same bytes each time, so a
change in a sample is always a change that somebody made.

* ``agency.xlsx``   a believable book of five projects, with a modest number of faults planted on purpose
* ``minimal.xlsx``  the smallest table that is worth reporting on
* ``messy.xlsx``    the sheet that real people make; every fault in it is listed in ``builder/messy.py``
* ``signoffs/``     the signed documents that the three workbooks name
"""

from __future__ import annotations

import sys
from pathlib import Path

from builder import agency, messy, minimal, signoffs


def build(folder: Path) -> list[Path]:
    """Write every sample into *folder* and return the paths written."""
    documents = folder / "signoffs"
    documents.mkdir(parents=True, exist_ok=True)
    contents = {
        folder / "agency.xlsx": agency.build(),
        folder / "minimal.xlsx": minimal.build(),
        folder / "messy.xlsx": messy.build(),
        **{documents / name: content for name, content in signoffs.build().items()},
    }
    for path, content in contents.items():
        path.write_bytes(content)
    return list(contents)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for written in build(target):
        print(written.relative_to(target))
