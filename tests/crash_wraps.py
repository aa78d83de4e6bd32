"""Does something before or after each call of a function, by putting another in its place. For processes that are to die."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Wrapped = Callable[..., Any]
Only = Callable[..., bool]


def always(*_words: Any, **_named: Any) -> bool:
    """Whatever a function is called with."""
    return True


def nothing() -> None:
    """For a step that has no other side."""


def wrap_before(owner: Any, name: str, act: Callable[[], None]) -> None:
    """Do something before each call of a function."""
    plain: Wrapped = getattr(owner, name)

    def wrapper(*words: Any, **named: Any) -> Any:
        act()
        return plain(*words, **named)

    setattr(owner, name, wrapper)


def wrap_after(owner: Any, name: str, act: Callable[[], None], *, only: Only = always) -> None:
    """Do something after each call of a function, or after those with such arguments."""
    plain: Wrapped = getattr(owner, name)

    def wrapper(*words: Any, **named: Any) -> Any:
        done = plain(*words, **named)
        if only(*words, **named):
            act()
        return done

    setattr(owner, name, wrapper)


def wrap_after_awaited(owner: Any, name: str, act: Callable[[], None], *, only: Only = always) -> None:
    """The same for a coroutine."""
    plain: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def wrapper(*words: Any, **named: Any) -> Any:
        done = await plain(*words, **named)
        if only(*words, **named):
            act()
        return done

    setattr(owner, name, wrapper)
