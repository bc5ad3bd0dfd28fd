"""Text of articles made safe to print: nothing in it can steer a terminal, a browser or the eye.

Control characters would move the cursor or start an escape sequence; bidirectional controls would show
words in another order than they stand in the text (Boucher and Anderson 2021, "Trojan Source"). Both are
shown as what they are.
"""

from __future__ import annotations

import re

__all__ = ["for_encoding", "visible"]

_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, save tab and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029\u200b\u2060-\u2064\u206a-\u206f\ufeff"  # separators and letters without a shape
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"  # annotation marks, noncharacters, surrogates
    "\U000e0000-\U000e007f]"  # tags
)
_BLANKS = re.compile(r"[ \t\r\n]*[\r\n\t][ \t\r\n]*")


def visible(text: str, one_line: bool = True) -> str:
    """The text with every character shown that would act instead of being seen.

    Args:
        text: any text, lone surrogates included.
        one_line: whether line ends and tabs become one space, as a table's cell wants.

    Returns:
        text without control characters other than, if `one_line` is false, line ends and tabs.
    """
    if one_line:
        text = _BLANKS.sub(" ", text)
    return _UNSAFE.sub(_shown, text)


def for_encoding(text: str, encoding: str) -> str:
    """The text with what a terminal's encoding lacks replaced by its Python escape."""
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text.encode("ascii", "backslashreplace").decode("ascii")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"⟨U+{code:04X}⟩"
