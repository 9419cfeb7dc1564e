# SPDX-License-Identifier: Apache-2.0
# What a task of Aque may say to its worker, as bash functions; source this file:  . "$AQUE_CLIENTS/bash/aque.sh"
# Nothing is started: a call is one line on a connection of bash's own. Outside a task every function does nothing.
#
#   aque_progress 43 [TEXT]      how far it is: percent, or done/all
#   aque_status TEXT             what it is doing
#   aque_log LEVEL TEXT          a line in the channel `log`: DEBUG INFO WARNING ERROR
#   aque_result TEXT             what came out
#   aque_channel NAME TEXT       a line in a channel of its own
#   aque_get FIELD               id job name attempt cpus memory cwd worker, and state progress status owner priority
#   aque_top_level FIELD         the same of its job
#   aque_yield                   at a checkpoint: returns when it may go on; it is put back when others come first
#   aque_suspend                 stops here until somebody says  aque kill -s CONT ID
#   aque_next [WHY]              the next of the items that this process does (aque submit --warm), in AQUE_ITEM; fails
#                                when there is none:  while aque_next; do …; done   WHY says that the last one failed

_aque_connect() {
    local address=${AQUE_CHANNEL%:*} tries
    # The worker may be about to be replaced: that takes seconds.
    for ((tries = 0; tries < 150; tries++)); do
        { exec {_aque_fd}<>"/dev/tcp/${address%:*}/${address##*:}"; } 2>/dev/null && _aque_pid=$BASHPID && return
        sleep 0.1
    done
    return 1
}

# _aque_say VERB TEXT: sets REPLY to the answer.
_aque_say() {
    local text=$2 answer
    REPLY=
    [[ -n ${AQUE_CHANNEL-} ]] || return 0
    text=${text//\\/\\\\} text=${text//$'\n'/\\n}
    [[ ${_aque_pid-} == "$BASHPID" ]] || _aque_connect || return
    if ! { printf '%s %s %s\n' "${AQUE_CHANNEL##*:}" "$1" "$text" >&"$_aque_fd" && IFS= read -r answer <&"$_aque_fd"; } 2>/dev/null; then
        _aque_connect || return
        printf '%s %s %s\n' "${AQUE_CHANNEL##*:}" "$1" "$text" >&"$_aque_fd" && IFS= read -r answer <&"$_aque_fd" || return
    fi
    REPLY=${answer#* }
    [[ $answer == ok* ]] || { printf 'aque: %s\n' "$REPLY" >&2 && return 1; }
    [[ $answer == ok ]] && REPLY=
    REPLY=${REPLY//\\n/$'\n'} REPLY=${REPLY//\\\\/\\}
}

aque_progress() { _aque_say progress "$*"; }
aque_status() { _aque_say status "$*"; }
aque_log() { _aque_say log "$*"; }
aque_result() { _aque_say result "$*"; }
aque_channel() { _aque_say channel "$*"; }
aque_get() { _aque_say get "$1" && printf '%s\n' "$REPLY"; }
aque_top_level() { _aque_say top_level "$1" && printf '%s\n' "$REPLY"; }
aque_yield() { _aque_say yield ''; }
aque_suspend() { _aque_say suspend ''; }
aque_next() {
    _aque_say next "$*" && [[ -n ${REPLY-} ]] || return
    IFS=' ' read -r AQUE_TID AQUE_ATTEMPT _ <<<"$REPLY"
    AQUE_ITEM=${REPLY#* } AQUE_ITEM=${AQUE_ITEM#* }
    export AQUE_TID AQUE_ATTEMPT AQUE_ITEM
}
