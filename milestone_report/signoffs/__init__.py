"""Sign-off files: names in cells are matched against a folder that was listed once.

Nothing a cell says is ever looked up on disk. A name is classified as text first; what remains is
compared with the list. So no cell can make this program touch a network share or leave the folder.
"""

from milestone_report.signoffs.evidence import DEFAULT_FOLDER, folder_for, match_signoffs
from milestone_report.signoffs.folder import SignoffFolder, list_folder, with_files
from milestone_report.signoffs.matching import Match, match_cell

__all__ = [
    "DEFAULT_FOLDER",
    "Match",
    "SignoffFolder",
    "folder_for",
    "list_folder",
    "match_cell",
    "match_signoffs",
    "with_files",
]
