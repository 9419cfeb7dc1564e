# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers. aque_find_jdk sets AQUE_JDK to the home of a JDK of at least this version and
# AQUE_JDK_VERSION to its full version, or fails.
# It starts no process where a variable or a usual folder already answers: every command pays for it.
AQUE_JDK_LEAST=25

aque_is_jdk() {
    local version
    [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
    version=$(<"$1/release")
    [[ $version =~ JAVA_VERSION=\"([0-9]+) ]] && ((BASH_REMATCH[1] >= AQUE_JDK_LEAST)) || return 1
    [[ $version =~ JAVA_RUNTIME_VERSION=\"([^\"]+) ]]
    AQUE_JDK_VERSION=${BASH_REMATCH[1]:-unknown}
}

aque_find_jdk() {
    local home
    for home in "${AQUE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [[ -n $home ]] && aque_is_jdk "$home"; then
            AQUE_JDK=$home
            return 0
        fi
    done
    for home in "$(aque_java_on_path)" "$(/usr/libexec/java_home -v "$AQUE_JDK_LEAST+" 2>/dev/null)"; do
        if [[ -n $home ]] && aque_is_jdk "$home"; then
            AQUE_JDK=$home
            return 0
        fi
    done
    echo "aque: no JDK $AQUE_JDK_LEAST or newer was found; install one, or name its folder in AQUE_JAVA_HOME" >&2
    return 1
}

aque_java_on_path() {
    local java
    java=$(command -v java) && java=$(readlink -f "$java") && echo "${java%/bin/java}"
}
