package boltfile

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// childEnv makes the test binary open files with bbolt instead of running
// tests. bbolt may crash or hang on a damaged file, so that only happens there.
const childEnv = "BOLTFILE_OPEN_FILES_FROM_STDIN"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(openAll())
	}
	os.Exit(m.Run())
}

// openAll reads paths from standard input. For each it prints "begin", one
// line for each record, "error" lines, and "end".
func openAll() int {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		fmt.Fprintf(out, "begin %s\n", in.Text())
		out.Flush()
		if err := openOne(in.Text(), out); err != nil {
			fmt.Fprintf(out, "error %s\n", strings.ReplaceAll(err.Error(), "\n", "\nerror "))
		}
		fmt.Fprintln(out, "end")
		out.Flush()
	}
	return 0
}

// openOne reads all records, then saves and deletes some and lets bbolt check itself.
func openOne(path string, out *bufio.Writer) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, NoGrowSync: true, Timeout: time.Second})
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return eachRecord([][]byte{bytes.Clone(name)}, b, func(path [][]byte, k, v []byte) {
				// Names are quoted, so that neither tab nor line end is in them.
				out.WriteString("record " + recordName(path, k) + "\t" + digest(v) + "\n")
			})
		})
	})
	for save := range 3 {
		if err != nil {
			break
		}
		err = db.Update(func(tx *bolt.Tx) error { return touch(tx, save) })
	}
	if err == nil {
		err = db.View(func(tx *bolt.Tx) error {
			var faults []error
			for err := range tx.Check() {
				faults = append(faults, err)
			}
			return errors.Join(faults...) // one a line
		})
	}
	return errors.Join(err, db.Close())
}

// touch writes to every top bucket: the first key goes, new ones come.
func touch(tx *bolt.Tx, save int) error {
	var tops []*bolt.Bucket
	err := tx.ForEach(func(_ []byte, b *bolt.Bucket) error { tops = append(tops, b); return nil })
	for _, b := range tops {
		if k, v := b.Cursor().First(); v != nil {
			err = errors.Join(err, b.Delete(bytes.Clone(k)))
		}
		for i := range 20 {
			err = errors.Join(err, b.Put(fmt.Appendf(nil, "new %d.%d", save, i), make([]byte, 100*i)))
		}
	}
	return err
}

func digest(v []byte) string {
	s := sha256.Sum256(v)
	return strconv.Itoa(len(v)) + ":" + hex.EncodeToString(s[:8])
}

// opened is what a child made of one file.
type opened struct {
	records map[string]string // recordName → digest
	errors  []string
	done    bool // false: the child crashed or hung on it
	stderr  string
}

// openInChild opens the files with bbolt in a child process, which gets limit for all of them.
func openInChild(tb testing.TB, paths []string, limit time.Duration) map[string]opened {
	tb.Helper()
	results := map[string]opened{}
	for len(paths) > 0 {
		ctx, cancel := context.WithTimeout(tb.Context(), limit)
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"=1")
		cmd.Stdin = strings.NewReader(strings.Join(paths, "\n") + "\n")
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		cancel()
		n := readChild(tb, stdout.String(), results)
		if err == nil && n == len(paths) {
			return results
		}
		if n >= len(paths) {
			tb.Fatalf("the child failed after its work: %v\n%s", err, &stderr)
		}
		// The child died on paths[n]; a new one takes over after it.
		r := results[paths[n]]
		r.done, r.stderr = false, fmt.Sprint(err, ": ", stderr.String()[:min(stderr.Len(), 600)])
		results[paths[n]] = r
		paths = paths[n+1:]
	}
	return results
}

// readChild reads a child's output into results and returns how many files it finished.
func readChild(tb testing.TB, out string, results map[string]opened) int {
	tb.Helper()
	n := 0
	var path string
	var r opened
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "begin":
			path, r = rest, opened{records: map[string]string{}}
		case "record":
			name, sum, _ := strings.Cut(rest, "\t")
			r.records[name] = sum
		case "error":
			r.errors = append(r.errors, rest)
		case "end":
			r.done = true
			results[path] = r
			n++
		}
	}
	return n
}
