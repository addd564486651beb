#!/usr/bin/env bash
# Makes Gemfile.lock anew with bundler (2.3.15) from the gems that Debian's ruby-aws-sdk-s3 and ruby-pg install.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Gemfile" <<END
source "https://gems.invalid"
gem "aws-sdk-s3"
gem "pg"
group(:development) { gem "rake" }
END
(cd "$work" && bundle lock --local)
cp "$work/Gemfile.lock" .
