#compdef netkeep
# Completion of netkeep in zsh. In ~/.zshrc:  source <(netkeep completion zsh)
# In a package: /usr/share/zsh/site-functions/_netkeep, or _netkeep in any folder of $fpath
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

_netkeep_names() {
    local -a names expl
    names=(${(f)"$(command netkeep --complete-names "$PREFIX" $1 $netkeep_db 2>/dev/null)"})
    # -U: netkeep decides what matches, since it folds José to jose.
    _wanted -V people expl person compadd -U -i "$IPREFIX" -a names
}

@FUNCTIONS@

if [[ $funcstack[1] == _netkeep ]]; then  # autoloaded from $fpath by the first TAB
    _netkeep "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _netkeep netkeep
fi
