package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"stet.example/stet/annotations"
)

// configFile is the configuration as it stands in the file. Anything else in
// it is an error, so that a slip of the pen is found at once.
type configFile struct {
	Reviewer string         `toml:"reviewer"`
	DB       string         `toml:"db"`
	Codebook string         `toml:"codebook"`
	Theme    string         `toml:"theme"`
	Mouse    *bool          `toml:"mouse"`
	Suggest  *bool          `toml:"suggest"`
	Editor   string         `toml:"editor"`
	Keys     map[string]any `toml:"keys"`

	found  bool
	source []byte
}

const maxConfig = 256 << 10 // bytes

// configError is something wrong in the configuration file.
type configError struct {
	file string
	line int
	msg  string
}

func (e *configError) Error() string {
	const next = ". Nothing was done. Correct the file, or name another with --config"
	if e.line == 0 {
		return e.file + ": " + e.msg + next
	}
	return fmt.Sprintf("%s:%d: %s%s", e.file, e.line, e.msg, next)
}

// readConfig reads the file at path. One that is not there is empty, unless
// somebody named it.
func (a *app) readConfig(path string, named bool) (*configFile, error) {
	c := &configFile{}
	src, err := a.whole(path, maxConfig)
	switch {
	case !named && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)): // services have a home that is a device
		return c, nil
	case err != nil:
		return nil, fmt.Errorf("the configuration cannot be read: %w. Nothing was done. Check --config and STET_CONFIG", err)
	case len(src) > maxConfig:
		return nil, &configError{path, 0, fmt.Sprintf("is longer than %d bytes", maxConfig)}
	}
	c.found, c.source = true, bytes.TrimPrefix(src, []byte("\ufeff")) // Windows programs write it
	return c, c.parse(path)
}

func (c *configFile) parse(path string) error {
	d := toml.NewDecoder(strings.NewReader(string(c.source)))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return explainTOML(path, err)
	}
	lines := keyLines(c.source)
	if c.Reviewer != "" {
		if err := annotations.CheckName(c.Reviewer); err != nil {
			return &configError{path, lines["reviewer"], "reviewer: " + err.Error()}
		}
	}
	if themes := []string{"", "default", "contrast", "mono"}; !slices.Contains(themes, c.Theme) {
		return &configError{path, lines["theme"], fmt.Sprintf("theme %q is not one of default, contrast, mono", c.Theme)}
	}
	return nil
}

// explainTOML turns the library's errors into FILE:LINE.
func explainTOML(path string, err error) error {
	var strict *toml.StrictMissingError
	var at *toml.DecodeError
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		e := &strict.Errors[0]
		line, _ := e.Position()
		return &configError{path, line, fmt.Sprintf("there is no setting %q; the settings are reviewer, db, codebook, theme, mouse, suggest, editor and the tables [keys.…]", strings.Join(e.Key(), "."))}
	case errors.As(err, &at):
		line, _ := at.Position()
		msg := strings.TrimPrefix(at.Error(), "toml: ")
		if strings.HasPrefix(msg, "cannot decode") { // its words are of the program's own types
			msg = wanted(at.Key())
		}
		return &configError{path, line, msg}
	}
	return &configError{path, 0, err.Error()}
}

// wanted says what a setting must be.
func wanted(key toml.Key) string {
	name := strings.Join(key, ".")
	switch {
	case name == "mouse" || name == "suggest":
		return name + " is true or false, without quotation marks"
	case len(key) > 0 && key[0] == "keys":
		return "keys is a table: [keys.review] and the like"
	}
	return name + " is words in quotation marks"
}

// keyLines gives the line of each key at the top of a TOML file that parses.
func keyLines(src []byte) map[string]int {
	text := slices.Clip(slices.Clone(src)) // the library finds places by a slice's capacity
	out := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue {
			break // tables come after the keys at the top
		}
		it := e.Key()
		if it.Next() {
			out[string(it.Node().Data)] = 1 + strings.Count(string(text[:it.Node().Raw.Offset]), "\n")
		}
	}
	return out
}
