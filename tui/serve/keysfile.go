package serve

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func rsaBits(pub gossh.PublicKey) int {
	if c, ok := pub.(gossh.CryptoPublicKey); ok {
		if k, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok {
			return k.N.BitLen()
		}
	}
	return 0
}

// Keys is a file of keys that is read again when it has changed. It is safe for
// concurrent use.
type Keys struct {
	path  string
	mu    sync.Mutex
	info  fs.FileInfo // of the file as it was read; nil after a failure
	read  time.Time
	list  []Key
	byKey map[string]*Key
	err   error // of the last reading; keys of good lines hold all the same
	news  error // err that nobody has been told yet
}

// OpenKeys reads a file of keys for the first time. Every line must be right,
// there must be a key, and the file must be safe (see the package comment).
func OpenKeys(path string) (*Keys, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	k := &Keys{path: path}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh()
	if k.err != nil {
		return nil, k.err
	}
	if len(k.list) == 0 {
		return nil, fmt.Errorf("%s holds no key: nobody could log in", path)
	}
	return k, nil
}

// List returns the keys in the order of the file.
func (k *Keys) List() []Key {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh()
	return slices.Clone(k.list)
}

// Find returns the line of a key.
func (k *Keys) Find(pub gossh.PublicKey) (Key, bool) {
	if pub == nil {
		return Key{}, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh()
	if found := k.byKey[string(pub.Marshal())]; found != nil {
		return *found, true
	}
	return Key{}, false
}

// News returns what was wrong with the file when it was last read, once.
func (k *Keys) News() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh()
	err := k.news
	k.news = nil
	return err
}

// settled is how old a file's time must be for an unchanged time to mean an
// unchanged file: file systems count time in steps.
const settled = 2 * time.Second

// refresh reads the file if it may have changed.
func (k *Keys) refresh() {
	if now, err := os.Stat(k.path); err == nil && k.info != nil && os.SameFile(now, k.info) &&
		now.Size() == k.info.Size() && now.ModTime().Equal(k.info.ModTime()) && now.Mode() == k.info.Mode() &&
		k.read.Sub(now.ModTime()) > settled {
		return
	}
	src, info, err := readPrivate(k.path)
	k.info, k.read = info, time.Now() //nolint:forbidigo // compared with the file system's clock
	var list []Key
	if err == nil {
		list, err = ParseKeys(k.path, src)
	}
	k.list, k.byKey = list, make(map[string]*Key, len(list))
	for i := range list {
		k.byKey[string(list[i].Public.Marshal())] = &list[i]
	}
	if err != nil && (k.err == nil || k.err.Error() != err.Error()) {
		k.news = err
	}
	k.err = err
}

// readPrivate reads a file that nobody but its owner can have written, looking at
// the very file that it reads.
func readPrivate(path string) ([]byte, fs.FileInfo, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // opening a pipe waits for a writer
		return nil, nil, fmt.Errorf("%s is no ordinary file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("the file of keys cannot be read: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s is no ordinary file", path)
	}
	if err := unsafeFile(path, info); err != nil {
		return nil, nil, err
	}
	if err := unsafeFolders(path); err != nil {
		return nil, nil, err
	}
	src, err := io.ReadAll(io.LimitReader(f, maxKeysFile+1))
	if err == nil && bytes.IndexByte(src, 0) >= 0 {
		err = fmt.Errorf("%s is no text", path)
	}
	return src, info, err
}

// unsafeFile tells why somebody else could write a file, or nil.
func unsafeFile(path string, info fs.FileInfo) error {
	if info.Mode().Perm()&0o022 != 0 && checksModes {
		return fmt.Errorf("%s may be written by others (mode %o): whoever does that could log in as anybody. Run: chmod go-w %s", path, info.Mode().Perm(), path)
	}
	if !ownedSafely(info) {
		return fmt.Errorf("%s belongs to another user: whoever owns it could log in as anybody", path)
	}
	return nil
}

// unsafeFolders tells which folder above a file lets others put another file in
// its place, or nil. Where the sticky bit is set they cannot.
func unsafeFolders(path string) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	for dir := filepath.Dir(real); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return err
		}
		if info.Mode()&fs.ModeSticky == 0 {
			if err := unsafeFile(dir, info); err != nil {
				return err
			}
		} else if !ownedSafely(info) {
			return errors.New(dir + " belongs to another user")
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}
