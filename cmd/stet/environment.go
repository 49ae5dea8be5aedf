package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"stet.example/stet/store"
)

// environment is all that the commands know of the world.
type environment struct {
	stdin      io.Reader
	stdout     io.Writer
	stderr     io.Writer
	getenv     func(string) string
	environ    func() []string            // KEY=value, for the screens
	home       func() string              // the user's folder, "" when it is not known
	user       func() string              // login name, "" when it is not known
	clock      func() time.Time           // local time
	random     io.Reader                  // for salts and identities
	isTerminal func(stream any) bool      // of one of the three streams above
	build      func() (version, x string) // version of the program; where it was built from, for bug reports
	apart      apart                      // runs the program once more in a process of its own; nil where there is none
}

// apart runs this program with other arguments, within limits, and gives its exit code.
type apart func(ctx context.Context, l store.Limits, args []string, stdout, stderr io.Writer) (int, error)

// systemEnvironment is the real world. It also makes new files private.
func systemEnvironment() *environment {
	privateFiles()
	return &environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, environ: os.Environ, home: homeFolder, user: loginName,
		clock: time.Now, random: rand.Reader, isTerminal: isTerminal, build: buildVersion, apart: store.Supervise,
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// homeFolder is where HOME says, else where the system's list of users says; ""
// where neither names a whole path. A relative one would be another folder, and
// another store, after every cd.
func homeFolder() string {
	if dir, err := os.UserHomeDir(); err == nil && filepath.IsAbs(dir) {
		return dir
	}
	if u, err := user.Current(); err == nil && filepath.IsAbs(u.HomeDir) {
		return u.HomeDir
	}
	return ""
}

// loginName gives the name a person logged in by, without a Windows domain.
func loginName() string {
	name := os.Getenv("USER")
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:]
	}
	return name
}

// buildVersion reads what the linker noted: the module's version where the
// program was installed by one, else "devel".
func buildVersion() (version, revision string) {
	version = "devel"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, ""
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		version = v
	}
	dirty := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = " (changed)"
		}
	}
	if revision != "" {
		revision += dirty
	}
	return version, revision
}
