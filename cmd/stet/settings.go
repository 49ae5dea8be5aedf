package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

// setting is a value with the place it came from, for `stet config`.
type setting struct {
	value string
	from  string // "--db", "STET_DB", "the configuration", "default" …
}

// fromConfig is the origin of what the configuration file says.
const fromConfig = "the configuration"

// settings are what is in force: flags go before the environment, that before
// the configuration file, that before the defaults.
type settings struct {
	configPath string // file that was read, or would be
	configRead bool   // there was one
	db         setting
	reviewer   setting
	codebook   setting // "" for the built-in one
	theme      setting
	editor     setting
	mouse      bool
	mouseFrom  string
	suggest    bool
	hintsFrom  string // where suggest comes from
	keys       []byte // the whole configuration file when it binds keys, else nil
}

// settings reads the configuration the first time it is asked for.
func (a *app) settings() (*settings, error) {
	if a.settled != nil {
		return a.settled, nil
	}
	s := &settings{configPath: a.configPath()}
	c, err := a.readConfig(s.configPath, a.flags.config != "" || a.getenv("STET_CONFIG") != "")
	if err != nil {
		return nil, err
	}
	s.configRead = c.found
	const def = "default"
	s.db = first(
		setting{a.flags.db, "--db"}, setting{a.getenv("STET_DB"), "STET_DB"},
		setting{a.inConfig(s.configPath, c.DB), fromConfig}, setting{a.defaultStore(), def})
	if s.db.value == "" {
		return nil, usage("it is not known where the store is: there is no home folder. Nothing was done. Name its file with --db or STET_DB, or set HOME to a whole path")
	}
	s.db.value = store.Real(s.db.value)
	s.reviewer = first(
		setting{a.flags.as, "--as"}, setting{a.getenv("STET_REVIEWER"), "STET_REVIEWER"},
		setting{c.Reviewer, fromConfig}, setting{a.user(), "login name"})
	s.codebook = first(
		setting{a.flags.codebook, "--codebook"}, setting{a.getenv("STET_CODEBOOK"), "STET_CODEBOOK"},
		setting{a.inConfig(s.configPath, c.Codebook), fromConfig}, setting{"", "built in"})
	s.theme = first(setting{c.Theme, fromConfig}, setting{"", def})
	s.editor = first(
		setting{c.Editor, fromConfig}, setting{a.getenv("VISUAL"), "VISUAL"}, setting{a.getenv("EDITOR"), "EDITOR"}, setting{"", def})
	s.mouse, s.mouseFrom = true, def
	if c.Mouse != nil {
		s.mouse, s.mouseFrom = *c.Mouse, fromConfig
	}
	s.suggest, s.hintsFrom = true, def
	if c.Suggest != nil {
		s.suggest, s.hintsFrom = *c.Suggest, fromConfig
	}
	if len(c.Keys) > 0 {
		s.keys = c.source
	}
	a.settled = s
	return s, nil
}

// first returns the first setting that says something, or the last.
func first(list ...setting) setting {
	for _, s := range list {
		if s.value != "" {
			return s
		}
	}
	return list[len(list)-1]
}

// configPath is the configuration file; "" where none is named and the home folder
// is not known, since one in the folder that the program was started in may be
// somebody else's.
func (a *app) configPath() string {
	def := filepath.Join(a.baseFolder("XDG_CONFIG_HOME", "APPDATA", ".config"), "stet", "config.toml")
	if !filepath.IsAbs(def) {
		def = ""
	}
	return first(setting{value: a.flags.config}, setting{value: a.getenv("STET_CONFIG")}, setting{value: def}).value
}

func (a *app) dataFolder() string {
	return filepath.Join(a.baseFolder("XDG_DATA_HOME", "LOCALAPPDATA", filepath.Join(".local", "share")), "stet")
}

// defaultStore is the store of who names none; "" where the home folder is not
// known: a path that depends on the folder one stands in would be another store
// after every cd.
func (a *app) defaultStore() string {
	if dir := a.dataFolder(); filepath.IsAbs(dir) {
		return filepath.Join(dir, "stet.db")
	}
	return ""
}

// stateFolder holds rescue files and reports of crashes.
func (a *app) stateFolder() string {
	return filepath.Join(a.baseFolder("XDG_STATE_HOME", "LOCALAPPDATA", filepath.Join(".local", "state")), "stet")
}

// baseFolder follows the XDG base directory rules: a relative path in the
// variable is not heeded.
func (a *app) baseFolder(xdg, windows, below string) string {
	if dir := a.getenv(xdg); filepath.IsAbs(dir) {
		return dir
	}
	if dir := a.getenv(windows); runtime.GOOS == "windows" && filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(a.home(), below)
}

// inConfig makes a path of the configuration file absolute: ~/ is the home
// folder, anything else relative is beside the file.
func (a *app) inConfig(config, path string) string {
	switch rest, ok := strings.CutPrefix(path, "~/"); {
	case path == "" || filepath.IsAbs(path):
		return path
	case ok:
		return filepath.Join(a.home(), rest)
	}
	return filepath.Join(filepath.Dir(config), path)
}

// reviewer is the name under which this run works.
func (a *app) reviewer() (string, error) {
	s, err := a.settings()
	if err != nil {
		return "", err
	}
	if s.reviewer.value == "" {
		return "", usage("it is not known who works here. Nothing was done. Say so with --as NAME, STET_REVIEWER or the configuration")
	}
	if err := annotations.CheckName(s.reviewer.value); err != nil {
		return "", usage("the reviewer's name (%s): %v. Nothing was done. Give another with --as NAME", s.reviewer.from, err)
	}
	return s.reviewer.value, nil
}

// workingCodebook reads the codebook that new articles are judged by, or
// returns nil when that is the built-in one.
func (a *app) workingCodebook() (*annotations.Codebook, error) {
	s, err := a.settings()
	if err != nil || s.codebook.value == "" {
		return nil, err
	}
	return a.readCodebook(s.codebook.value)
}

// readCodebook reads a codebook's file. One that cannot be opened is told with the
// places that may have named it; what is wrong inside has its own line.
func (a *app) readCodebook(path string) (*annotations.Codebook, error) {
	src, err := a.whole(path, codebook.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("the codebook %s cannot be read: %w. Nothing was done. Check --codebook, STET_CODEBOOK and the configuration", path, bare(err))
	}
	book, err := codebook.Parse(path, src)
	if err != nil {
		between := ". "
		if strings.Contains(err.Error(), "\n") { // each mistake has a line
			between = "\n"
		}
		return nil, fmt.Errorf("%w%sNothing was done. Mend the codebook there, or name another with --codebook", err, between)
	}
	return book, nil
}

// adoptedCodebook is the codebook that an article at hand is to be judged by
// from now on: one that was named for this command, not one in the
// configuration, which is for new articles only.
func (a *app) adoptedCodebook() (*annotations.Codebook, error) {
	s, err := a.settings()
	if err != nil || s.codebook.value == "" || s.codebook.from == fromConfig {
		return nil, err
	}
	return a.readCodebook(s.codebook.value)
}

// tool names the program in the log.
func (a *app) tool() string {
	v, _ := a.build()
	name := "stet " + v
	return name[:min(len(name), annotations.MaxName)]
}
