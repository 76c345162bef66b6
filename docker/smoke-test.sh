#!/usr/bin/env bash
# Runs the images of build-images.sh under podman and tries what docs/deployment.md promises of them. Ends with
# 77 where this machine lets podman run no container. READY_LIMIT_MS=3000 also holds the start to a time.
set -euo pipefail
models=(mobilenet_v1 mobilenet_v2 mobilenet_edgetpu_v2_s efficientnet_edgetpu_s resnet18)
server=localhost/ppe-server cli=localhost/ppe-cli
java=(/opt/ppe/runtime/bin/java @/opt/ppe/lib/cli.args)
work=$(mktemp -d)
container= second=
trap '[ -z "$container$second" ] || podman rm -f $container $second >/dev/null 2>&1; rm -rf "$work"' EXIT

passed() { printf 'ok    %s\n' "$*"; }
failed() {
  printf 'FAIL  %s\n' "$*" >&2
  [ -z "$container" ] || podman logs "$container" >&2 || :
  exit 1
}
check() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@" >"$work/check.log" 2>&1; then passed "$what"; else
    cat "$work/check.log" >&2
    failed "$what"
  fi
}
now_ms() { echo $(($(date +%s%N) / 1000000)); }

# runc takes limits of this machine's; what is asked for may be more.
run() {
  podman --runtime runc run --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 --read-only --tmpfs /tmp \
    --cap-drop all --security-opt no-new-privileges "$@"
}

client() { run --rm --network host "$cli" "$@"; }

if ! run --rm "$cli" --version >"$work/version" 2>"$work/error"; then
  cat "$work/error" >&2
  echo 'smoke-test: podman runs no container here: skipped' >&2
  exit 77
fi
passed "the command line: $(cat "$work/version")"

check 'the archives of classes fit' run --rm --entrypoint /opt/ppe/runtime/bin/java "$cli" \
  -Xshare:on @/opt/ppe/lib/cli.args --version
check 'those of the server too' run --rm --entrypoint /opt/ppe/runtime/bin/java "$server" \
  -Xshare:on @/opt/ppe/lib/serve.args --version

set +e
run --rm "$server" >"$work/refused" 2>&1
code=$?
set -e
[ "$code" = 2 ] && grep -q plaintext "$work/refused" || failed "without certificate: exit code $code, $(cat "$work/refused")"
passed 'without a certificate it does not listen to others'

begin=$(now_ms)
container=$(run -d --name ppe-smoke-$$ --memory 512m -p 127.0.0.1::50051 -p 127.0.0.1::50052 -e PPE_SERVER_PLAINTEXT=true \
  -e PPE_SERVER_ADMIN_ENABLED=true -e PPE_SERVER_ADMIN_HOST=0.0.0.0 -e PPE_SERVER_CACHE_BYTES=0 \
  -e PPE_SERVER_DRAIN_SECONDS=3 -e PPE_SERVER_WARM_UP_SECONDS=1 "$server" 2>"$work/run") || failed "$(cat "$work/run")"
until podman logs "$container" 2>&1 | grep -q 'listening on'; do
  [ "$(podman inspect --format '{{.State.Running}}' "$container")" = true ] || failed 'it ended'
  [ $(($(now_ms) - begin)) -lt 120000 ] || failed 'not ready within two minutes'
  sleep 0.05
done
ready=$(($(now_ms) - begin))
passed "ready $ready ms after podman run"
[ -z "${READY_LIMIT_MS:-}" ] || [ "$ready" -le "$READY_LIMIT_MS" ] || failed "more than $READY_LIMIT_MS ms"

target=127.0.0.1:$(podman port "$container" 50051 | sed 's/.*://')
admin=127.0.0.1:$(podman port "$container" 50052 | sed 's/.*://')
process=$(podman inspect --format '{{.State.Pid}}' "$container")

user=$(awk '$1 == "Uid:" {print $2}' "/proc/$process/status")
[ "$user" = 65532 ] || failed "it runs as user $user"
passed "runs as user $user"
if touch "/proc/$process/root/opt/ppe/lib/written" 2>/dev/null; then failed 'its files can be written'; fi
passed 'its files cannot be written'
[ ! -e "/proc/$process/root/bin/sh" ] || failed 'there is a shell in it'
passed 'there is no shell in it'

find "/proc/$process/root/opt/ppe/lib" -name '*.jar' ! -name ppe.jar -printf '%f\n' | sort >"$work/jars"
jq -r '.components[] | select(.purl | startswith("pkg:maven/") and (startswith("pkg:maven/org.mvnpm/") | not))
  | "\(.name)-\(.version).jar"' "/proc/$process/root/opt/ppe/sbom.json" | sort >"$work/listed"
check 'its bill of materials lists its jars, and no others' diff "$work/jars" "$work/listed"
jq -r '.components[] | select(.purl | startswith("pkg:deb/")) | .name' \
  "/proc/$process/root/opt/ppe/sbom.json" | sort >"$work/listed"
if [ -s "$work/listed" ]; then # else the base is somebody else's
  ls "/proc/$process/root/usr/share/doc" | sort >"$work/packages"
  check 'and the packages of its base' diff "$work/packages" "$work/listed"
fi

check 'health, asked by its own program' podman exec "$container" "${java[@]}" health
check 'health, asked by the other image' client health --target "$target"

client estimate "${models[@]}" --format json >"$work/local"
client estimate "${models[@]}" --format json --target "$target" >"$work/remote"
check 'answers are those of the command line itself' cmp "$work/local" "$work/remote"

curl -sf "http://$admin/metrics" >"$work/metrics"
heap=$(awk '/^jvm_memory_max_bytes\{area="heap"/ && $NF > 0 {sum += $NF} END {printf "%d", sum / 1048576}' "$work/metrics")
[ "$heap" -gt 0 ] && [ "$heap" -le 256 ] || failed "the heap may take $heap MiB of 512"
resident=$(awk '/^process_resident_memory_bytes/ {printf "%d", $NF / 1048576}' "$work/metrics")
passed "heap at most $heap MiB of 512, resident $resident MiB"

# The end, while a client works through a long list with a second replica: nothing is lost.
second=$(run -d --name ppe-smoke-second-$$ --memory 512m -p 127.0.0.1::50051 -e PPE_SERVER_PLAINTEXT=true \
  -e PPE_SERVER_CACHE_BYTES=0 "$server" 2>"$work/run") || failed "$(cat "$work/run")"
both=$target,127.0.0.1:$(podman port "$second" 50051 | sed 's/.*://')
until client health --target "$both" >"$work/health"; do sleep 0.1; done
passed "a second replica: $(paste -sd' ' "$work/health")"
for _ in $(seq 80); do printf '%s\n' "${models[@]}"; done >"$work/list"
chmod -R a+rX "$work"
run --rm --network host -v "$work/list:/models/list:ro" "$cli" estimate @/models/list --format json --layers 0 \
  --target "$both" >"$work/answers" 2>"$work/errors" &
working=$!
until [ -s "$work/answers" ]; do
  kill -0 "$working" 2>/dev/null || failed "the client ended: $(cat "$work/errors")"
  sleep 0.02
done
podman kill --signal TERM "$container" >/dev/null
before=$(wc -l <"$work/answers")
wait "$working" || failed "a client lost requests: $(head -3 "$work/errors")"
all=$(wc -l <"$work/answers")
[ "$all" = "$(wc -l <"$work/list")" ] || failed "$all answers"
code=$(podman wait "$container")
[ "$code" = 0 ] || failed "exit code $code"
passed "SIGTERM after $before of $all answers: all came, exit code 0"
echo 'smoke-test: all passed'
