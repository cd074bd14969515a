#!/bin/sh
# Makes the virtual environment $VENV when it is missing and installs the pinned list named as the first argument.
set -eu
VENV="${VENV:-.venv}"
LIST="$1"

fits() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! { [ -x "$VENV/bin/python" ] && fits "$VENV/bin/python"; }; then
    found=""
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then found="$candidate"; break; fi
    done
    if [ -z "$found" ]; then
        echo "Cần Python 3.11 trở lên nhưng không tìm thấy. Cài Python rồi chạy lại (hoặc PYTHON=/đường/dẫn make ...)." >&2
        exit 1
    fi
    echo "Tạo môi trường $VENV bằng $("$found" --version) ..."
    if ! "$found" -m venv --clear "$VENV" >/dev/null 2>&1; then
        # Debian and Ubuntu ship Python without the part that makes environments.
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        fi
        if ! "$found" -m venv --clear "$VENV"; then
            echo "Không tạo được môi trường Python. Trên Debian, Ubuntu: apt-get install python3-venv" >&2
            exit 1
        fi
    fi
fi

echo "Cài các gói trong $LIST ..."
if ! "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -r "$LIST"; then
    echo "Chưa cài được các gói trong $LIST. Kiểm tra kết nối mạng hoặc kho gói nội bộ rồi chạy lại." >&2
    exit 1
fi
