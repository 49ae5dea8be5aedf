package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"stet.example/stet/annotations/codebook"
)

func main() {
	// Starting up allocates a little over the 4 MB at which the first garbage
	// collection would run, in the middle of drawing the first frame.
	debug.SetGCPercent(200)
	go codebook.Builtin() // parsed while the store is opened; nearly every command needs it
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, systemEnvironment(), os.Args[1:])
	stop()
	os.Exit(code)
}
