"""What all commands share: argparse in Vietnamese."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

# What argparse says in English, and what is said instead; the groups are the values it names.
_ERRORS = (
    (r"the following arguments are required: (.*)", "thiếu: {0}"),
    (r"unrecognized arguments: (.*)", "không có tham số: {0}"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", "{0}: không nhận {1}, chỉ nhận {2}"),
    (r"argument (.*): expected .*argument.*", "{0}: thiếu giá trị"),
    (r"argument ([^:]*): invalid \w+ value: (.*)", "{0}: không hiểu {1}"),
)
# A message of our own (argparse.ArgumentTypeError) is Vietnamese already.
_OWN = re.compile(r"argument ([^:]*): (.*[^\x00-\x7f].*)", re.DOTALL)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse in Vietnamese: help, titles and errors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and how the command is used; exit code 2."""
        found = next(((m, words) for pattern, words in _ERRORS if (m := re.fullmatch(pattern, message))), None)
        said = "tham số không đúng"
        if found:
            said = found[1].format(*found[0].groups())
        elif own := _OWN.fullmatch(message):
            said = f"{own[1]}: {own[2]}"
        self.exit(2, f"{self.format_usage()}lỗi: {said}\n")
