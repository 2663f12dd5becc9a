"""Python's search for what nobody needs any more, put off while a sheet is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Search for no garbage meanwhile: a sheet is hundreds of thousands of words that all are needed to its end.

    Looking them through again and again costs up to two fifths of the time; what is left over is found afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
