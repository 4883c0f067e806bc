# Completion of netkeep in fish. Once:
#   netkeep completion fish > ~/.config/fish/completions/netkeep.fish
# In a package: /usr/share/fish/vendor_completions.d/netkeep.fish
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

set -g __netkeep_commands @COMMANDS@
set -g __netkeep_taking @TAKING@

# Print the path of the typed command, then the number of its arguments.
function __netkeep_typed
    set -l command ''
    set -l place 0
    set -l skip 0
    for token in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if string match -q -- '-*' $token
            contains -- "$command $token" $__netkeep_taking; and set skip 1
        else if contains -- (string trim -- "$command $token") $__netkeep_commands
            set command (string trim -- "$command $token")
        else
            set place (math $place + 1)
        end
    end
    printf '%s\n' $command $place
end

# Succeed at this command; with a number, only at this argument of it.
function __netkeep_at
    set -l typed (__netkeep_typed)
    test "$typed[1]" = "$argv[1]"; or return
    set -q argv[2]; or return 0
    test $typed[2] = $argv[2]; or test $argv[2] = any
end

function __netkeep_names
    set -l typed (commandline -ct | string replace -r -- '^--?[a-z-]+=' '')
    set -l tokens (commandline -opc)
    set -l db
    for place in (seq (count $tokens))
        if test "$tokens[$place]" = --db; and set -q tokens[(math $place + 1)]
            set db $tokens[(math $place + 1)]
        else if string match -q -- '--db=*' $tokens[$place]
            set db (string replace -- '--db=' '' $tokens[$place])
        end
    end
    command netkeep --complete-names "$typed" $argv[1] $db 2>/dev/null
end

complete -c netkeep -e
complete -c netkeep -f
@LINES@
