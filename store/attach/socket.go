package attach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"stet.example/stet/store"
)

// Folders lists where the sockets of this user may lie, the best first; getenv
// is that of the process. It is empty where nobody can attach.
func Folders(getenv func(string) string) []string {
	if maxPath == 0 {
		return nil
	}
	uid := strconv.Itoa(os.Geteuid())
	var out []string
	if dir := getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		out = append(out, filepath.Join(dir, "stet"))
	}
	for _, dir := range []string{
		filepath.Join("/run/user", uid, "stet"), filepath.Join(os.TempDir(), "stet-"+uid), filepath.Join("/tmp", "stet-"+uid),
	} {
		if !slices.Contains(out, dir) {
			out = append(out, dir)
		}
	}
	return out
}

// socketName is the name of a store's socket.
func socketName(path string) (string, error) {
	path, err := store.FullPath(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path))
	}
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:12]) + ".sock", nil
}

// places lists the paths that a store's socket may have in folders. Those too
// long for the system are left out.
func places(folders []string, path string) ([]string, error) {
	name, err := socketName(path)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, dir := range folders {
		if p := filepath.Join(dir, name); len(p) <= maxPath {
			out = append(out, p)
		}
	}
	return out, nil
}

// errNoSocket says that nobody serves the store.
var errNoSocket = errors.New("nobody serves it")

// dialOne connects to the first socket among paths that somebody of this user
// serves.
func dialOne(ctx context.Context, paths []string) (net.Conn, error) {
	for _, path := range paths {
		if private(filepath.Dir(path)) != nil {
			continue
		}
		c, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
		if err == nil {
			if err = sameUser(c); err == nil {
				return c, nil
			}
			c.Close() //nolint:errcheck // a stranger's
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, errNoSocket
}

// listen makes a store's socket in the first of paths where that is possible.
// Whoever calls it holds the store's lock: what lies there is left over.
func listen(paths []string) (net.Listener, error) {
	failed := errors.New("no place for a socket")
	for _, path := range paths {
		l, err := listenAt(path)
		if err == nil {
			return l, nil
		}
		failed = err
	}
	return nil, failed
}

func listenAt(path string) (net.Listener, error) {
	dir := filepath.Dir(path)
	if _, err := os.Stat(filepath.Dir(dir)); err != nil {
		return nil, err // /run/user/1000 is made by the system, not by us
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := private(dir); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil // closing it removes the socket
}

// private tells why a folder cannot be trusted with a socket, or nil.
func private(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", dir)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s is open to others", dir)
	case !owned(info):
		return fmt.Errorf("%s belongs to somebody else", dir)
	}
	return nil
}
