# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers, of a checkout and of an image alike: from a command line to the Java that runs it.

# aque_launch JAVA WORKER_JAVA ARGUMENT...: becomes the program. The caller defines aque_class_path MODULE. WORKER_JAVA
# is a link named aque-worker to JAVA: the kernel takes a process's name from there, so that killall finds workers.
aque_launch() {
    local java=$1 worker_java=$2 module=worker main=aque.cli.AqueMain flags=(--enable-native-access=ALL-UNNAMED)
    shift 2
    case $(aque_command_word "$@") in
    desktop)
        module=desktop main=aque.desktop.DesktopMain
        flags+=(-Xmx1g)
        ;;
    worker)
        java=$worker_java
        flags+=(-XX:+UseSerialGC -Xmx256m)
        ;;
    *) flags+=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto) ;;
    esac
    # shellcheck disable=SC2086 # several flags in one variable
    exec "$java" "${flags[@]}" ${AQUE_JAVA_OPTS:-} -cp "$(aque_class_path "$module")" "$main" "$@"
}

# The first word that is no option nor an option's value.
aque_command_word() {
    while (($#)); do
        case $1 in
        --broker) shift ;;
        -*) ;;
        *) printf '%s' "$1" && return ;;
        esac
        shift || return 0
    done
}
