# What the checks have in common: sourced, not run.
export DEBIAN_FRONTEND=noninteractive

section() { printf '\n=== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo --non-interactive "$@"; fi; }

# Reads the lists of Debian's sources, once in a run.
update_sources() {
  [ -n "${sources_are_read:-}" ] || as_root apt-get update -q
  sources_are_read=1
}

# Installs the first of the given packages that Debian's sources offer.
install_one_of() {
  update_sources
  local package
  for package in "$@"; do
    # Without -q, which would leave before apt-cache has said all, and make it fail now and then.
    if apt-cache policy "$package" | grep 'Candidate: [^(]' >/dev/null; then
      as_root apt-get install -q -y --no-install-recommends "$package"
      return
    fi
  done
  echo "the package sources offer none of: $*" >&2
  return 1
}
