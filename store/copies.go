package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"stet.example/stet/annotations"
)

// MaxCopy is the largest file that is kept as evidence, in bytes.
const MaxCopy = 256 << 20

// KeepCopy keeps a file as evidence: it is stored whole, and what it holds is
// returned with its hash. An error is about the file, without its name, or the
// store's.
func KeepCopy(ctx context.Context, st Store, path string) (annotations.Hash, string, error) {
	var none annotations.Hash
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // to open a pipe would wait for whoever writes to it
		return none, "", errors.New("it is no ordinary file")
	}
	f, err := os.Open(path)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return none, "", fmt.Errorf("%w. Give a URL with its https://, or a file", err)
	}
	defer f.Close() //nolint:errcheck // only read
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return none, "", errors.Join(err, errors.New("it is no ordinary file"))
	}
	b, err := io.ReadAll(io.LimitReader(f, MaxCopy+1))
	switch {
	case err != nil:
		return none, "", err
	case len(b) == 0:
		return none, "", errors.New("it is empty")
	case len(b) > MaxCopy:
		return none, "", fmt.Errorf("it is longer than %d bytes. Give its URL, or cut out what bears on the claim", MaxCopy)
	}
	text := string(b)
	h, err := st.PutBlob(ctx, text)
	return h, text, err
}
