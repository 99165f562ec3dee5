#!/bin/sh
# A client of the deployment API as a first draft looks: it works while everything does.
#
#   cogdrill run --client 'sh "$COGDRILL_DIRECTORY/scenarios/clients/naive.sh"' \
#       --exit-map scenarios/clients/naive.exits.json
#
# Its mistakes are those of many such programs, kept here so that a report on them can be seen:
# nothing is tried again, no Retry-After is read, a rollback that was accepted counts as done, an
# answer that was lost counts as a refusal, a body that cannot be read counts as nothing special.
set -u

scale=${COGDRILL_TIME_SCALE:-1}
pause() { sleep "$(awk "BEGIN { print $1 / $scale }")"; }
fail() {
    echo "naive: $*" >&2
    exit 1
}
# The value of a member of a flat JSON object, as a pattern finds it.
member() { printf '%s' "$1" | sed -n "s/.*\"$2\" *: *\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p"; }
call() { # method path [body]
    curl -sS --noproxy '*' -f -X "$1" "$COGNIGY_API_BASE$2" -H "Authorization: Bearer $token" \
        -H 'Content-Type: application/json' ${3:+-d "$3"}
}
tell() { # event
    [ -n "${DEPLOYMENT_WEBHOOK_URL:-}" ] || return 0
    curl -sS --noproxy '*' -o /dev/null -X POST "$DEPLOYMENT_WEBHOOK_URL" \
        -H 'Content-Type: application/json' -d "{\"event\": \"deployment.$1\"}" || :
}

answer=$(curl -sS --noproxy '*' -u "$COGNIGY_CLIENT_ID:$COGNIGY_CLIENT_SECRET" \
    -d grant_type=client_credentials "$COGNIGY_API_BASE/oauth/token") || fail "no token"
token=$(member "$answer" access_token)
[ -n "$token" ] || fail "no token: $answer"

sessions=$(call GET "/environments/$TARGET_ENV_ID/sessions") || fail "no sessions"
active=$(member "$sessions" active_sessions)
[ "${active:-0}" = 0 ] || fail "$active active sessions"
call GET /health >/dev/null || fail "not healthy"
call POST /conversations/simulate "{\"environment_id\": \"$TARGET_ENV_ID\",
    \"intent\": \"health_check_ping\", \"entities\": [{\"name\": \"test\", \"value\": \"true\"}]}" \
    >/dev/null || fail "the conversation failed"

job=$(call POST /deployments/promote "{\"source_environment_id\": \"$SOURCE_ENV_ID\",
    \"target_environment_id\": \"$TARGET_ENV_ID\", \"resolve_dependencies\": true,
    \"sync_configuration\": true, \"platform_version_compatibility\": \"v1.18.0\",
    \"override_active_sessions\": false, \"include_webhooks\": true,
    \"include_integrations\": true}") || fail "the promotion was rejected"
id=$(member "$job" job_id)

while :; do
    pause 2
    state=$(call GET "/deployments/$id/status") || fail "no status"
    echo "$id: $(member "$state" status) $(member "$state" progress) %"
    case $(member "$state" status) in
    completed) break ;;
    failed)
        call POST "/deployments/$id/rollback" >/dev/null || fail "the rollback failed"
        tell failed
        echo "naive: the deployment failed and was rolled back" >&2
        exit 2
        ;;
    esac
done
tell success
echo "promoted"
