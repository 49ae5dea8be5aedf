//go:build !windows

package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// examined is what a child says of one file.
type examined struct {
	Path     string
	OpenErr  string   // "" when it opened
	OpenKind string   // the sentinel
	Notices  []string // of the open store
	ReadErr  string   // of reading everything
	ReadKind string
	Verify   []string // problems
	VerErr   string
	CloseErr string
	Digest   string // of everything that can be read
	Salvage  salvaged
	Mirrored salvaged
}

type salvaged struct {
	Err      string
	Found    int
	Lost     []uint64
	Put      []string
	Problems []string
	Verify   []string
	Digest   string
}

// childVerify opens one store, checks it and says in a word what came of it.
func childVerify(path string) int {
	s, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		fmt.Println("refused:", kindName(err))
		return 0
	}
	r, err := s.Verify(context.Background(), nil)
	closed := s.Close()
	switch {
	case err != nil:
		fmt.Println("refused by the check:", kindName(err))
	case closed != nil:
		fmt.Println("UNTYPED close:", closed)
	case !r.OK():
		fmt.Println("found by the check")
	default:
		fmt.Println("no harm")
	}
	return 0
}

// childExamine reads paths from stdin and examines each: open, read, verify,
// close, salvage. After the word "mirrored" it salvages with the mirror too.
func childExamine(dir string) int {
	in := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		path, mirrored := strings.CutPrefix(in.Text(), "mirrored ")
		fmt.Println("begin", path)
		x := examine(path)
		x.Salvage = salvageOf(path, filepath.Join(dir, "salvage.db"))
		if mirrored {
			if err := os.Symlink(filepath.Join(dir, "base.mirror"), path+".mirror"); err != nil {
				fmt.Println(err)
				return 1
			}
			x.Mirrored = salvageOf(path, filepath.Join(dir, "mirrored.db"))
		}
		if err := out.Encode(x); err != nil {
			return 1
		}
	}
	return 0
}

func kindName(err error) string {
	if err == nil {
		return ""
	}
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			return s.Error()
		}
	}
	return "UNTYPED"
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func examine(path string) (x examined) {
	x.Path = path
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	s, err := store.Open(ctx, store.Options{Path: path, Program: "test"})
	if x.OpenErr, x.OpenKind = text(err), kindName(err); err != nil {
		return x
	}
	if st, err := s.Stat(ctx); err == nil {
		x.Notices = st.Notices
	}
	x.Digest, err = digest(ctx, s, true)
	x.ReadErr, x.ReadKind = text(err), kindName(err)
	r, err := s.Verify(ctx, nil)
	x.VerErr = text(err)
	for _, p := range r.Problems {
		x.Verify = append(x.Verify, p.String())
	}
	x.CloseErr = text(s.Close())
	return x
}

func salvageOf(from, to string) (x salvaged) {
	ctx := context.Background()
	for _, old := range []string{to, to + ".mirror", to + ".lock", to + ".place"} {
		_ = os.Remove(old)
	}
	out, err := store.Salvage(ctx, from, to, "test", time.Now)
	if err != nil {
		x.Err = err.Error()
		return x
	}
	x.Found, x.Lost = out.Found, out.Lost
	for _, p := range out.Put {
		x.Put = append(x.Put, p.String())
	}
	for _, p := range out.Problems {
		x.Problems = append(x.Problems, p.String())
	}
	s, err := store.Open(ctx, store.Options{Path: to, Program: "test", NoSync: true})
	if err != nil {
		x.Err = err.Error()
		return x
	}
	r, err := s.Verify(ctx, nil)
	if err != nil {
		x.Err = err.Error()
	}
	for _, p := range r.Problems {
		x.Verify = append(x.Verify, p.String())
	}
	if x.Digest, err = digest(ctx, s, false); err != nil {
		x.Digest = "unreadable: " + err.Error()
	}
	if err := s.Close(); err != nil {
		x.Err = err.Error()
	}
	return x
}

// digest is the hash of everything that can be asked of a store; with file,
// what a copy made from the log alone need not have is included.
func digest(ctx context.Context, s store.Store, file bool) (string, error) {
	var all []any
	events, err := everyEvent(s, store.Query{}, 0)
	if err != nil {
		return "", err
	}
	list, err := s.Articles(ctx, "ana", annotations.Desk, math.MaxInt)
	if err != nil {
		return "", err
	}
	items, err := s.Evidence(ctx, annotations.EvidenceID{}, math.MaxInt)
	if err != nil {
		return "", err
	}
	all = append(all, events, tidy(list), items)
	for _, sum := range list {
		a, err := store.Load(ctx, s, sum.ID)
		if err != nil {
			return "", err
		}
		rows, err := s.State(ctx, sum.ID, 0, math.MaxUint32, math.MaxInt)
		if err != nil {
			return "", err
		}
		id, err := s.Lookup(ctx, sum.Name)
		if err != nil {
			return "", err
		}
		book, err := s.Blob(ctx, sum.Codebook, 0, -1)
		if err != nil {
			return "", err
		}
		all = append(all, a.Body, a.Units, rows, id, book)
	}
	for _, e := range events {
		if e.After != nil && e.After.Confidential != nil {
			v, err := s.Secret(ctx, *e.After.Confidential)
			if err != nil {
				return "", err
			}
			all = append(all, v)
		}
	}
	for _, who := range []string{"ana", "ben", "lea"} {
		for _, m := range []annotations.Mode{annotations.Undo, annotations.Redo} {
			d, e, err := s.Undoable(ctx, who, m)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return "", err
			}
			all = append(all, d, e)
		}
	}
	if file {
		seals, err := s.Seals(ctx, 0, math.MaxInt)
		if err != nil {
			return "", err
		}
		st, err := s.Stat(ctx)
		if err != nil {
			return "", err
		}
		all = append(all, seals, st.ID, st.Created, st.App, st.Events)
	}
	b, err := json.Marshal(all)
	return annotations.HashOf(string(b)).String(), err
}
