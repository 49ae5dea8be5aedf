package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "stet.example/stet/"

// room is a package of this module, what it imports, and what its imports lead to.
type room struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
}

func rooms(t *testing.T) []room {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps,Standard", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the imports cannot be listed, so nothing was looked at: go list: %v", err)
	}
	var all []room
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var r room
		if err := dec.Decode(&r); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
}

// rule forbids imports: a room under from may import, of what matches subject,
// only what allow lists.
type rule struct {
	from    string // path within the module, and everything below it
	exact   bool   // from alone
	subject func(path string) bool
	allow   []string
	why     string
}

func under(prefixes ...string) func(string) bool {
	return func(path string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
	}
}

func exactly(paths ...string) func(string) bool {
	return func(path string) bool { return slices.Contains(paths, path) }
}

func not(subject func(string) bool) func(string) bool {
	return func(path string) bool { return !subject(path) }
}

func ours(paths ...string) func(string) bool {
	full := make([]string, len(paths))
	for i, p := range paths {
		full[i] = module + p
	}
	return under(full...)
}

func external(standard map[string]bool) func(string) bool {
	return func(path string) bool { return !standard[path] && !strings.HasPrefix(path, module) }
}

func rules(standard map[string]bool) []rule {
	pure := func(name string) rule {
		return rule{from: "annotations/" + name, subject: external(standard), why: "a pure room uses the standard library only"}
	}
	screens := []string{"tui/review", "tui/desk", "tui/audit", "tui/compare", "tui/dialog"}
	out := []rule{
		{from: "annotations", exact: true, subject: external(standard), why: "the domain uses the standard library only"},
		pure("segment"), pure("agreement"), pure("attribution"), pure("align"), pure("audit"),
		{from: "annotations", subject: ours("store", "tui", "cmd"), why: "arrows point down"},
		{from: "store", subject: ours("tui", "cmd"), why: "arrows point down"},
		{from: "tui", subject: ours("cmd"), why: "arrows point down"},
		{from: "tui", subject: under("go.etcd.io/bbolt"), why: "only store knows bbolt"},
		{from: "cmd", subject: under("go.etcd.io/bbolt"), why: "only store knows bbolt"},
		{from: "annotations", subject: under("go.etcd.io/bbolt"), why: "only store knows bbolt"},
		{from: "store/boltfile", subject: under("go.etcd.io/bbolt"), why: "the checker must not run what it guards"},
	}
	out = append(out, rule{from: "cmd/stet/resident", subject: not(exactly("os", "strconv", "strings", "unsafe", "golang.org/x/sys/unix")), why: "what imports little is set up before most"})
	out = append(out, rule{from: "tui/paint", subject: ours("annotations", "store", "tui"), why: "what paints rows knows nothing of them"})
	for _, s := range []string{"tui/plain", "tui/learn"} {
		out = append(out, rule{from: s, subject: ours("store"), why: "only the root of the screens knows the store"})
	}
	for _, s := range screens {
		out = append(out,
			rule{from: s, subject: ours("store"), why: "screens do no I/O: they return outcomes"},
			rule{from: s, subject: ours("tui/paint"), why: "the root alone paints"},
			rule{from: s, subject: exactly("os", "io/fs", "net", "net/http", "os/exec"), why: "screens do no I/O: they return outcomes"},
		)
	}
	peers := []string{"tui/review", "tui/desk", "tui/audit", "tui/compare"}
	for i, s := range peers {
		others := slices.Delete(slices.Clone(peers), i, i+1)
		out = append(out, rule{from: s, subject: ours(others...), why: "never sideways"})
	}
	return out
}

func breaches(all []room, rs []rule) (out []string, looked int) {
	for _, r := range rs {
		for _, p := range all {
			rel, ok := strings.CutPrefix(p.ImportPath, module)
			if !ok || rel != r.from && (r.exact || !strings.HasPrefix(rel, r.from+"/")) {
				continue
			}
			for _, imp := range p.Imports {
				looked++
				if r.subject(imp) && !slices.Contains(r.allow, imp) {
					out = append(out, rel+" imports "+imp+": "+r.why)
				}
			}
		}
	}
	return out, looked
}

// TestArrows holds the imports against the picture in ARCHITECTURE.md.
func TestArrows(t *testing.T) {
	all := rooms(t)
	standard := map[string]bool{}
	for _, r := range all {
		standard[r.ImportPath] = r.Standard
	}
	bad, looked := breaches(all, rules(standard))
	for _, b := range bad {
		t.Error(b)
	}
	if looked < 300 {
		t.Errorf("only %d imports were looked at: the test looks at nothing", looked)
	}
}

// TestArrowsNoticeABreach proves that TestArrows is not empty: each rule finds
// an import that was planted against it.
func TestArrowsNoticeABreach(t *testing.T) {
	standard := map[string]bool{"os": true, "fmt": true}
	for _, planted := range []room{
		{ImportPath: module + "annotations", Imports: []string{"github.com/fxamacker/cbor/v2"}},
		{ImportPath: module + "annotations/segment", Imports: []string{"github.com/rivo/uniseg"}},
		{ImportPath: module + "annotations/ingest", Imports: []string{module + "store"}},
		{ImportPath: module + "store", Imports: []string{module + "tui"}},
		{ImportPath: module + "tui/review", Imports: []string{module + "store"}},
		{ImportPath: module + "tui/desk", Imports: []string{"os"}},
		{ImportPath: module + "tui/desk", Imports: []string{module + "tui/review"}},
		{ImportPath: module + "cmd/stet", Imports: []string{"go.etcd.io/bbolt"}},
		{ImportPath: module + "store/boltfile", Imports: []string{"go.etcd.io/bbolt"}},
	} {
		if bad, _ := breaches([]room{planted}, rules(standard)); len(bad) == 0 {
			t.Errorf("%s importing %s was not noticed", planted.ImportPath, planted.Imports[0])
		}
	}
}
