# shellcheck shell=bash
# bash completion of cogmock(1). Verbs and flags are those that the program's help tells.

_cogmock_verbs() {
    "$1" --help 2>/dev/null | sed -n '/^verbs:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p'
}

# A verb's flags, one a line, with what they take: "--log human|json".
_cogmock_flags() {
    "$1" "$2" --help 2>/dev/null |
        sed -n -e 's/^  \(--[a-z-]*\) \([^ ]\{1,\}\).*/\1 \2/p' -e 's/^  \(--[a-z-]*\)  .*/\1/p'
    echo --help
}

# Values, where there is a choice.
_cogmock_value() {
    case $1 in
    FILE) mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    FOLDER) mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    *'|'*) mapfile -t COMPREPLY < <(compgen -W "${1//|/ }" -- "$2") ;;
    *) COMPREPLY=() ;;
    esac
}

_cogmock() {
    local program=${COMP_WORDS[0]} verb=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]} flags placeholder
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_cogmock_verbs "$program") --help --version" \
            -- "$word")
        return
    fi
    # "--log=js" comes as three words.
    [ "$word" != = ] || word=
    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
    flags=$(_cogmock_flags "$program" "$verb")
    placeholder=$(sed -n "s/^$previous //p" <<<"$flags")
    if [ "$verb" = check ] && [[ $word != -* ]]; then
        placeholder=FILE
    fi
    if [ -n "$placeholder" ]; then
        _cogmock_value "$placeholder" "$word"
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$(cut -d ' ' -f 1 <<<"$flags")" -- "$word")
}

complete -F _cogmock cogmock
