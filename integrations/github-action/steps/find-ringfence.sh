#!/usr/bin/env bash
# Uses the ringfence of the runner's image, else builds the one of this repository at the version that the workflow names.
set -euo pipefail
if command -v ringfence >/dev/null; then exit 0; fi
cd "$GITHUB_ACTION_PATH/../.."
npm ci --no-audit --no-fund
npm run build
echo "$PWD/node_modules/.bin" >>"$GITHUB_PATH"
