package store

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// lockFile is the side file that decides who owns a store. bbolt's own lock
// would not do: after the file is replaced by a rename, a second program could
// lock the new one while the first still writes the old.
type lockFile struct {
	path    string
	lock    *flock.Flock
	unclean bool // the last owner went without saying goodbye
	idle    bool // there is none: nothing may be written beside the store
}

// owner is what the lock file says of the program that holds it. The file is
// emptied at an orderly end, so text in a free lock tells of a crash.
type owner struct {
	PID     int    `json:"pid"`
	Host    string `json:"host"`
	Program string `json:"program"`
	Since   string `json:"since"`
}

// lockStore takes the lock of the store at path, trying for as long as wait.
func lockStore(ctx context.Context, path, program string, wait time.Duration) (*lockFile, error) {
	l := &lockFile{path: path + ".lock", lock: flock.New(lockedFile(path), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))}
	give := time.NewTimer(wait)
	defer give.Stop()
	for {
		ok, err := l.lock.TryLock()
		if err != nil {
			return nil, noAccess(path, err)
		}
		if ok {
			if err := l.sign(program); err != nil {
				return nil, errors.Join(noAccess(path, err), l.lock.Unlock())
			}
			return l, nil
		}
		again := time.NewTimer(10*time.Millisecond + rand.N(40*time.Millisecond))
		select {
		case <-again.C:
		case <-give.C:
			again.Stop()
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return nil, l.held(path)
		case <-ctx.Done():
			again.Stop()
			return nil, ctx.Err()
		}
	}
}

// lockedFile is what is locked for the store at path. On Windows nobody can read or
// write what is locked, not even the program that did it, by another handle: there it is
// a file of its own, and the one that says who the owner is stays free.
func lockedFile(path string) string {
	if runtime.GOOS == "windows" {
		return path + ".lock.held"
	}
	return path + ".lock"
}

// noAccess explains a path that cannot be used at all.
func noAccess(path string, err error) error {
	next := "Check the path, or name another file with --db"
	if errors.Is(err, fs.ErrPermission) {
		next = "You may not write there: name another file with --db, or have its owner change the rights"
	}
	if errors.Is(err, fs.ErrNotExist) {
		next = "The folder does not exist: create it, or name another file with --db"
	}
	kind := ErrReadOnly
	if isFull(err) {
		kind, next = ErrFull, "Free some room and try again"
	}
	return &Error{Kind: kind, What: "the store " + path + " cannot be opened for writing", Safe: "Nothing was changed", Next: next, Err: err}
}

func (l *lockFile) sign(program string) error {
	was, err := l.text()
	if err != nil {
		return err
	}
	l.unclean = len(was) > 0
	host, _ := os.Hostname()                                                                                                    //nolint:errcheck // for people only
	b, err := json.Marshal(owner{PID: os.Getpid(), Host: host, Program: program, Since: time.Now().UTC().Format(time.RFC3339)}) //nolint:forbidigo // for people only
	if err != nil {
		return err
	}
	err = l.write(append(b, '\n'))
	if isFull(err) {
		return nil // what is there can be read all the same; others are not told who reads it
	}
	return err
}

// write writes over what the file says, and cuts the rest off then: were it emptied
// first, a program that is killed in between would take the last crash's trace with it.
func (l *lockFile) write(b []byte) error {
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.Write(b); err == nil {
		err = f.Truncate(int64(len(b)))
	}
	return errors.Join(err, f.Close())
}

// text is what the lock file says, as far as a program would write in it.
func (l *lockFile) text() ([]byte, error) {
	f, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // where another file is locked
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(f, 4<<10))
}

// held says who holds the lock, as far as the file and the system tell.
func (l *lockFile) held(path string) error {
	h := &HeldError{Path: path}
	var o owner
	if b, err := l.text(); err == nil && json.Unmarshal(b, &o) == nil {
		h.PID, h.Program, h.Since = o.PID, o.Program, o.Since
		if here, err := os.Hostname(); err == nil && here != o.Host {
			h.Host = o.Host
		} else {
			h.Stopped = stopped(o.PID)
		}
	}
	return h
}

// stopped reports whether a process is suspended; false where that cannot be known.
func stopped(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	_, after, ok := strings.Cut(string(b), ") ")
	return ok && (strings.HasPrefix(after, "T") || strings.HasPrefix(after, "t"))
}

// release lets go. clean says that the store was closed in order; otherwise
// the text stays, and the next owner checks the whole file first.
func (l *lockFile) release(clean bool) error {
	if l.idle {
		return nil
	}
	var err error
	if clean {
		err = os.Truncate(l.path, 0)
	}
	return errors.Join(err, l.lock.Unlock())
}
