#!/usr/bin/env bash
# Makes the lockfiles here anew with pip, poetry (1.3.2) and pipenv (2022.12.19) from an index on the loopback interface. Flask is asked for, and requests for
# development. uv.lock, pdm.lock and pylock.toml are written by hand after the tools' documented forms, with the same packages: the tools were not at hand.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
python3 make-wheels.py "$work/index" Flask requests colorama
python3 -m http.server --bind 127.0.0.1 --directory "$work/index" 8765 2>/dev/null &
trap 'kill %1; rm -rf "$work"' EXIT
sleep 1
index=http://127.0.0.1:8765/simple/

python3 -m pip install --quiet --target "$work/installed" --index-url "$index" Flask
mkdir -p requirements poetry pipenv
python3 -m pip freeze --path "$work/installed" > requirements/requirements.txt

mkdir "$work/poetry" "$work/pipenv"
cat > "$work/poetry/pyproject.toml" <<END
[tool.poetry]
name = "shop"
version = "1.0.0"
description = ""
authors = []
[tool.poetry.dependencies]
python = "^3.11"
Flask = "*"
[tool.poetry.group.dev.dependencies]
requests = "*"
[[tool.poetry.source]]
name = "here"
url = "$index"
default = true
END
(cd "$work/poetry" && POETRY_CACHE_DIR="$work/cache" poetry lock --no-interaction)
cp "$work/poetry/poetry.lock" poetry/

cat > "$work/pipenv/Pipfile" <<END
[[source]]
url = "$index"
verify_ssl = false
name = "here"
[packages]
Flask = "*"
[dev-packages]
requests = "*"
END
(cd "$work/pipenv" && PIPENV_VENV_IN_PROJECT=1 pipenv --python /usr/bin/python3 lock)
cp "$work/pipenv/Pipfile.lock" pipenv/
