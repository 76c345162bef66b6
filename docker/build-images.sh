#!/usr/bin/env bash
# Builds localhost/ppe-server and localhost/ppe-cli without a daemon, the same bytes every time.
#
#   docker/build-images.sh            builds both
#   docker/build-images.sh --check    builds both twice, from nothing, and compares
#   docker/build-images.sh --train    builds, and writes image/*.classes anew: after larger changes
#
# BASE_IMAGE=NAME builds on an image of your own (glibc and /usr/bin/tini) instead of one made here of Debian
# packages. SOURCE_DATE_EPOCH is the time that every file and the images carry. Needs a JDK with jlink,
# buildah, jq, and mmdebstrap unless BASE_IMAGE is given.
set -euo pipefail
export LC_ALL=C TZ=UTC
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
stage=$here/target/images
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1767225600} # project.build.outputTimestamp
base_packages=libc6,zlib1g,libstdc++6,tini
suite=bookworm

# What the jars use, less what only their unused parts want: java.desktop and java.sql (Micrometer's and
# protobuf's helpers for JDBC and Swing).
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.xml
modules+=,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported

say() { printf '%s\n' "build-images: $*" >&2; }

require() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { say "needs $tool (Debian's package of that name)"; exit 2; }
  done
}

distribution() {
  say 'the distribution'
  (cd "$root" && ./ppe --version >&2)
}

# Debian's packages unpacked, without what no program reads; the licences stay. What they are, with all that
# they need, is written down for the bills of materials.
base() {
  say "a base of $base_packages"
  # shellcheck disable=SC2016 # for the shell that mmdebstrap starts, with the base's folder as its argument
  base_list=$stage/base.packages mmdebstrap --quiet --variant=extract --include="$base_packages" \
    --extract-hook='for deb in "$1"/var/cache/apt/archives/*.deb; do
      dpkg-deb --show --showformat="\${Package} \${Version} \${Architecture}\n" "$deb"
    done >"$base_list"' "$suite" - |
    mmtarfilter --path-exclude='/usr/share/*' --path-include='/usr/share/doc' \
      --path-include='/usr/share/doc/*' --path-exclude='/usr/share/doc/*/*' \
      --path-include='/usr/share/doc/*/copyright' --path-exclude='*/gconv/*' \
      --path-exclude='/usr/bin/tini-static' --path-exclude='/var/*' --path-exclude='/dev/*' \
      --path-exclude='/etc/*' --path-include='/etc/ld.so*' >"$stage/base.tar"
  bud -f "$here/image/base.Dockerfile" -t localhost/ppe-base
}

# The Java runtime with no more than the modules above.
runtime() {
  say 'a Java runtime'
  "$java_home/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --vm server --output "$stage/runtime"
}

# The jars of the distribution that a module needs at run time, and those whose names begin as given: the
# server's image has the command line's jar too, for health, but not all that clients use.
jars() {
  local module=$1 jar name
  shift
  for jar in "$here"/target/ppe/lib/*.jar; do
    jar=${jar##*/}
    if [ "$jar" = ppe.jar ] || [ "$jar" = "$module-$version.jar" ] ||
      grep -q "/$jar\(:\|\$\)" "$root/$module/target/runtime.classpath"; then
      echo "$jar"
      continue
    fi
    for name in "$@"; do
      case $jar in "$name"*) echo "$jar" ;; esac
    done
  done
}

# What is in one image, of what the distribution has, and of the base where it is ours.
sbom() {
  jq --arg image "ppe-$1" --arg jars "$(cd "$stage/$1/lib" && ls -- *.jar)" --arg java "$(cat "$stage/runtime/release")" \
    --arg packages "$([ -n "${BASE_IMAGE:-}" ] || cat "$stage/base.packages")" \
    -f "$here/image/sbom.jq" "$here/target/ppe/sbom.json"
}

# The folder of one image: NAME OPTIONS-FILE... and on standard input the names of its jars.
application() {
  local name=$1
  shift
  mkdir -p "$stage/$name/lib"
  local jar
  while read -r jar; do
    cp "$here/target/ppe/lib/$jar" "$stage/$name/lib/"
  done
  cp "$root/LICENSE" "$stage/$name/"
  sbom "$name" >"$stage/$name/sbom.json"
  local file
  for file in "$@"; do
    cp "$here/image/$file" "$stage/$name/lib/"
  done
  pin "$stage/$name"
}

# One time for all files: the images' layers carry it, and archives of classes hold the jars' times.
pin() { find "$@" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

java_options=(-Xlog:disable -XX:+DisplayVMOutputToStderr -XX:-UsePerfData
  --sun-misc-unsafe-memory-access=allow)

# Class-data sharing: the classes of image/NAME.classes as the JVM has them in memory. The lists are kept, as no
# two runs load quite the same; names that there are no more do no harm.
archive() {
  local name=$1
  "$stage/runtime/bin/java" -Xshare:dump -XX:+UseSerialGC "${java_options[@]}" \
    -XX:SharedClassListFile="$here/image/$name.classes" \
    -XX:SharedArchiveFile="$stage/$name/lib/ppe.jsa" -jar "$stage/$name/lib/ppe.jar" >&2
  pin "$stage/$name"
}

# What a run loaded, without its order and its numbers, and without this project's lambdas: their names are numbers
# that move with every edit.
classes() {
  grep -vE '^#|^@cp|source:|^@lambda-proxy dev/ppe/.* lambda[$]' "$1" | sed 's/ id: [0-9]*$//' | sort -u
}

# The interpreter alone: what is compiled when would decide which classes are loaded.
train() { # NAME ARGUMENT...
  local name=$1
  shift
  exec "$stage/runtime/bin/java" -Xint -XX:DumpLoadedClassList="$stage/$name.list" -XX:+UseSerialGC \
    "${java_options[@]}" -jar "$stage/$name/lib/ppe.jar" "$@"
}

# The warm-up makes calls of every kind; nothing is compiled here, so it ends with its first rounds.
train_server() {
  local log=$stage/server.log process
  (train server serve --port 0 --admin-port 0 --warm-up-seconds 600 --workers 1 2>"$log") &
  process=$!
  until grep -q 'admin page' "$log" 2>/dev/null; do
    kill -0 "$process" 2>/dev/null || { cat "$log" >&2; return 1; }
    sleep 0.1
  done
  kill "$process"
  wait "$process"
  classes "$stage/server.list" >"$here/image/server.classes"
}

train_cli() {
  (train cli estimate mobilenet_edgetpu_v2_s >/dev/null)
  classes "$stage/cli.list" >"$here/image/cli.classes"
}

# Docker's own format would keep the names of the containers that it was built in.
bud() {
  buildah bud --quiet --isolation chroot --pull-never --layers=false --no-cache --format oci \
    --timestamp "$SOURCE_DATE_EPOCH" "$@" "$stage" >/dev/null
}

image() {
  local name=$1
  say "localhost/ppe-$name"
  bud -f "$here/image/Dockerfile" --target "$name" --build-arg BASE_IMAGE="${BASE_IMAGE:-localhost/ppe-base}" \
    --label org.opencontainers.image.title="ppe-$name" \
    --label org.opencontainers.image.version="$version" \
    --label org.opencontainers.image.licenses=Apache-2.0 -t "localhost/ppe-$name"
}

build() {
  rm -rf "$stage"
  mkdir -p "$stage"
  [ -n "${BASE_IMAGE:-}" ] || base
  runtime
  pin "$stage/runtime"
  jars ppe-server ppe-client-"$version" protobuf-java-util- gson- | application server serve.args cli.args
  archive server
  jars ppe-client | application cli cli.args
  archive cli
  image server
  image cli
}

ids() { buildah images --no-trunc --format '{{.Name}} {{.ID}}' | grep -E '^localhost/ppe-(server|cli) ' | sort; }

require buildah jq
[ -n "${BASE_IMAGE:-}" ] || require mmdebstrap
. "$root/.mvn/find-java.sh"
find_java javac
distribution
version=$("$here/target/ppe/bin/ppe" --version | sed 's/^ppe \([^,]*\),.*/\1/')
build
if [ "${1:-}" = --train ]; then
  train_server
  train_cli
  build
fi
if [ "${1:-}" = --check ]; then
  first=$(ids)
  build
  if [ "$first" != "$(ids)" ]; then
    printf '%s\n' "$first" "$(ids)" >&2
    say 'the two builds differ'
    exit 1
  fi
  say 'both builds gave the same bytes'
fi
buildah images --format '{{.Name}} {{.Size}} {{.ID}}' | grep '^localhost/ppe-'
