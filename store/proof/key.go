package proof

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"stet.example/stet/annotations"
)

// Key is an Ed25519 key that signs checkpoints.
type Key struct {
	signer note.Signer
	secret string
	public string
}

// MaxKeyName is the longest name of a key, in bytes.
const MaxKeyName = 64

// NewKey makes a key with a name: letters, digits and . _ - / of ASCII, at most
// [MaxKeyName] bytes. The name is part of what signatures are bound to.
func NewKey(random io.Reader, name string) (*Key, error) {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/"
	if name == "" || len(name) > MaxKeyName || strings.Trim(name, allowed) != "" {
		return nil, fmt.Errorf("%q cannot be a key's name: letters, digits and . _ - / only, at most %d of them", annotations.Visible(name), MaxKeyName)
	}
	secret, _, err := note.GenerateKey(random, name)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return parseKey(secret)
}

func parseKey(secret string) (*Key, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, errors.New("it holds no key that signs checkpoints") // the library's error may quote the key
	}
	parts := strings.SplitN(secret, "+", 5) // PRIVATE, KEY, name, hash, data; in the data there may be more
	b, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(b) != 1+ed25519.SeedSize {
		return nil, errors.New("it holds no Ed25519 key")
	}
	half, ok := ed25519.NewKeyFromSeed(b[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("it holds no Ed25519 key")
	}
	public, err := note.NewEd25519VerifierKey(signer.Name(), half)
	if err != nil {
		return nil, err
	}
	return &Key{signer: signer, secret: secret, public: public}, nil
}

// Name is the key's name.
func (k *Key) Name() string { return k.signer.Name() }

// Public is the verifier key, "name+hash+data", which others check signatures
// with. It is no secret.
func (k *Key) Public() string { return k.public }

// Save writes the key to a new file that only its owner can read, and the
// folders above it. A file that is there already is an error wrapping
// [os.ErrExist].
func (k *Key) Save(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, k.secret+"\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// LoadKey reads the key in the file at path. A file that others can read is
// refused, except on Windows, where the mode does not tell. Errors wrap
// [os.ErrNotExist] when there is none.
func LoadKey(path string) (*Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	const next = "Nothing was signed. Name the file that `stet checkpoint --init-key` made"
	switch {
	case info.IsDir():
		return nil, fmt.Errorf("%s is no key, but a folder. %s", path, next)
	case info.Size() > 4096 || !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no key. %s", path, next)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the key %s can be read by others (mode %04o). Nothing was signed. Make it private (chmod 600), or make a new key if it was read", path, info.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	k, err := parseKey(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w. %s", path, err, next)
	}
	return k, nil
}

// CheckPublic tells why vkey is no verifier key, or nil.
func CheckPublic(vkey string) error {
	_, err := note.NewVerifier(vkey)
	return err
}
