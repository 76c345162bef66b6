#!/usr/bin/env bash
# The foreign clients against a real server: Python (a package installed into a fresh environment),
# Node, and buf curl. Needs python3 with grpcio, protobuf, setuptools and venv, protoc with
# grpc_python_plugin, and node with npm.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
ppe=$here/../ppe
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || :
  rm -rf "$work"
}
trap finish EXIT
python=/usr/bin/python3 # Debian's packages belong to Debian's Python
[ -x "$python" ] || python=python3

section() { printf '\n--- %s\n' "$*"; }

section 'A server'
"$ppe" export mobilenet_v2 --to tflite --output "$work/model.tflite"
"$ppe" export mobilenet_v2 --to json --output "$work/model.json"
"$ppe" estimate "$work/model.tflite" --format json >"$work/expected.json"
"$ppe" serve --port 0 2>"$work/server.log" &
server=$!
for _ in $(seq 300); do
  grep -q 'listening on' "$work/server.log" && break
  kill -0 "$server" || { cat "$work/server.log"; exit 1; }
  sleep 0.1
done
port=$(sed -n 's/.*listening on [^ ]*:\([0-9]*\),.*/\1/p' "$work/server.log")
export PPE_TARGET=localhost:$port PPE_MODEL=$work/model.tflite PPE_GRAPH=$work/model.json
export PPE_EXPECTED=$work/expected.json
echo "$PPE_TARGET"

section 'Python'
"$python" -m venv --system-site-packages "$work/venv"
mkdir "$work/proto" "$work/clients"
cp -r "$here/../proto/ppe" "$work/proto/ppe"

cp -r "$here/python" "$work/clients/python" # building leaves files beside the sources
"$work/venv/bin/pip" install -q --no-index --no-build-isolation --no-deps "$work/clients/python"
(cd "$here/python/tests" && PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/python" -m unittest)

section 'Node'
mkdir -p "$work/clients/node"
cp "$here"/node/*.mjs "$here/node/package.json" "$work/clients/node"
(cd "$work/clients/node" && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts)
(cd "$work/clients/node" && node --test lost.test.mjs ppe.test.mjs && node estimate.mjs "$PPE_TARGET" tensor-g1 "$PPE_MODEL")

section 'buf curl'
buf() { npx --yes @bufbuild/buf@1.75.0 "$@"; }
url=http://$PPE_TARGET/ppe.v1.PowerPerformanceEvaluationService
printf '{"modelName":"%s","graph":%s}' mobilenet_v2 "$(cat "$PPE_GRAPH")" >"$work/request.json"
(cd "$work" && buf curl --schema proto --protocol grpc --http2-prior-knowledge \
  --data @request.json "$url/Estimate" >"$work/answer.json")
(cd "$work" && buf curl --protocol grpc --http2-prior-knowledge \
  --data '{"name":"tensor-g1"}' "$url/GetAccelerator" >"$work/accelerator.json") # by reflection
node -e '
  const read = (file) => JSON.parse(require("fs").readFileSync(file, "utf8"));
  const [answer, expected, accelerator] = process.argv.slice(1).map(read);
  for (const field of ["graphHash", "cycles", "latencyUs", "energyUj"]) {
    if (answer[field] !== expected[field]) throw new Error(`${field}: ${answer[field]}, not ${expected[field]}`);
  }
  if (accelerator.accelerator.name !== "tensor-g1") throw new Error("not the accelerator that was asked for");
  console.log(`${answer.modelName}: ${answer.latencyUs} us`);
' "$work/answer.json" "$PPE_EXPECTED" "$work/accelerator.json"

section 'The server ends in order'
kill "$server"
wait "$server"
server=
echo 'all calls were answered'
