#!/bin/sh
# Programs the tests need that pip cannot bring: Chromium, exiftool, PostgreSQL. The application needs none.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v exiftool >/dev/null 2>&1 || missing="$missing libimage-exiftool-perl"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
  missing="$missing postgresql"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$as_root" = no ]; then
  echo "The tests need these programs; install them and run make test again." >&2
  echo "  Debian, Ubuntu:  sudo apt-get install$missing" >&2
  echo "  Fedora:          sudo dnf install chromium perl-Image-ExifTool postgresql-server" >&2
  echo "  macOS:           brew install --cask chromium; brew install exiftool postgresql" >&2
  exit 1
fi
echo "Installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words is meant
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
