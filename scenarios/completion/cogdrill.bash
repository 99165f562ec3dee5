# shellcheck shell=bash
# bash completion of cogdrill(1). Verbs and flags are those that the program's help tells, names and
# tags those of the scenarios that it finds.

_cogdrill_verbs() {
    "$1" --help 2>/dev/null | sed -n '/^verbs:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p'
}

# A verb's flags, one a line, with what they take: "--seed N".
_cogdrill_flags() {
    "$1" --help 2>/dev/null |
        awk -v verb="$2" '/^options of/ { own = $0 ~ "[ ]" verb "[,: ]" } /^$/ { own = 0 } own' |
        sed -n -e 's/^  \(--[a-z-]*\) \([^ ]\{1,\}\).*/\1 \2/p' -e 's/^  \(--[a-z-]*\)  .*/\1/p'
    echo --help
}

# What a flag may stand before, one a line.
_cogdrill_values() {
    case $2 in
    --filter) "$1" list --names 2>/dev/null ;;
    --tag) "$1" list 2>/dev/null | cut -f 2 | tr ',' '\n' | sed '/^$/d' | sort -u ;;
    --case) "$1" list --names 2>/dev/null | sed -n 's/.*: \([^ ]*\)$/\1/p' | sort -u ;;
    esac
}

# A value with blanks in it has to be quoted.
_cogdrill_offer_values() {
    local value
    while IFS= read -r value; do
        if [[ $value == "$2"* ]]; then
            COMPREPLY+=("$(printf '%q' "$value")")
        fi
    done < <(_cogdrill_values "$1" "$3")
}

# What a verb takes that is neither a flag nor its value.
_cogdrill_offer_words() {
    local program=$1 word=$2 verb=${COMP_WORDS[1]}
    case $verb:${COMP_WORDS[2]}:$((COMP_CWORD > 2)) in
    rehearse:*)
        mapfile -t COMPREPLY < <(
            compgen -W "$("$program" drills list --names 2>/dev/null)" -- "$word"
            compgen -f -- "$word"
        )
        ;;
    drills:*:0) mapfile -t COMPREPLY < <(compgen -W "list show trend overdue verify new" -- "$word") ;;
    drills:show:* | drills:trend:* | drills:overdue:*)
        mapfile -t COMPREPLY < <(compgen -W "$("$program" drills list --names 2>/dev/null)" -- "$word")
        ;;
    drills:new:*) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    drills:*) ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}

_cogdrill() {
    local program=${COMP_WORDS[0]} verb=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]} flags
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_cogdrill_verbs "$program") --help --version" \
            -- "$word")
        return
    fi
    # "--tag=fa" comes as three words.
    [ "$word" != = ] || word=
    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
    flags=$(_cogdrill_flags "$program" "$verb")
    case $(sed -n "s/^$previous //p" <<<"$flags") in
    FILE) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    FOLDER) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    TEXT | TAG | NAME) _cogdrill_offer_values "$program" "$word" "$previous" ;;
    ?*) ;;
    *)
        if [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$(cut -d ' ' -f 1 <<<"$flags")" -- "$word")
        else
            _cogdrill_offer_words "$program" "$word"
        fi
        ;;
    esac
}

complete -F _cogdrill cogdrill
