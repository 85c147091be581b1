"""Encrypted workbooks, opened with the password that the user gave (extra: msoffcrypto-tool)."""

from __future__ import annotations

import io

from milestone_report.reading.refusal import RefusedError

HOW_TO_CLEAR = (
    "In Excel: File, Info, Protect Workbook, Encrypt with Password, clear the password, and save. "
    "Or give the password with --password-file."
)
_CHECK_IT = (
    "Check the password in the file of --password-file, or in MILESTONE_REPORT_PASSWORD. One run has one password: "
    "report on workbooks with another one in a run of their own."
)
_INSTALL = (
    "Install the part that opens encrypted workbooks: pipx inject milestone-report msoffcrypto-tool "
    "(or: pip install msoffcrypto-tool), and run again."
)


def decrypted(data: bytes, password: str) -> bytes:
    """The bytes of the workbook inside an encrypted one. Raises RefusedError (W002)."""
    if not password:
        raise RefusedError(", and no password was given", "W002", HOW_TO_CLEAR)
    try:
        import msoffcrypto  # noqa: PLC0415 - an extra that most people do not need
    except ImportError as error:
        raise RefusedError(", and a part of the program that opens it is not installed", "W002", _INSTALL) from error
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except MemoryError:
        raise
    except Exception as error:  # the extra raises its own errors, and others for damaged files
        raise RefusedError(", and the password that was given does not open it", "W002", _CHECK_IT) from error
    return opened.getvalue()
