# Completion of netkeep in zsh. In ~/.zshrc:  source <(netkeep completion zsh)
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }

_netkeep_names() {
    local -a names expl
    names=(${(f)"$(command netkeep --complete-names "$PREFIX" $1 $netkeep_db 2>/dev/null)"})
    # -U: netkeep decides what matches, since it folds José to jose.
    _wanted people expl person compadd -U -i "$IPREFIX" -a names
}

@FUNCTIONS@

compdef _netkeep netkeep
