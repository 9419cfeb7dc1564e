# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers, of a checkout and of an image alike: from a command line to the Java that runs it.
# What is answered goes into REPLY: every command pays for each process that a launcher starts.

# Commands that people type are over before a second compiler or a large heap could help them: the first one waits until
# something is worth its time, and no profile is read for it. Reflection without generated classes, one locale's data
# and no reading of security settings save 40 ms of a command's 150. Classes for single versions of Java stay out of
# the cache, so each class has one form. The flags are also those of the start-up cache: with others, or another class
# path, the JVM would not use it. One that a later JVM has no longer is left out.
AQUE_COMMAND_FLAGS=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:+UseSerialGC -Xmx512m -XX:-UsePerfData
    -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5 -XX:-AOTRecordTraining -XX:-AOTReplayTraining
    -XX:ArchiveRelocationMode=0 -Djdk.reflect.useNativeAccessorOnly=true -Djdk.util.jar.enableMultiRelease=false
    -Djava.locale.providers=HOST -Djdk.includeInExceptions=hostInfoExclSocket)

# The console stays all day: both compilers, and a collector that stops it for a few milliseconds only.
AQUE_CONSOLE_FLAGS=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseG1GC -Xmx1g)

# aque_launch JAVA WORKER_JAVA CACHES ARGUMENT...: becomes the program. The caller defines aque_class_path MODULE, which
# answers in REPLY. WORKER_JAVA is a link named aque-worker to JAVA: the kernel takes a process's name from there, so
# that killall finds workers. CACHES-commands.aot and CACHES-console.aot may be missing.
aque_launch() {
    local java=$1 worker_java=$2 caches=$3 module=worker main=aque.cli.AqueMain cache=''
    local flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    shift 3
    # A link named aque-kill is `aque kill`.
    [[ ${0##*/} == aque-?* ]] && set -- "${0##*/aque-}" "$@"
    aque_command_word "$@"
    case $REPLY in
    desktop)
        module=desktop main=aque.desktop.DesktopMain
        flags=("${AQUE_CONSOLE_FLAGS[@]}")
        cache=$caches-console.aot
        ;;
    worker)
        java=$worker_java
        # An idle JVM looks after its monitors four times a second: a tenth of what an idle worker costs.
        flags+=(-XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=5000)
        flags+=(-XX:+UseSerialGC -Xms16m -Xmx256m -XX:-UsePerfData)
        ;;
    *)
        flags=("${AQUE_COMMAND_FLAGS[@]}")
        cache=$caches-commands.aot
        ;;
    esac
    # A cache that does not fit is left out; the JVM would say so on standard output.
    [[ -r $cache ]] && flags+=("-XX:AOTCache=$cache" -Xlog:disable "-Xlog:all=error,aot*=off,cds*=off:stderr")
    aque_class_path "$module"
    # shellcheck disable=SC2086 # several flags in one variable
    exec "$java" "${flags[@]}" ${AQUE_JAVA_OPTS:-} -cp "$REPLY" "$main" "$@"
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

# aque_jars FOLDER...: a class path of all their jars in a fixed order. Ours and the driver come first: to find a class
# that is not in the cache the JVM opens every jar before.
aque_jars() {
    local folder jar first='' rest=''
    for folder; do
        for jar in "$folder"/*.jar; do
            case ${jar##*/} in
            app-* | shared-model-* | postgresql-*) first+=$jar: ;;
            *) rest+=$jar: ;;
            esac
        done
    done
    REPLY=$first${rest%:}
}

# aque_make_cache JAVA CACHE CLASS_PATH: the start-up cache, from a rehearsal of the commands. Nothing is there
# when it fails, and nobody minds.
aque_make_cache() {
    aque_rehearse "$2" "$1" "${AQUE_COMMAND_FLAGS[@]}" -cp "$3" aque.cli.Rehearsal
}

# aque_make_console_cache JAVA CACHE CLASS_PATH: the same for the console, which needs a server for its rehearsal: it
# starts one of its own in a folder that is gone afterwards, and takes some ten seconds.
aque_make_console_cache() {
    local home made=0
    home=$(mktemp -d) || return 1
    (
        unset AQUE_LAUNCHER # no worker of its own
        export AQUE_HOME=$home
        aque_rehearse "$2" "$1" "${AQUE_CONSOLE_FLAGS[@]}" -cp "$3" aque.desktop.Rehearsal
    ) || made=1
    rm -rf "$home"
    return $made
}

# aque_rehearse CACHE JAVA ARGUMENT...: a whole one or none.
aque_rehearse() {
    local cache=$1 java=$2
    shift 2
    rm -f "$cache.$$"
    if "$java" -XX:AOTCacheOutput="$cache.$$" "$@" >/dev/null 2>&1 </dev/null && [[ -s $cache.$$ ]]; then
        mv -f "$cache.$$" "$cache"
    else
        rm -f "$cache.$$" "$cache.$$.config"
        return 1
    fi
}
