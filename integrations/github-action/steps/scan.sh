#!/usr/bin/env bash
# Scans PACKAGE; ends with the exit code of ringfence, so that findings fail the job after the reports are written.
set -euo pipefail
reports="$RUNNER_TEMP/ringfence"
mkdir -p "$reports"

update=(db update)
while IFS= read -r source; do
  if [[ -n $source ]]; then update+=(--from "$source"); fi
done <<<"$ADVISORIES"
ringfence "${update[@]}"

scan=(scan "$PACKAGE" --fail-on "$FAIL_ON")
scan+=(-o "$reports/report.json" -o "$reports/scan.sarif" -o "$reports/summary.md")
if [[ -n $IGNORE_FILE ]]; then scan+=(--ignore-file "$IGNORE_FILE"); fi
if [[ -n $RINGFENCE_CONSOLE ]]; then
  scan+=(--publish --function "$FUNCTION" --region "$REGION" --account "$ACCOUNT")
fi
code=0
ringfence "${scan[@]}" || code=$?

if [[ -f $reports/summary.md ]]; then cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
{
  echo "report=$reports/report.json"
  echo "sarif=$reports/scan.sarif"
} >>"$GITHUB_OUTPUT"
exit "$code"
