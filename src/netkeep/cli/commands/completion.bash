# Completion of netkeep in bash. In ~/.bashrc:  source <(netkeep completion bash)
# In a package: /usr/share/bash-completion/completions/netkeep
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

# Set options, arguments and subcommands to what may follow a command.
_netkeep_command() {
    case $1 in
@COMMANDS@
    *) return 1 ;;
    esac
}

# Set takes to how the value of an option of a command is completed; fail if it has none.
_netkeep_option() {
    case "$1 $2" in
@OPTIONS@
    *) return 1 ;;
    esac
}

_netkeep() {
    local options subcommands takes arguments words=() place=0 command='' option='' db='' ended=''
    local current word before='' count=0 broken='' redirected=''
    # Bash splits words at = and :, and netkeep accepts --kind friend for --kind=friend.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $redirected == next ]]; then
            redirected=this
        elif [[ $word == [\<\>\&]* ]]; then
            redirected=next
        elif [[ $broken == next ]]; then
            words[count-1]+=$word
            broken=this
        elif ((count)) && [[ $word == [:=]* && ${words[count-1]} != --* ]]; then
            words[count-1]+=$word
            broken=next
        else
            broken='' redirected=''
            [[ $word == '=' ]] || words[count++]=$word
        fi
    done
    COMPREPLY=()
    if [[ $redirected ]]; then
        compopt -o default 2>/dev/null
        return
    elif [[ $broken ]]; then
        return
    fi
    current=${COMP_WORDS[COMP_CWORD]}
    if [[ $current == '=' ]]; then
        current=''
    elif ((${#words[@]})); then
        unset "words[${#words[@]}-1]"
    fi
    if [[ $current == --*=* ]]; then  # where COMP_WORDBREAKS has no =
        words+=("${current%%=*}")
        before=${current%%=*}=
        current=${current#*=}
    fi

    _netkeep_command ''
    for word in ${words[@]+"${words[@]}"}; do
        if [[ $option ]]; then
            [[ $option != --db ]] || db=${word//[\"\'\\]/}
            option=''
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ ! $ended && $word == --*=* ]]; then
            [[ $word != --db=* ]] || db=${word#*=}
        elif [[ ! $ended && $word == -* ]]; then
            if _netkeep_option "$command" "$word"; then option=$word; fi
        elif [[ $subcommands ]] && _netkeep_command "${command:+$command }$word"; then
            command=${command:+$command }$word
        else
            place=$((place + 1))
        fi
    done

    if [[ $option ]]; then
        _netkeep_option "$command" "$option"
    elif [[ ! $ended && $current == -* ]]; then
        takes=$options
    elif [[ $subcommands ]]; then
        takes=$subcommands
    elif ((place < ${#arguments[@]})); then
        takes=${arguments[place]}
    elif [[ ${arguments[0]-} == *... ]]; then
        takes=${arguments[0]}
    else
        takes=''
    fi

    case $takes in
    @files*) compopt -o default 2>/dev/null ;;
    @*)
        takes=${takes%...}
        compopt -o nosort 2>/dev/null  # bash 4.4; the likeliest names come first
        while IFS= read -r word; do
            COMPREPLY+=("$before$word")
        done < <(command netkeep --complete-names "$current" "${takes#@}" ${db:+"$db"} 2>/dev/null)
        ;;
    *)
        for word in $takes; do
            [[ $word != "$current"* ]] || COMPREPLY+=("$before$word")
        done
        ;;
    esac
}

complete -F _netkeep netkeep
