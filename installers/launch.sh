# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers, of a checkout and of an image alike: from a command line to the Java that runs it.

# aque_launch JAVA WORKER_JAVA ARGUMENT...: becomes the program. The caller defines aque_class_path MODULE. WORKER_JAVA
# is a link named aque-worker to JAVA: the kernel takes a process's name from there, so that killall finds workers.
aque_launch() {
    local java=$1 worker_java=$2 archive module=worker main=aque.cli.AqueMain flags=(--enable-native-access=ALL-UNNAMED)
    shift 2
    case $(aque_command_word "$@") in
    desktop)
        module=desktop main=aque.desktop.DesktopMain
        flags+=(-Xmx1g)
        aque_class_archive && flags+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
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

# aque_class_archive: where the JVM keeps what it learnt about the console's classes, written when one ends: the next
# starts in half the time. It is checked against the jars by the JVM; a stale one is replaced, never used.
aque_class_archive() {
    local folder=${XDG_CACHE_HOME:-${HOME:-}/.cache}/aque
    [[ $folder == /?* ]] && mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]] || return 1
    archive=$folder/desktop.jsa
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
