package main

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

// manEntry is a name with what there is to know of it.
type manEntry struct{ name, words string }

// roffProgram sets what the page of the program has besides that of a command.
func roffProgram(b *strings.Builder) {
	roffKeys(b)
	roffEntries(b, "FILES", manFiles())
	roffEntries(b, "ENVIRONMENT", manEnvironment())
}

func roffEntries(b *strings.Builder, title string, list []manEntry) {
	b.WriteString(".SH " + title + "\n")
	for _, e := range list {
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(e.name), roff(e.words))
	}
}

// roffKeys lists the keys of the screens as they are without a configuration: a page is
// for everybody on a machine.
func roffKeys(b *strings.Builder) {
	b.WriteString(".SH KEYS\n" + roffText(`Each screen shows the keys that matter there, and all of them at "?". These are the
ones for the built-in codebook; "stet help keys" lists those in force, with the
names by which a configuration file gives an action other keys.`))
	scope := action.Scope("")
	for _, x := range action.Table(codebook.Builtin()) {
		if x.Scope != scope {
			scope = x.Scope
			fmt.Fprintf(b, ".SS %s\n", roff(string(scope)))
		}
		var keys []string
		for _, k := range x.Keys {
			keys = append(keys, action.Show(k))
		}
		if len(keys) > 0 {
			fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.Join(keys, ", ")), roff(x.Words))
		}
	}
}

// manFiles are the files that stet reads and writes without being told their names.
func manFiles() []manEntry {
	return []manEntry{
		{"$XDG_DATA_HOME/stet/stet.db", "the store, where --db, STET_DB and the configuration name no other. Without XDG_DATA_HOME it is in ~/.local/share"},
		{"stet.db.mirror", "beside a store: its whole log once more, from which stet restore makes the store anew"},
		{"stet.db.lock", "beside a store: who has it open"},
		{"stet.db.place", "beside a store: where each reviewer stands"},
		{"$XDG_CONFIG_HOME/stet/config.toml", "the configuration, which stet help config explains. Without XDG_CONFIG_HOME it is in ~/.config"},
		{"$XDG_CONFIG_HOME/stet/authorized_keys", "who may log in at stet serve"},
		{"$XDG_STATE_HOME/stet/", "seals that were seen, half-written notes, rescue files, reports of crashes, the signing key checkpoint.key, the server's key. Without XDG_STATE_HOME it is in ~/.local/state"},
	}
}

// manEnvironment are the variables that are heeded. A flag goes before its variable, and
// that before the configuration.
func manEnvironment() []manEntry {
	return []manEntry{
		{"STET_DB", "the store's file, as --db"},
		{"STET_REVIEWER", "the name to work under, as --as"},
		{"STET_CONFIG", "the configuration file, as --config"},
		{"STET_CODEBOOK", "the codebook's file, as --codebook"},
		{"STET_KEY_FILE", "the signing key's file, as --key-file of stet checkpoint"},
		{"ACCESSIBLE", "1 asks for lines in place of screens, as --plain"},
		{"NO_COLOR", "anything in it turns colours off, unless --color says otherwise"},
		{"CLICOLOR, CLICOLOR_FORCE", "0 in the first turns colours off; anything but 0 in the second turns them on in a pipe, too"},
		{"VISUAL, EDITOR", "the editor for long notes, where the configuration names none"},
		{"COLUMNS", "how many cells a row of text may take, before what the terminal says"},
		{"TERM", "dumb: no screens and no colours"},
		{"XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME", "folders of the files above"},
		{"XDG_RUNTIME_DIR", "where the socket is by which several programs share one store"},
	}
}
