"""Writing files in one step: whoever looks sees the old content or the new, never half of it."""

import os
from errno import EACCES
from pathlib import Path
from stat import S_IMODE


def put(path: Path, content: bytes) -> None:
    """Puts content into a file, made if need be; a link still leads to it, and its permissions stay.

    What is no regular file, such as a pipe, is written to as it is. What a killed run leaves beside a file is hidden.

    Raises:
        OSError: the file cannot be written; it is what it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    import tempfile  # noqa: PLC0415 - few runs write files

    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as scratch:
        whole = Path(scratch) / target.name
        whole.write_bytes(content)
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
            whole.chmod(S_IMODE(target.stat().st_mode))
        whole.replace(target)
