# Sourced by .ci/failures and .ci/measure, at the root of the checkout.
#
#   suite CLASS ARGUMENT...    runs a program of docker/src/test on the distribution's jars, both
#                              built first where they are missing or older than their sources

. .mvn/find-java.sh
find_java javac

suite() {
  ./ppe --version >&2
  suite_classes=docker/target/test-classes
  suite_built=$suite_classes/dev/ppe/distribution/failures/FailureSuite.class
  if [ ! -f "$suite_built" ] || [ -n "$(find docker/src/test -newer "$suite_built" -name '*.java')" ]; then
    rm -f "$suite_built"
    ./build -q -pl docker -am test-compile -Denforcer.skip >&2
  fi
  set -- -cp "$suite_classes:docker/target/ppe/lib/*" "$@"
  if [ "$java_major" -ge 23 ]; then # where the JVM would warn that netty uses sun.misc.Unsafe
    set -- --sun-misc-unsafe-memory-access=allow "$@"
  fi
  "$java_home/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED \
    -Dlogback.configurationFile=logback-test.xml "$@"
}
