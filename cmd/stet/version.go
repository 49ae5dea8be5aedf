package main

import (
	"runtime"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "the version of this program",
		Long: `Prints the program's version, the Go it was built with, the system, and the
version of the store's layout that it reads and writes.

` + exitWords,
		Example: `  stet version --json`,
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return runVersion(a) },
	}
}

func runVersion(a *app) error {
	v, revision := a.build()
	if a.flags.json {
		return a.printJSON(map[string]any{
			"version": v, "revision": revision, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "storeFormat": store.FormatVersion,
		})
	}
	if revision != "" {
		v += " " + revision
	}
	return a.print("stet %s, %s, %s/%s, store layout %d", v, runtime.Version(), runtime.GOOS, runtime.GOARCH, store.FormatVersion)
}
