# For scripts to source: finds a JDK 25.

is_jdk25() { [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }

# Sets jdk to the folder of a JDK 25, JAVA_HOME first; ends the script where there is none.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*25* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
    if is_jdk25 "$candidate"; then
      jdk=$candidate
      return
    fi
  done
  echo "$0: no JDK 25 found: install one (such as temurin-25-jdk) or set JAVA_HOME" >&2
  exit 2
}
