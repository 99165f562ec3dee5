#!/bin/sh
# A client's tests against the fake, with nothing but a shell and curl.
#
#   sh retry_test.sh            COGMOCK=PROGRAM names the fake; otherwise it is found in PATH
# shellcheck disable=SC2317 # The tests are called by their names.
set -eu

# --- the client that is tested: fetches a token, and tries once more on a 503
fetch_token() {
    for _ in 1 2; do
        status=$(curl -s -o "$folder/answer" -w '%{http_code}' -u dev-client:dev-secret \
            -d grant_type=client_credentials "$1/oauth/token")
        [ "$status" = 503 ] || break
    done
    [ "$status" = 200 ]
}

# --- the fake: one for all tests
folder=$(mktemp -d)
pid=
stop_fake() {
    [ -z "$pid" ] || kill "$pid"
    wait
    rm -rf "$folder"
}
trap stop_fake EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Takes a text member out of the ready line, which is flat JSON.
ready_member() {
    printf '%s\n' "$ready" | sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"
}

start_fake() {
    mkfifo "$folder/ready"
    "${COGMOCK:-cogmock}" serve --port 0 --quiet >"$folder/ready" 2>"$folder/log" &
    pid=$!
    # Waits until it is ready; an end without that line is a failure to start.
    if ! read -r ready <"$folder/ready"; then
        cat "$folder/log" >&2
        exit 1
    fi
    control=$(ready_member control_url)
    origin=$(ready_member base_url)
    origin=${origin%/api/v1}
}

# post PATH JSON: asks the control plane for something of this test's tenant; shows a refusal.
post() {
    curl -s --fail-with-body -o "$folder/answer" -H 'Content-Type: application/json' -d "$2" \
        "$control/tenants/$tenant$1" || {
        cat "$folder/answer"
        return 1
    }
}

arm() {
    post /faults "$1"
}

verify() {
    post /verify "$1"
}

# --- the tests, each with a tenant, and so a world, of its own
test_a_token_is_fetched_at_the_second_attempt() {
    arm '{"call": "token", "times": 1, "inject": {"status": 503}}' &&
        fetch_token "$origin/t/$tenant/api/v1" &&
        verify '{"call": "token", "count": 2}' &&
        verify '{"call": "token", "status": 503, "count": 1}'
}

test_it_gives_up_after_two_attempts() {
    arm '{"call": "token", "inject": {"status": 503}}' &&
        ! fetch_token "$origin/t/$tenant/api/v1" &&
        verify '{"call": "token", "count": 2}'
}

export no_proxy=127.0.0.1
start_fake
failed=0
for tenant in test_a_token_is_fetched_at_the_second_attempt test_it_gives_up_after_two_attempts; do
    if $tenant; then
        echo "ok - $tenant"
    else
        echo "not ok - $tenant"
        failed=1
    fi
done
exit "$failed"
