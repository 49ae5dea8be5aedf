package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"
)

const maxHostKey = 64 << 10 // bytes

// HostKey reads the key by which clients know the server, and makes an ed25519
// one when there is none yet (made tells). The file is readable by its owner
// alone, and one that others can read is refused.
func HostKey(path string) (key gossh.Signer, made bool, err error) {
	src, err := readHostKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		made = true
		if err = makeHostKey(path); err == nil || errors.Is(err, fs.ErrExist) { // another server was quicker
			src, err = readHostKey(path)
		}
	}
	if err != nil {
		return nil, false, err
	}
	key, err = gossh.ParsePrivateKey(src)
	if err != nil {
		return nil, false, fmt.Errorf("the host key %s cannot be used: %w. Move it away and a new one is made; clients will ask about it", path, err)
	}
	return key, made, nil
}

func readHostKey(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("the host key %s is no ordinary file", path)
	case info.Mode().Perm()&0o077 != 0 && checksModes:
		return nil, fmt.Errorf("the host key %s can be read by others (mode %o): whoever has it can pretend to be this server. Run: chmod 600 %s, or move it away and a new one is made", path, info.Mode().Perm(), path)
	case !ownedSafely(info):
		return nil, fmt.Errorf("the host key %s belongs to another user", path)
	}
	return io.ReadAll(io.LimitReader(f, maxHostKey))
}

// makeHostKey puts a new key at path whole, unless something is there.
func makeHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	block, err := gossh.MarshalPrivateKey(private, "stet host key")
	if err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".host-key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // the link below is what stays
	_, err = f.Write(pem.EncodeToMemory(block))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	return os.Link(f.Name(), path)
}
