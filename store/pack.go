package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/store/boltfile"
)

// packRun is how many bytes one transaction of a packed copy takes.
const packRun = 32 << 20

// pack writes the store at from anew at to, key by key in order, so that every page
// is full: a log that is replayed puts the rows of articles, texts and people in
// wherever they belong, and bbolt splits a page for each that does not fit. It makes
// sure that the copy holds the same. Nobody else may have either file open.
func pack(ctx context.Context, from, to string) (err error) {
	src, err := bolt.Open(from, 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true})
	if err != nil {
		return preflightError(from, err)
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	dst, err := bolt.Open(to, 0o600, &bolt.Options{Timeout: time.Second, NoSync: true})
	if err != nil {
		return preflightError(to, err)
	}
	err = bolt.Compact(dst, src, packRun)
	if err == nil {
		err = sameContent(ctx, src, dst)
	}
	if err := errors.Join(err, dst.Sync(), dst.Close()); err != nil {
		return err
	}
	c, err := boltfile.CheckFile(ctx, to, boltfile.Options{})
	if err == nil && c.Damaged() {
		err = c.Err()
	}
	return err
}

// sameContent tells where b does not hold what a holds, or nil.
func sameContent(ctx context.Context, a, b *bolt.DB) error {
	return a.View(func(x *bolt.Tx) error {
		return b.View(func(y *bolt.Tx) error {
			for _, name := range buckets() {
				p, q := x.Bucket([]byte(name)), y.Bucket([]byte(name))
				if p == nil || q == nil {
					return fmt.Errorf("there is no bucket %q", name)
				}
				c, d := p.Cursor(), q.Cursor()
				k, v := c.First()
				for m, w := d.First(); k != nil || m != nil; m, w = d.Next() {
					if !bytes.Equal(k, m) || !bytes.Equal(v, w) {
						return fmt.Errorf("a row of %q came out otherwise", name)
					}
					if err := ctx.Err(); err != nil {
						return err
					}
					k, v = c.Next()
				}
			}
			return nil
		})
	})
}

// smaller is the one of two files that takes less room.
func smaller(a, b string) (string, error) {
	x, err := os.Stat(a)
	if err != nil {
		return "", err
	}
	y, err := os.Stat(b)
	if err != nil || y.Size() < x.Size() {
		return b, err
	}
	return a, nil
}
