package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"stet.example/stet/annotations/codebook"
	_ "stet.example/stet/cmd/stet/resident" // less of the program in memory
)

func main() {
	collectMore()
	go codebook.Builtin() // parsed while the store is opened; nearly every command needs it
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, systemEnvironment(), os.Args[1:])
	stop()
	os.Exit(code)
}
