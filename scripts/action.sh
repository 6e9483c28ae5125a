#!/usr/bin/env bash
# What action.yml runs. Inputs are INPUT_* variables; nothing of them is run.
set -uo pipefail

paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${INPUT_PATHS:-.}"

options=(--fail-on "${INPUT_FAIL_ON:-warning}")
if [ -n "${INPUT_CONFIG:-}" ]; then options+=(--config "$INPUT_CONFIG"); fi

# STAGEWRIGHT_COMMAND is for tests: a command that is installed already.
if [ -n "${STAGEWRIGHT_COMMAND:-}" ]; then
  stagewright=(node "$STAGEWRIGHT_COMMAND")
else
  stagewright=(npx --yes --package "stagewright@${INPUT_VERSION:-latest}" -- stagewright)
fi

if [ -n "${INPUT_SARIF_FILE:-}" ]; then
  "${stagewright[@]}" "${options[@]}" --format sarif --sarif-limit github --output "$INPUT_SARIF_FILE" -- "${paths[@]}"
  sarif=$?
  if [ "$sarif" -eq 2 ]; then
    echo "exit-code=2" >>"$GITHUB_OUTPUT"
    exit 2
  fi
fi

format=text
if [ "${INPUT_ANNOTATIONS:-true}" = true ]; then format=github; fi
"${stagewright[@]}" "${options[@]}" --format "$format" -- "${paths[@]}"
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
