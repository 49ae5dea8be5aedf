package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// leftoverNames are what files and folders are called while they are made. What is
// written is written under another name first, and a kill in the middle leaves
// that behind: no program knows it any more, and it can be as large as the store.
func leftoverNames() *regexp.Regexp {
	return regexp.MustCompile(`^\.(stet-(compact|merge|restore|new|bundle)-|.+\.new-)[0-9]+$`)
}

// leftoverAge is how long nothing must have been written to such a file before it
// is taken for left behind: one that is being made is written to all the time.
const leftoverAge = time.Hour

// leftover is a file or folder that a kill left behind.
type leftover struct {
	path string
	size int64 // bytes, with all that is in it
}

// leftovers lists what kills left in dir whose name fits; none where dir cannot
// be read.
func leftovers(dir string, fits *regexp.Regexp, now time.Time) []leftover {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []leftover
	for _, e := range entries {
		if !fits.MatchString(e.Name()) {
			continue
		}
		l, touched := leftover{path: filepath.Join(dir, e.Name())}, time.Time{}
		err := filepath.WalkDir(l.path, func(_ string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			if info.Mode().IsRegular() {
				l.size += info.Size()
			}
			if info.ModTime().After(touched) {
				touched = info.ModTime()
			}
			return nil
		})
		if err == nil && now.Sub(touched) > leftoverAge {
			out = append(out, l)
		}
	}
	return out
}

// clearLeft removes what earlier commands of the same kind were killed over:
// entries of dir that are called prefix and a number. What cannot be removed is
// in nobody's way, and stet doctor names it.
func (a *app) clearLeft(dir, prefix string) {
	for _, l := range leftovers(dir, regexp.MustCompile("^"+regexp.QuoteMeta(prefix)+"[0-9]+$"), a.clock()) {
		os.RemoveAll(l.path) //nolint:errcheck // see above
	}
}

// aboutLeft names what kills left beside the store.
func (a *app) aboutLeft(path string, add addFinding) {
	list := leftovers(filepath.Dir(path), leftoverNames(), a.clock())
	slices.SortFunc(list, func(x, y leftover) int { return int(y.size>>10) - int(x.size>>10) })
	for _, l := range list {
		add("store", "left behind", "%s, %d bytes: a command was ended while it wrote this; nothing uses it, remove it", l.path, l.size)
	}
}
