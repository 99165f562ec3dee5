#!/bin/sh
# The suite in shards, at the same time on this machine, and one report of them all.
#
#   shards-parallel.sh [SHARDS [FILE|FOLDER]...]     default: 4 shards of the whole suite
#
# results/ has what each shard found; report.json, junit.xml and report.html are of all together.
# Ends as one run of everything would: 0 passed, 1 failed, 2 not all could be judged.
set -eu

shards=${1:-4}
[ "$#" -eq 0 ] || shift
mkdir -p results
rm -f results/*.json

# What a shard finds is in its results; here only one that could not run at all is an error.
# shellcheck disable=SC2016 # The inner shell expands them.
seq -f "%g/$shards" "$shards" | parallel --will-cite --quote --halt soon,fail=1 \
    sh -c 'shard=$1; shift
        cogdrill run --quiet --shard "$shard" --json "results/${shard%/*}.json" "$@" \
            >"results/${shard%/*}.tap" || [ $? -le 2 ]' shard {} "$@"

cogdrill merge --json report.json --junit junit.xml --html report.html results/*.json
