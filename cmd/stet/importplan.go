package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations/ingest"
)

// importFormats are the names of what an article can be read from.
func importFormats() []string {
	var out []string
	for _, f := range ingest.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func extensions() string {
	var out []string
	for _, f := range ingest.Formats() {
		out = append(out, f.Extensions...)
	}
	return strings.Join(out, " ")
}

// source is a file to import.
type source struct {
	path   string
	found  bool  // in a folder, not named by the caller
	wanted error // why it cannot be imported, known already
}

// other reports whether a file of a folder may well be something else than an
// article: settings and lists of all sorts are JSON or XML too.
func (s source) other() bool {
	ext := strings.ToLower(filepath.Ext(s.path))
	return s.found && (ext == ".json" || ext == ".xml")
}

// plan lists the files that the arguments name, in their order, those of a
// folder in order of their names.
func (im *importer) plan(args []string) []source {
	var out []source
	for _, arg := range args {
		out = append(out, im.filesOf(arg)...)
	}
	return out
}

func (im *importer) filesOf(arg string) []source {
	if arg == "" {
		return []source{{wanted: errors.New("there is no file without a name; look for a variable that is not set")}}
	}
	info, err := os.Stat(arg)
	if arg == "-" || err != nil || !info.IsDir() {
		return []source{{path: arg}} // what is wrong with it is said when it is read
	}
	if im.opt.single() {
		return []source{{path: arg, wanted: errors.New("this is a folder, and --title and --url are of one article; leave them out")}}
	}
	var out []source
	top := arg
	if link, err := os.Lstat(arg); err == nil && !link.IsDir() { // a walk does not follow a link, not even the one it is given
		top = arg + string(filepath.Separator)
	}
	err = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			out = append(out, source{path: path, wanted: err})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case path != top && strings.HasPrefix(d.Name(), "."):
			im.done.Hidden++
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
		case importable(path):
			out = append(out, source{path: path, found: true})
		default:
			im.skip(path, unimportable(path))
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: there is nothing to import in this folder; files end in %s", arg, extensions())
	}
	if err != nil {
		out = append(out, source{path: arg, wanted: err})
	}
	return out
}

// importable reports whether a file of a folder is taken: a file, or a link to
// one, with a known ending.
func importable(path string) bool { return unimportable(path) == "" }

// unimportable says why a file of a folder is left out, or "".
func unimportable(path string) string {
	info, err := os.Stat(path) // follows a link to a file
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case err != nil:
		return "it cannot be read: " + bare(err).Error()
	case info.IsDir():
		return "a link to a folder"
	case !info.Mode().IsRegular():
		return "no regular file"
	case !slices.ContainsFunc(ingest.Formats(), func(f ingest.FormatInfo) bool { return slices.Contains(f.Extensions, ext) }):
		return "its name does not end as an article's does"
	}
	return ""
}

// maxSkippedSaid bounds how many files that were left out are named one by one.
const maxSkippedSaid = 20

// skip notes a file of a folder that is left out.
func (im *importer) skip(file, why string) {
	im.done.Skipped = append(im.done.Skipped, skippedJSON{file, why})
	if len(im.done.Skipped) <= maxSkippedSaid {
		im.talk("left out: %s (%s)", file, why)
	}
}
