"""Sign-off files: names in cells are matched against a folder that was listed once.

Nothing a cell says is ever looked up on disk. A name is classified as text first; what remains is
compared with the list. So no cell can make this program touch a network share or leave the folder.
Only files of the list that milestones name are opened, to see whether they are what they seem.
Start reading at `check.py`.
"""

from milestone_report.signoffs.check import check_signoffs
from milestone_report.signoffs.contents import Content, look_into
from milestone_report.signoffs.evidence import DEFAULT_FOLDER, Folders, folder_for, match_signoffs
from milestone_report.signoffs.folder import SignoffFolder, list_folder, with_files
from milestone_report.signoffs.matching import Match, match_cell

__all__ = [
    "DEFAULT_FOLDER",
    "Content",
    "Folders",
    "Match",
    "SignoffFolder",
    "check_signoffs",
    "folder_for",
    "list_folder",
    "look_into",
    "match_cell",
    "match_signoffs",
    "with_files",
]
