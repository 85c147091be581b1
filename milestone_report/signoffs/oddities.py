"""What is odd about a file beside its name, in the words of a finding. Pure: no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_report.facts import phrase
from milestone_report.signoffs.kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

_MEANS: dict[str, tuple[Kind, ...]] = {
    "pdf": (Kind.PDF,),
    "png": (Kind.PNG,),
    "jpg": (Kind.JPEG,),
    "jpeg": (Kind.JPEG,),
    "heic": (Kind.HEIC,),
    "heif": (Kind.HEIC,),
    "gif": (Kind.GIF,),
    "tif": (Kind.TIFF,),
    "tiff": (Kind.TIFF,),
    "webp": (Kind.WEBP,),
    # What makes a package a .docx or .odt may stand behind the first bytes: any ZIP may be one.
    "docx": (Kind.WORD, Kind.ZIP),
    "xlsx": (Kind.EXCEL, Kind.ZIP),
    "odt": (Kind.TEXT, Kind.ZIP),
    "doc": (Kind.OLE, Kind.RTF),
    "xls": (Kind.OLE,),
    "rtf": (Kind.RTF,),
    "msg": (Kind.OLE,),
    "eml": (Kind.MAIL,),
    "htm": (Kind.WEB,),
    "html": (Kind.WEB,),
}
"""The kinds that a file may be by its name's ending; the first one names it."""

_NAMED = {
    "doc": phrase("a Word document of an older Office"),
    "xls": phrase("an older Excel workbook"),
    "msg": phrase("an Outlook message"),
}
_PROGRAMS = frozenset("exe com scr bat cmd ps1 vbs js jse wsf msi msix jar hta dll app dmg pkg sh".split())
_SHORTCUTS = frozenset("lnk url webloc desktop gdoc gsheet gslides".split())
_PARTIAL = frozenset("crdownload part partial download opdownload tmp".split())
_ARCHIVES = frozenset("zip rar 7z gz tgz tar".split())


def oddity(name: str, head: bytes, expected: Collection[str]) -> str:
    """What is odd about a sign-off file, as the rest of a sentence that begins with its name; "" for nothing.

    `expected` are the endings that sign-offs may have, in small letters and without a dot.
    """
    ending, kind = _ending(name), kind_of(head)
    if kind is Kind.ZEROS:
        return phrase("holds nothing but zeros: it was not saved or copied to its end")
    if kind is Kind.PROGRAM or ending in _PROGRAMS - set(expected):
        return phrase("is a program, and no document: do not open it")
    if kind is Kind.SHORTCUT or ending in _SHORTCUTS - set(expected):
        return phrase("is only a shortcut: the document itself lies elsewhere")
    return _unlike_its_name(ending, kind) if ending in expected else _unexpected(ending, kind)


def _unlike_its_name(ending: str, kind: Kind) -> str:
    means = _MEANS.get(ending, ())
    if kind in means or (not means and kind is not Kind.WEB):
        return ""
    named = _NAMED.get(ending) or (phrase(means[0]) if means else phrase("a document"))
    if kind is Kind.WEB:
        return phrase(
            "is a web page, and not {named}: a portal's login page may have been saved in its place", named=named
        )
    if kind is Kind.UNKNOWN:
        return phrase("does not begin as {named} does: it is damaged, or something else", named=named)
    return phrase("is {kind}, and not {named}", kind=phrase(kind), named=named)


def _ending(name: str) -> str:
    """The ending of a name, in small letters; what "signed v1.2" and ".pdf" end in is none."""
    stem, _dot, ending = name.rpartition(".")
    return ending.lower() if stem and ending.isalnum() and not ending.isdigit() else ""


def _unexpected(ending: str, kind: Kind) -> str:
    if ending in _PARTIAL:
        return phrase("is a download that did not finish")
    if ending in _ARCHIVES:
        return phrase("is an archive: what is in it, and whether it is signed, is not seen here")
    looks = phrase("; by its content it is {kind}", kind=phrase(kind)) if kind else ""
    if not ending:
        return phrase("has no ending, such as .pdf, that tells what it is{looks}", looks=looks)
    return phrase("is of a kind that is not expected here (.{ending}){looks}", ending=ending, looks=looks)
