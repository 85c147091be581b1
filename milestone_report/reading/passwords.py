"""Encrypted workbooks, opened with the password that the user gave (extra: msoffcrypto-tool)."""

from __future__ import annotations

import io
import zipfile

from milestone_report.facts import phrase
from milestone_report.reading.limits import UNREADABLE
from milestone_report.reading.refusal import RefusedError

_CLEAR_IT = phrase(
    "In Excel: File, Info, Protect Workbook, Encrypt with Password, clear the password, and save. "
    "Or give the password with --password-file."
)
_CHECK_IT = phrase(
    "Check the password in the file of --password-file, or in MILESTONE_REPORT_PASSWORD. One run has one password: "
    "report on workbooks with another one in a run of their own."
)
_INSTALL = phrase(
    "Install the part that opens encrypted workbooks: pipx inject milestone-report msoffcrypto-tool "
    "(or: pip install msoffcrypto-tool), and run again."
)


def is_encrypted_ods(data: bytes) -> bool:
    """Whether a zip is an OpenDocument file with encrypted parts, which the reader takes for damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (KeyError, *UNREADABLE):
        return False


def decrypted(data: bytes, password: str) -> bytes:
    """The bytes of the workbook inside an encrypted one. Raises RefusedError (W002)."""
    if not password:
        raise RefusedError(phrase(", and no password was given"), "W002", _CLEAR_IT)
    try:
        import msoffcrypto  # noqa: PLC0415 - an extra that most people do not need
    except ImportError as error:
        raise RefusedError(
            phrase(", and a part of the program that opens it is not installed"), "W002", _INSTALL
        ) from error
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except MemoryError:
        raise
    except msoffcrypto.exceptions.FileFormatError as error:  # such as ods
        raise RefusedError(phrase(", in a way that cannot be opened here"), "W002", _CLEAR_IT) from error
    except Exception as error:  # the extra raises its own errors, and others for damaged files
        raise RefusedError(phrase(", and the password that was given does not open it"), "W002", _CHECK_IT) from error
    return opened.getvalue()
