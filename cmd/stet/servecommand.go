package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/serve"
)

// servedCommands are the commands that are offered over SSH, each with its flags
// that are. What is not named is refused: a flag that is added one day may read a
// file of the server.
func servedCommands() map[string][]string {
	return map[string][]string{
		"list": nil, "show": {"sentence", "reviewer", "unfinished"},
		"log":    {"sentence", "by", "since", "until", "limit", "diff"},
		"export": {"format", "reviewer", "history", "confidential", "offsets", "shape", "page", "publisher", "suggest", "exported"},
		"tag": {
			"source", "cue", "content", "source-kind", "count", "hops", "terms", "no-source", "evidence", "stance", "quote", "locator", "no-evidence",
			"disputes", "manner", "supports", "repeats", "derived-from", "no-link", "inside", "flag", "no-flag", "note", "confidential", "verdict", "rule",
			"unsure", "no-unsure", "check", "reason",
		},
		"split": {"before", "at", "reason"}, "join": {"tag", "reason"}, "kind": {"reason"},
		"undo": {"count"}, "redo": {"count"},
		"finish": {"reopen", "force", "all-agreed", "reviewer"},
		"import": {"title", "url", "outlet", "byline", "published", "lang", "encoding", "hints", "whole", "strict"},
		"backup": nil,
		"team":   nil, "assign": {"deal", "everyone"},
		"rule": {"reason", "rule", "reviewer", "draw", "example"}, "answer": {"noted", "all"}, "agreement": {"seed", "consensus"},
		"audit":    {"list", "seed", "confidence", "max", "bootstrap-seed", "quick"},
		"report":   {"reply", "seed", "confidence", "max", "bootstrap-seed"},
		"sample":   {"number", "seed", "trace", "reviewer", "population", "checked", "wrong", "confidence", "max"},
		"codebook": {"toml"}, "codebook show": {"toml"}, "codebook list": nil,
		"version": nil, "help": nil,
	}
}

// toStandardOutput are flags that name a file to be written. Over SSH they take "-"
// and nothing else: what is written goes to the client.
func toStandardOutput() []string { return []string{"output", "html", "markdown", "text"} }

// servedGlobals are the flags that every one of them has.
func servedGlobals() []string { return []string{"json", "plain", "quiet", "color", "help"} }

// serveCommand runs a command for a client of the server a, in that client's name
// and on the server's open store.
func (a *app) serveCommand(ctx context.Context, c serve.Call) int {
	env := a.clientEnvironment(c)
	b := &app{
		environment: env, shared: c.Store,
		settled: &settings{
			reviewer: setting{c.Who, "the key"}, db: setting{"", "the server"}, codebook: setting{"", "built in"}, suggest: true,
		},
	}
	b.root = newRoot(b)
	hideUnserved(b.root)
	b.root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if err := errors.Join(served(cmd, args), namedInFull(cmd)); err != nil {
			return err
		}
		return b.begin()
	}
	cmd, err := b.root, notOffered(c.Args[0])
	if err == nil {
		b.root.SetArgs(c.Args)
		cmd, err = b.root.ExecuteContextC(ctx)
	}
	if err != nil && !b.started && !errors.As(err, new(*foundError)) {
		words := misuse(cmd, err)
		if given := cmd.Flags().Args(); len(given) > 1 && cmd.ValidateArgs(given) != nil {
			words += ". " + quotedTwice
		}
		err = usage("%s", words)
	}
	err = inFull(b.truly(err), strings.ReplaceAll(whereToRead(cmd), "`stet ", "`"))
	if err != nil {
		sayError(env, err)
	}
	return codeOf(err)
}

// quotedTwice tells whoever wrote a note as at home, and sees its second word refused.
const quotedTwice = `Words in quotation marks need a second pair around the whole command, since ssh takes one away: ssh HOST 'tag ARTICLE 3 sourced --note "two words"'`

// hideUnserved leaves out of the help what is not offered: refusals send people there.
func hideUnserved(root *cobra.Command) {
	all := servedCommands()
	for _, c := range root.Commands() {
		_, ok := all[c.Name()]
		c.Hidden = c.Hidden || !ok && c.Name() != "review" // that one is the screens'
	}
}

// clientEnvironment is the world of a client's command: its terminal and its
// input, and nothing of this machine but the clock.
func (a *app) clientEnvironment(c serve.Call) *environment {
	stdin := &inputGate{r: bufio.NewReaderSize(c.Stdin, 4096)}
	vars := map[string]string{}
	for _, kv := range c.Environ {
		k, v, _ := strings.Cut(kv, "=")
		vars[k] = v
	}
	nothing := func() string { return "" }
	return &environment{
		stdin: stdin, stdout: c.Stdout, stderr: c.Stderr,
		getenv: func(k string) string { return vars[k] }, environ: func() []string { return slices.Clone(c.Environ) },
		home: nothing, user: nothing, clock: a.clock, random: rand.Reader,
		isTerminal: func(stream any) bool { return c.Terminal && stream != any(stdin) }, build: a.build,
	}
}

// notOffered tells why a word is no command over SSH, or nil. The command stands
// first: a flag before it is not understood here.
func notOffered(word string) error {
	all := servedCommands()
	if _, ok := all[word]; ok {
		return nil
	}
	var names []string
	for name := range all {
		if !strings.Contains(name, " ") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return fmt.Errorf("%q is %w. What is: %s, and review with a terminal", annotations.Visible(word), errNotServed, strings.Join(names, ", "))
}

// served refuses what a command would do with files, programs or the network of
// the server.
func served(cmd *cobra.Command, args []string) error {
	path := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
	flags, ok := servedCommands()[path]
	if !ok {
		return notOffered(path)
	}
	var wrong error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case wrong != nil, slices.Contains(flags, f.Name), slices.Contains(servedGlobals(), f.Name):
		case slices.Contains(toStandardOutput(), f.Name):
			if f.Value.String() != "-" {
				wrong = fmt.Errorf("files of the server are %w: --%s takes - there, and the client keeps what comes: ssh HOST … > FILE", errNotServed, f.Name)
			}
		default:
			wrong = fmt.Errorf("--%s is %w", f.Name, errNotServed)
		}
	})
	switch {
	case wrong != nil:
		return wrong
	case path == "import" && len(args) > 1 && args[0] == "-":
		return fmt.Errorf("import - takes no more words, and %q is one. %s", annotations.Visible(args[1]), quotedTwice)
	case path == "import" && (len(args) != 1 || args[0] != "-"):
		return fmt.Errorf("files of the server are %w: send one as standard input, ssh HOST import - < FILE", errNotServed)
	case path == "backup" && (len(args) != 1 || args[0] != "-"):
		return fmt.Errorf("files of the server are %w: ssh HOST backup - > FILE sends the copy here", errNotServed)
	case path == "tag":
		list, err := cmd.Flags().GetStringArray("evidence")
		if err != nil {
			return err
		}
		for _, e := range list {
			if !strings.HasPrefix(e, "http://") && !strings.HasPrefix(e, "https://") {
				return fmt.Errorf("files as evidence are %w: give a URL with its https://", errNotServed)
			}
		}
	}
	return nil
}

// inputGate is what a client sends to a command: no more than an import takes,
// and nothing that is read by another program of the server.
type inputGate struct {
	r      *bufio.Reader
	looked bool
	n      int64
}

// maxServedInput bounds what a client may send, in bytes.
const maxServedInput = 64 << 20

// Read implements [io.Reader].
func (g *inputGate) Read(p []byte) (int, error) {
	if !g.looked {
		g.looked = true
		if err := g.look(); err != nil {
			return 0, err
		}
	}
	n, err := g.r.Read(p)
	if g.n += int64(n); g.n > maxServedInput {
		return 0, fmt.Errorf("more than %d bytes were sent, which is %w", maxServedInput, errNotServed)
	}
	return n, err
}

// look refuses the formats for which an import asks another program. It knows them
// by what annotations/ingest knows them by, and takes any doubt for a yes.
func (g *inputGate) look() error {
	head, err := g.r.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return err
	}
	foreign := bytes.Contains(head, []byte("%PDF-")) || bytes.HasPrefix(head, []byte(`{\rtf`)) || bytes.Contains(head, []byte("mimetypeapplication/epub+zip"))
	if !foreign && (bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))) {
		all, err := io.ReadAll(io.LimitReader(g.r, maxServedInput+1))
		if err != nil {
			return err
		}
		g.r = bufio.NewReader(bytes.NewReader(all))
		foreign = isBook(all)
	}
	if foreign {
		return fmt.Errorf("PDF, RTF and EPUB are %w: they are read by other programs. Turn it into text first", errNotServed)
	}
	return nil
}

// isBook reports whether an archive may be an EPUB. What says so may be anywhere in
// it, packed or not. An archive that cannot be read is nobody's.
func isBook(raw []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return false
	}
	for _, f := range z.File {
		switch strings.TrimPrefix(f.Name, "/") {
		case "META-INF/container.xml":
			return true
		case "mimetype":
			r, err := f.Open()
			if err != nil {
				return true
			}
			mime, err := io.ReadAll(io.LimitReader(r, 1024))
			if err != nil || bytes.Contains(mime, []byte("epub")) {
				return true
			}
		}
	}
	return false
}
