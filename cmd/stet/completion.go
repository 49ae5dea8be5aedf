package main

import (
	"bytes"
	"context"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
)

func newCompletion(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "completions for a shell",
		Long: `Prints a script that teaches a shell to complete commands, flags, articles and
tags. Write it to the place below; shells that are started after that know it.

bash looks there where its package bash-completion is installed; without it,
"source <(stet completion bash)" in ~/.bashrc does the same. zsh looks into
~/.zfunc where ~/.zshrc says so, before it calls compinit: fpath+=~/.zfunc

` + exitWords,
		Example: `  mkdir -p ~/.local/share/bash-completion/completions &&
    stet completion bash > ~/.local/share/bash-completion/completions/stet
  mkdir -p ~/.zfunc && stet completion zsh > ~/.zfunc/_stet
  mkdir -p ~/.config/fish/completions &&
    stet completion fish > ~/.config/fish/completions/stet.fish`,
		Args:        exactArgs(1, "the name of one shell: bash, zsh, fish or powershell"),
		ValidArgs:   []string{"bash", "zsh", "fish", "powershell"},
		Annotations: map[string]string{firstWords: "bash zsh fish powershell"},
		RunE:        func(_ *cobra.Command, args []string) error { return runCompletion(a, args[0]) },
	}
	return c
}

func runCompletion(a *app, shell string) error {
	switch shell {
	case "bash":
		return a.bashCompletion()
	case "zsh":
		return written(a.root.GenZshCompletion(a.stdout))
	case "fish":
		return written(a.root.GenFishCompletion(a.stdout, true))
	case "powershell":
		return written(a.root.GenPowerShellCompletionWithDesc(a.stdout))
	}
	return usage("there are no completions for %q: bash, zsh, fish or powershell", shell)
}

// inPackage is the line of the script that needs a function of the package
// bash-completion, which bare machines and those of Apple do not have.
const inPackage = `    _get_comp_words_by_ref "$@" cur prev words cword
`

// withoutPackage does what that function does for stet: words that were parted at
// = and : are one word again.
const withoutPackage = `    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref "$@" cur prev words cword
        return
    fi
    local i last word
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]} last=$((${#words[@]} - 1))
        if ((last > 0)) && [[ $word == [=:]* || ${words[last]} == *[=:] ]]; then
            words[last]+=$word
        else
            words+=("$word")
        fi
    done
    cword=$((${#words[@]} - 1))
    cur=${words[cword]}
    prev=
    if ((cword > 0)); then prev=${words[cword - 1]}; fi
`

// bashCompletion prints the library's script, made to work without that package.
func (a *app) bashCompletion() error {
	var script bytes.Buffer
	if err := a.root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	_, err := a.stdout.Write(bytes.Replace(script.Bytes(), []byte(inPackage), []byte(withoutPackage), 1))
	return written(err)
}

// completeArticle offers the names of articles. A store that somebody holds
// offers none: a tab key must not wait.
func (a *app) completeArticle(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	a.peek(cmd.Context(), func(ctx context.Context, d *desk) error {
		return d.everyArticle(ctx, func(s store.Summary) error {
			if name := show(s.Name); name == s.Name {
				names = append(names, cobra.CompletionWithDesc(name, show(s.Title)))
			}
			return nil
		})
	})
	return names, cobra.ShellCompDirectiveNoFileComp
}

// peek looks into the store for a completion; when that fails there is none.
func (a *app) peek(ctx context.Context, fn func(context.Context, *desk) error) {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := context.WithTimeout(ctx, time.Second)
	defer stop()
	a.flags.wait, a.flags.quiet = 0, true
	d, err := a.open(ctx, "completion", false)
	if err != nil {
		return
	}
	fn(ctx, d) //nolint:errcheck // no completion, then
	d.Close()  //nolint:errcheck // nothing was written
}
