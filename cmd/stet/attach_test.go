//go:build linux || darwin

package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
)

// TestSharedScripts runs the real program while another process, this one, has
// the store open and shares it.
func TestSharedScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/attach/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d scripts were found, %v", len(files), err)
	}
	type open struct {
		store *attach.Store
		close func() error
	}
	shares := map[string]*open{}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/attach",
		Setup: func(e *testscript.Env) error {
			for k, v := range map[string]string{
				"HOME": e.WorkDir + "/home", "XDG_DATA_HOME": e.WorkDir + "/data", "XDG_CONFIG_HOME": e.WorkDir + "/config", "XDG_STATE_HOME": e.WorkDir + "/state",
				"XDG_RUNTIME_DIR": e.WorkDir + "/run", "STET_REVIEWER": "ana", "TERM": "xterm-256color", "LANG": "C.UTF-8",
			} {
				e.Setenv(k, v)
			}
			return os.MkdirAll(e.WorkDir+"/run", 0o700)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": runForCode, "holds": jsonHolds,
			// share FILE opens a store as "stet review" does; share -quit FILE leaves it.
			"share": func(ts *testscript.TestScript, neg bool, args []string) {
				path := ts.MkAbs(args[len(args)-1])
				if args[0] == "-quit" {
					ts.Check(shares[path].close())
					return
				}
				s, err := attach.Open(context.Background(), attach.Options{
					Options: store.Options{Path: path, Program: "stet review", App: "test", Create: true, Wait: 5 * time.Second},
					Actor:   "lea", Folders: attach.Folders(ts.Getenv),
				})
				ts.Check(err)
				if s.Owns() == neg {
					ts.Fatalf("owner: %v, %v", s.Owns(), s.Unshared())
				}
				shares[path] = &open{store: s, close: s.Close}
				ts.Defer(func() { s.Close() })
			},
		},
	})
}
