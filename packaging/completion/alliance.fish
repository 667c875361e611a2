# alliance.fish -- what fish proposes after `alliance`: the program itself says it, in the language of the session.

complete -c alliance -a '(alliance complete "\$ "(commandline -cp) 2>/dev/null)'
