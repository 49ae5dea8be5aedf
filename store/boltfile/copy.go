package boltfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// CopyCommit writes commit c of the file src to a new file dst in which both
// meta pages name that commit, as bbolt's own backups do, so that bbolt opens it
// and nothing newer. The commit is checked first: one that is damaged is refused
// with a [*Damage], one that is not there with [ErrNoCommit].
//
// The copy has permissions 0600. It is made under a temporary name beside dst,
// synced, given its name, and the directory is synced. dst must not exist: the
// error is then one for [errors.Is] with [os.ErrExist]. After an error neither dst
// nor the temporary file is left. src is not changed.
func CopyCommit(ctx context.Context, src, dst string, c Commit) error {
	in, size, err := openRegular(src)
	if err != nil {
		return err
	}
	defer in.Close()
	rep, err := Check(ctx, in, size, Options{Commit: c})
	if err != nil {
		return fmt.Errorf("check the commit to copy: %w", err)
	}
	if err := rep.Err(); err != nil {
		return fmt.Errorf("%s cannot be copied: %w", c, err)
	}
	if _, err := os.Lstat(dst); err == nil {
		return fmt.Errorf("write the copy: %q: %w; choose another name", dst, os.ErrExist)
	}
	tmp, err := os.CreateTemp(filepath.Dir(dst), "."+filepath.Base(dst)+".*.tmp")
	if err != nil {
		return fmt.Errorf("make a file for the copy: %w", err)
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(fillCopy(ctx, tmp, in, rep), tmp.Close()); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	if _, err := Quick(tmp.Name()); err != nil {
		return fmt.Errorf("read the copy back: %w", err)
	}
	return publish(tmp.Name(), dst)
}

// fillCopy writes the pages of rep.Commit below its high water mark, and syncs.
func fillCopy(ctx context.Context, out *os.File, in io.ReaderAt, rep Report) error {
	ps := int64(rep.Info.PageSize)
	m := rep.Commit
	metas := make([]byte, 2*ps)
	newer, older := m.TxID, m.TxID-1
	if m.TxID == 0 {
		newer, older = 1, 0
	}
	// bbolt writes the next commit to the page its number gives, so the newer
	// number belongs where that will not be.
	at := newer % 2
	putMeta(metas[int64(at)*ps:][:ps], m, int(at), newer)
	putMeta(metas[int64(1-at)*ps:][:ps], m, int(1-at), older)
	if _, err := out.Write(metas); err != nil {
		return err
	}
	body := io.NewSectionReader(in, 2*ps, (int64(m.HighWater)-2)*ps)
	buf := make([]byte, drainChunk)
	for {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		n, err := body.Read(buf)
		if _, werr := out.Write(buf[:n]); werr != nil {
			return werr
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	return out.Sync()
}

// publish gives the finished file tmp the name dst, which nothing may have, and
// syncs the directory. A hard link fails when dst exists, where a rename would
// replace it; a rename is used where the file system has no links.
func publish(tmp, dst string) error {
	if err := os.Link(tmp, dst); err != nil {
		if errors.Is(err, os.ErrExist) {
			return fmt.Errorf("name the copy: %q: %w; choose another name", dst, os.ErrExist)
		}
		if _, err := os.Lstat(dst); err == nil {
			return fmt.Errorf("name the copy: %q: %w; choose another name", dst, os.ErrExist)
		}
		if err := os.Rename(tmp, dst); err != nil {
			return fmt.Errorf("name the copy: %w", err)
		}
	}
	if err := syncDir(filepath.Dir(dst)); err != nil {
		return errors.Join(err, os.Remove(dst))
	}
	return nil
}
