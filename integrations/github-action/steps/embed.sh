#!/usr/bin/env bash
# Writes PACKAGE again as PROTECTED, with the Defender inside.
set -euo pipefail
environment="$RUNNER_TEMP/ringfence/environment"
embed=(embed "$PACKAGE" -o "$PROTECTED" --env-file "$environment")
embed+=(--function "$FUNCTION" --region "$REGION" --account "$ACCOUNT" --arch "$ARCH")
if [[ -n $POLICY ]]; then embed+=(--policy "$POLICY"); else embed+=(--console "$RINGFENCE_CONSOLE"); fi
ringfence "${embed[@]}"
echo "environment=$environment" >>"$GITHUB_OUTPUT"
