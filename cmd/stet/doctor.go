package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/store/boltfile"
)

func newDoctor(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "versions, paths, the terminal and the store, for a bug report",
		Long: `Prints what a bug report should say: versions, paths, what the terminal can do
as far as the environment tells, the language settings, the state of the store
and who holds it. A store in a bad state is reported and is no failure of the
doctor; no article's text is printed.

` + exitWords,
		Example: `  stet doctor
  stet doctor --json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDoctor(cmd.Context(), a) },
	}
}

// finding is one line of the doctor's report.
type finding struct {
	Part  string `json:"part"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

func runDoctor(ctx context.Context, a *app) error {
	var list []finding
	add := func(part, name, format string, args ...any) {
		list = append(list, finding{part, name, fmt.Sprintf(format, args...)})
	}
	if a.flags.db != "" && store.Confined() { // asked by a doctor who wants that alone
		a.aboutOpened(ctx, a.flags.db, add)
		return a.printJSON(list)
	}
	a.aboutProgram(add)
	a.aboutTerminal(add)
	set, err := a.settings()
	if err != nil {
		add("paths", "configuration", "%v", err)
		set = &settings{db: first(setting{a.flags.db, "--db"}, setting{a.getenv("STET_DB"), "STET_DB"}, setting{a.defaultStore(), "default"})}
	} else {
		a.aboutSettings(set, add)
	}
	if set.db.value != "" {
		a.aboutStore(ctx, set.db, add)
	}
	if a.flags.json {
		return a.printJSON(list)
	}
	t := newTable(a)
	for _, f := range list {
		t.row(f.Part, f.Name, f.Value)
	}
	return t.flush()
}

type addFinding func(part, name, format string, args ...any)

func (a *app) aboutProgram(add addFinding) {
	v, revision := a.build()
	add("program", "version", "%s", strings.TrimSpace("stet "+v+" "+revision))
	add("program", "go", "%s %s/%s, %d processors", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	add("program", "store layout", "%d", store.FormatVersion)
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if slices.Contains([]string{"go.etcd.io/bbolt", "charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "github.com/spf13/cobra"}, d.Path) {
				add("program", d.Path, "%s", d.Version)
			}
		}
	}
	if path, err := os.Executable(); err == nil {
		add("program", "file", "%s", path)
	}
}

func (a *app) aboutTerminal(add addFinding) {
	yes := map[bool]string{true: "a terminal", false: "no terminal"}
	add("terminal", "input", "%s", yes[a.isTerminal(a.stdin)])
	add("terminal", "output", "%s", yes[a.isTerminal(a.stdout)])
	for _, name := range []string{
		"TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TMUX", "STY", "SSH_TTY", "ACCESSIBLE", "LANG", "LC_ALL", "LC_CTYPE",
	} {
		value := a.getenv(name)
		if value == "" {
			continue
		}
		if name == "TMUX" || name == "STY" || name == "SSH_TTY" {
			value = "set" // the value names sockets and hosts
		}
		add("terminal", name, "%s", value)
	}
	locale := first(setting{value: a.getenv("LC_ALL")}, setting{value: a.getenv("LC_CTYPE")}, setting{value: a.getenv("LANG")}).value
	if upper := strings.ToUpper(locale); runtime.GOOS != "windows" && !strings.Contains(upper, "UTF-8") && !strings.Contains(upper, "UTF8") {
		add("terminal", "locale", "%q does not say UTF-8: letters beyond ASCII may look wrong. Set LANG to one that does, as C.UTF-8", locale)
	}
	if why := a.noScreen(); why != "" {
		add("terminal", "screens", "not here: %s", why)
	} else {
		add("terminal", "screens", "yes; colour: %v", a.wantsColour())
	}
}

func (a *app) aboutSettings(s *settings, add addFinding) {
	state := "not there"
	if s.configRead {
		state = "read"
	}
	add("paths", "configuration", "%s (%s)", s.configPath, state)
	add("paths", "state", "%s (rescue files, half-written notes, reports, seals that were seen)", a.stateFolder())
	add("paths", "reviewer", "%s (%s)", s.reviewer.value, s.reviewer.from)
	if _, err := a.reviewer(); err != nil {
		add("paths", "reviewer", "%v", err)
	}
	switch book, err := a.workingCodebook(); {
	case err != nil:
		add("paths", "codebook", "%s (%s): %v", s.codebook.value, s.codebook.from, err)
	case book == nil:
		b := codebook.Builtin()
		add("paths", "codebook", "built in, %q version %s (%s)", b.Name, b.Version, b.Hash.Short())
	default:
		add("paths", "codebook", "%s, %q version %s (%s)", s.codebook.value, book.Name, book.Version, book.Hash.Short())
	}
}

// aboutStore looks at the file by plain reads, and has it opened in a process of its own:
// nothing that damage does to that one reaches this, and it ends.
func (a *app) aboutStore(ctx context.Context, db setting, add addFinding) {
	add("store", "file", "%s (%s)", db.value, db.from)
	info, err := os.Stat(db.value)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		add("store", "state", "there is none yet; `stet import FILE` makes it")
		return
	case err != nil:
		add("store", "state", "%s cannot be looked at: %v; check HOME and the path, or name another with --db", db.value, bare(err))
		return
	}
	add("store", "size", "%d bytes, %s, changed %s", info.Size(), info.Mode(), instant(info.ModTime()))
	a.aboutLock(db.value, add)
	a.aboutLeft(db.value, add)
	if q, err := boltfile.Quick(db.value); err != nil {
		add("store", "first look", "%v", err)
	} else {
		for _, w := range q.Warnings {
			add("store", "first look", "%s", w)
		}
	}
	if a.apart == nil {
		a.aboutOpened(ctx, db.value, add)
	} else if err := a.openedApart(ctx, db.value, add); err != nil {
		add("store", "state", "%v", err)
	}
}

// openedApart adds what another process finds when it opens the store.
func (a *app) openedApart(ctx context.Context, path string, add addFinding) error {
	args := []string{"doctor", "--json", "--db=" + path, "--wait=" + a.flags.wait.String()}
	if a.flags.config != "" {
		args = append(args, "--config="+a.flags.config)
	}
	var out bytes.Buffer
	code, err := a.apart(ctx, store.LimitsFor(path), args, &out, a.stderr)
	if err != nil {
		return err
	}
	var list []finding
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || code != exitOK {
		return fmt.Errorf("what opened it in a process of its own ended with exit code %d and said %q", code, annotations.Visible(cut(out.String(), 200)))
	}
	for _, f := range list {
		add(f.Part, f.Name, "%s", f.Value)
	}
	return nil
}

// aboutOpened opens the store, or joins the program that has it open.
func (a *app) aboutOpened(ctx context.Context, path string, add addFinding) {
	st, err := a.reach(ctx, "doctor", "doctor", store.Options{Path: path, Program: "stet doctor", App: a.tool(), Clock: a.clock, Wait: a.flags.wait})
	if err != nil {
		add("store", "state", "%v", err)
		return
	}
	defer st.Close() //nolint:errcheck // nothing was written
	s, err := st.Stat(ctx)
	if err != nil {
		add("store", "state", "%v", err)
		return
	}
	if at, ok := st.(*attach.Store); ok {
		aboutSharing(at, add)
	}
	articles, err := store.Count(ctx, st)
	if err != nil {
		add("store", "articles", "%v", err)
	}
	add("store", "state", "opens; %s, %s, layout %d, made %s by %s, id %s", plural(int(s.Events), "event"), plural(articles, "article"), s.Format, instant(s.Created), s.App, s.ID)
	for _, n := range s.Notices {
		add("store", "note", "%s", n)
	}
	if s.Slower != "" {
		add("store", "note", "%s", s.Slower)
	}
	if m, err := os.Stat(path + ".mirror"); err == nil && m.Mode().IsRegular() {
		add("store", "mirror", "%d bytes, changed %s", m.Size(), instant(m.ModTime()))
	} else {
		add("store", "mirror", "none")
	}
}

// aboutSharing says who has the store open, and whether others can join.
func aboutSharing(st *attach.Store, add addFinding) {
	if who, ok := st.Owner(); ok && !st.Owns() {
		add("store", "owner", "pid %d (%s), %s, of %s; it answers, and this program works through it", who.PID, who.Program, who.Version, orElse(who.Actor, "nobody named"))
	}
	if why := st.Unshared(); why != nil {
		add("store", "sharing", "others cannot join while this program has the store open: %v", why)
	}
}

// aboutLock says what stands in the lock file: who holds the store, or held it
// and went without saying goodbye.
func (a *app) aboutLock(path string, add addFinding) {
	b, err := os.ReadFile(path + ".lock")
	if err != nil || len(b) == 0 {
		add("store", "lock", "free")
		return
	}
	var o struct {
		PID     int    `json:"pid"`
		Host    string `json:"host"`
		Program string `json:"program"`
		Since   string `json:"since"`
	}
	if json.Unmarshal(b, &o) != nil {
		add("store", "lock", "holds something else than stet writes there")
		return
	}
	add("store", "lock", "signed by pid %d (%s) on %s since %s; whether it still runs, the state below tells", o.PID, o.Program, o.Host, o.Since)
}
