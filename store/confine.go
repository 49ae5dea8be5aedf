package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"time"
)

// Limits bound a child process that looks at a file which may be damaged.
type Limits struct {
	Time   time.Duration // how long it may take in all
	Memory int64         // bytes that it may have
}

// LimitsFor is enough to look at the store at path several times over on a slow
// machine: a check keeps about as much in memory as the file has, and reads it a
// few times.
func LimitsFor(path string) Limits {
	l := Limits{Time: 2 * time.Minute, Memory: 1 << 30}
	if info, err := os.Stat(path); err == nil {
		l.Time += time.Duration(info.Size()>>20) * 2 * time.Second
		l.Memory += 8 * info.Size()
	}
	return l
}

// confinedVar tells a child of [Supervise] how many bytes it may have.
const confinedVar = "STET_CONFINED"

// Confined reports whether this process is a child of [Supervise], and holds it to
// its memory from here on. A command that supervises itself asks this first.
func Confined() bool {
	n, err := strconv.ParseInt(os.Getenv(confinedVar), 10, 64)
	if err != nil || n <= 0 {
		return false
	}
	debug.SetMemoryLimit(n - n/4) // collect garbage harder before it is too late
	limitMemory(n)                // where this system has no such limit, the other one is all
	return true
}

// Supervise runs this program once more with these arguments, within limits, and
// returns its exit code. What damage does to it, a crash or an endless loop, does
// not reach this process: it is an error that wraps [ErrDamaged]. Only what a child
// that came to its end wrote goes to stdout; stderr gets everything as it comes.
func Supervise(ctx context.Context, l Limits, args []string, stdout, stderr io.Writer) (int, error) {
	exe, err := os.Executable()
	if err != nil {
		return 0, err
	}
	ctx, stop := context.WithTimeoutCause(ctx, l.Time, errOvertime)
	defer stop()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Args[0] = os.Args[0] // which some go by
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", confinedVar, l.Memory))
	cmd.Stdout, cmd.Stderr = &out, stderr
	// Asked to stop it lets go of the file; what cannot hear is killed.
	cmd.Cancel, cmd.WaitDelay = func() error { return cmd.Process.Signal(os.Interrupt) }, 2*time.Second
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
	case context.Cause(ctx) == errOvertime: //nolint:errorlint // it is made here
		return 0, childFailed("did not come to an end within "+l.Time.String()+" and was stopped", nil)
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case !errors.As(err, &exit):
		return 0, err // it was not even started
	case exit.ExitCode() < 0 || exit.ExitCode() == crashCode:
		return 0, childFailed("crashed, or took more than "+strconv.FormatInt(l.Memory>>20, 10)+" MiB", err)
	}
	if _, err := stdout.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), nil
}

// crashCode is how a Go program ends that panics or has no memory left. A child
// never ends so because it was called wrongly: its parent was called the same way.
const crashCode = 2

var errOvertime = errors.New("overtime")

func childFailed(what string, err error) error {
	return &Error{
		Kind: ErrDamaged, What: "the process that looked at the file " + what, Safe: "Nothing was written to the file",
		Next: "`stet check --salvage NEW` takes out what can be read", Err: err,
	}
}
