# shellcheck shell=bash
# bash completion of cogpromote(1). Verbs and flags are those that the program's help tells.

# The verbs, one a line: "audit verify".
_cogpromote_verbs() {
    "$1" --help 2>/dev/null |
        sed -n '/^verbs:/,/^$/s/^  \([a-z]\{1,\}\( [a-z]\{1,\}\)\{0,1\}\) .*/\1/p'
}

# A verb's flags, one a line, with what they take: "--output text|json".
_cogpromote_flags() {
    "$@" --help 2>/dev/null |
        sed -n -e 's/^  --\[no-\]\([a-z-]*\) .*/--\1\n--no-\1/p' \
            -e 's/^  \(--[a-z-]* [^ ]*\) .*/\1/p'
    echo --help
}

_cogpromote_value() {
    local program=$1 verb=$2 flag=$3 word=$4 placeholder
    # shellcheck disable=SC2086 # A verb may be two words.
    placeholder=$(_cogpromote_flags "$program" $verb | sed -n "s/^$flag //p")
    case $placeholder in
    FILE) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    FOLDER) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    *'|'*) mapfile -t COMPREPLY < <(compgen -W "${placeholder//|/ }" -- "$word") ;;
    '') return 1 ;;
    esac
}

_cogpromote() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]} first=2
    local verbs firsts
    COMPREPLY=()
    verbs=$(_cogpromote_verbs "$program")
    firsts=$(cut -d ' ' -f 1 <<<"$verbs" | uniq)
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$firsts help" -- "$word")
        [ "${#COMPREPLY[@]}" -gt 0 ] ||
            mapfile -t COMPREPLY < <(compgen -W "--help --version" -- "$word")
        return
    fi
    if grep -q "^$verb " <<<"$verbs"; then
        if [ "$COMP_CWORD" -eq 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W "$(sed -n "s/^$verb //p" <<<"$verbs") --help" \
                -- "$word")
            return
        fi
        verb="$verb ${COMP_WORDS[2]}"
        first=3
    fi
    # "--output=te" comes as three words.
    [ "$word" != = ] || word=
    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
    if [ "$COMP_CWORD" -gt "$first" ] && _cogpromote_value "$program" "$verb" "$previous" "$word"
    then
        return
    fi
    if [ "$verb" = help ]; then
        mapfile -t COMPREPLY < <(compgen -W "$firsts" -- "$word")
        return
    fi
    # shellcheck disable=SC2086
    mapfile -t COMPREPLY < <(compgen -W "$(_cogpromote_flags "$program" $verb | sed 's/ .*//')" \
        -- "$word")
}

complete -F _cogpromote cogpromote
