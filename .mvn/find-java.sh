# Sourced by build, by ppe and by the distribution's bin/ppe (which has its own copy).
#
#   find_java javac    finds a JDK 21 or newer; `find_java java` also takes a plain runtime.
#                      Sets java_home and java_major; where there is none, says so and returns 1.
#
# Looks at JAVA_HOME, then at the java on the PATH, then in the usual install folders. It reads the
# `release` file of each one: starting a JVM to ask for its version would cost more than the search.

java_minimum=21

find_java() {
  java_program=$1
  newest_java "${JAVA_HOME:-}" && return
  java_on_path=$(command -v java) && java_on_path=$(readlink -f "$java_on_path") &&
    newest_java "${java_on_path%/bin/java}" && return
  newest_java /usr/lib/jvm/* && return
  newest_java /opt/*jdk* /opt/java* && return
  newest_java /usr/java/* && return
  newest_java "${HOME:-}"/.sdkman/candidates/java/* && return
  newest_java "${HOME:-}"/.jdks/* && return
  newest_java /Library/Java/JavaVirtualMachines/*/Contents/Home && return
  newest_java /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return
  newest_java /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return
  echo "${0##*/}: no Java $java_minimum or newer was found: install a JDK (such as the package" \
    "openjdk-$java_minimum-jdk-headless, or Eclipse Temurin), or point JAVA_HOME to one" >&2
  return 1
}

# Of the folders given, sets java_home to the newest one that has $java_program in a usable version.
newest_java() {
  java_home='' java_major=$java_minimum
  for java_folder in "$@"; do
    [ -x "$java_folder/bin/$java_program" ] && [ -r "$java_folder/release" ] || continue
    while IFS='"' read -r java_key java_version java_rest; do
      [ "$java_key" = JAVA_VERSION= ] || continue
      java_version=${java_version%%[!0-9]*} # 25 of "25.0.3", 26 of "26-ea", 1 of "1.8.0_392"
      if [ "${java_version:-0}" -ge "$java_major" ]; then
        java_home=$java_folder java_major=$java_version
      fi
    done <"$java_folder/release"
  done
  [ -n "$java_home" ]
}
