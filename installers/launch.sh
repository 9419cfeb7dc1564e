# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers, of a checkout and of an image alike: from a command line to the Java that runs it.
# What is answered goes into REPLY: every command pays for each process that a launcher starts.

# Commands that people type are over before a second compiler or a large heap could help them. Reflection without
# generated classes, one locale's data and no reading of security settings save 40 ms of a command's 150. The flags are
# also those of the start-up cache: with others, or another class path, the JVM would not use it.
AQUE_COMMAND_FLAGS=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Djdk.reflect.useNativeAccessorOnly=true
    -Djava.locale.providers=HOST -Djdk.includeInExceptions=hostInfoExclSocket)

# aque_launch JAVA WORKER_JAVA CACHE ARGUMENT...: becomes the program. The caller defines aque_class_path MODULE, which
# answers in REPLY. WORKER_JAVA is a link named aque-worker to JAVA: the kernel takes a process's name from there, so
# that killall finds workers. CACHE may be missing.
aque_launch() {
    local java=$1 worker_java=$2 cache=$3 module=worker main=aque.cli.AqueMain
    local flags=(--enable-native-access=ALL-UNNAMED)
    shift 3
    # A link named aque-kill is `aque kill`.
    [[ ${0##*/} == aque-?* ]] && set -- "${0##*/aque-}" "$@"
    aque_command_word "$@"
    case $REPLY in
    desktop)
        module=desktop main=aque.desktop.DesktopMain
        flags+=(-Xmx1g)
        aque_class_archive && flags+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$REPLY" -Xlog:cds=off -Xlog:cds+dynamic=off)
        ;;
    worker)
        java=$worker_java
        flags+=(-XX:+UseSerialGC -Xms16m -Xmx256m)
        ;;
    *)
        flags=("${AQUE_COMMAND_FLAGS[@]}")
        # A cache that does not fit is left out; the JVM would say so on standard output.
        [[ -r $cache ]] && flags+=("-XX:AOTCache=$cache" -Xlog:disable "-Xlog:all=error,aot*=off,cds*=off:stderr")
        ;;
    esac
    aque_class_path "$module"
    # shellcheck disable=SC2086 # several flags in one variable
    exec "$java" "${flags[@]}" ${AQUE_JAVA_OPTS:-} -cp "$REPLY" "$main" "$@"
}

# aque_class_archive: answers where the JVM keeps what it learnt about the console's classes, written when one ends:
# the next starts in half the time. The JVM checks it against the jars; a stale one is replaced, never used.
aque_class_archive() {
    local folder=${XDG_CACHE_HOME:-${HOME:-}/.cache}/aque
    [[ $folder == /?* ]] && mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]] || return 1
    REPLY=$folder/desktop.jsa
}

# The first word that is no option nor an option's value.
aque_command_word() {
    REPLY=
    while (($#)); do
        case $1 in
        --broker) shift ;;
        -*) ;;
        *) REPLY=$1 && return ;;
        esac
        shift || return 0
    done
}

# aque_jars FOLDER...: a class path of all their jars in a fixed order. The driver comes first: one of its classes is
# not in the cache, and to find it the JVM opens every jar before.
aque_jars() {
    local folder jar first='' rest=''
    for folder; do
        for jar in "$folder"/*.jar; do
            case ${jar##*/} in
            postgresql-*) first=$jar:$first ;;
            *) rest+=$jar: ;;
            esac
        done
    done
    REPLY=$first${rest%:}
}

# aque_make_cache JAVA CACHE CLASS_PATH: the start-up cache, from a rehearsal of the commands. Nothing is there when it
# fails, and nobody minds.
aque_make_cache() {
    local java=$1 cache=$2 path=$3
    rm -f "$cache.$$"
    if "$java" "${AQUE_COMMAND_FLAGS[@]}" -XX:AOTCacheOutput="$cache.$$" -cp "$path" aque.cli.Rehearsal \
        >/dev/null 2>&1 </dev/null && [[ -s $cache.$$ ]]; then
        mv -f "$cache.$$" "$cache"
    else
        rm -f "$cache.$$" "$cache.$$.config"
        return 1
    fi
}
