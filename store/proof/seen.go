package proof

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// keepSeen is how many seals of a store are remembered: the newest ones.
const keepSeen = 32

// Log is what [Check] looks at; the engines of [store.Store] are logs.
type Log interface {
	store.Prover
	Stat(ctx context.Context) (store.Stat, error)
	Seals(ctx context.Context, size uint64, limit int) ([]store.Seal, error)
}

// Complaint says that a log no longer holds what was seen of it.
type Complaint struct {
	Seen  store.Seal // the oldest seal that the log does not hold
	Holds uint64     // the newest size seen that it does hold; 0 for none
	Have  uint64     // events in the log now
}

// String says it in one sentence, without a full stop.
func (c *Complaint) String() string {
	when := c.Seen.Time.UTC().Format("2006-01-02 15:04:05")
	if c.Seen.Size > c.Have {
		return fmt.Sprintf("on %s this history had %d events, now it has %d: it is an older copy, or some were cut off", when, c.Seen.Size, c.Have)
	}
	since := "from the beginning"
	if c.Holds > 0 {
		since = fmt.Sprintf("after event %d", c.Holds)
	}
	return fmt.Sprintf("the first %d events are not those that were seen on %s: something %s was changed", c.Seen.Size, when, since)
}

func seenFile(dir, id string) (string, error) {
	if b, err := hex.DecodeString(id); err != nil || len(b) != 16 {
		return "", fmt.Errorf("%q is no identity of a store", annotations.Visible(id))
	}
	return filepath.Join(dir, "seals", id), nil
}

// Remember notes in a folder that this seal of the store with this identity was
// seen. The file has a line for each seal: size, root in base64, time. It is
// replaced in one step. A seal that was noted already costs no write. Call it
// only when [Check] has nothing to complain of.
func Remember(dir, id string, s store.Seal) error {
	path, err := seenFile(dir, id)
	if err != nil || s.Size == 0 {
		return err
	}
	list, err := readSeen(path)
	if err != nil {
		list = nil // a damaged note is begun afresh; Check has complained of it
	}
	if slices.ContainsFunc(list, func(x store.Seal) bool { return x.Size == s.Size && x.Root == s.Root }) {
		return nil
	}
	list = slices.DeleteFunc(list, func(x store.Seal) bool { return x.Size == s.Size })
	list = append(list, s)
	slices.SortFunc(list, func(a, b store.Seal) int { return cmp.Compare(a.Size, b.Size) })
	list = list[max(0, len(list)-keepSeen):]
	var b strings.Builder
	for _, x := range list {
		fmt.Fprintf(&b, "%d %s %s\n", x.Size, base64.StdEncoding.EncodeToString(x.Root[:]), x.Time.UTC().Format(time.RFC3339Nano))
	}
	return replaceFile(path, b.String())
}

// Forget drops what was noted of a store, as after a backup was restored.
func Forget(dir, id string) error {
	path, err := seenFile(dir, id)
	if err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Check compares a log with every seal that [Remember] noted of it, and returns
// nil when it holds them all or nothing was noted. Without deep it believes the
// seals that stand in the store, which costs nothing and is right at each start;
// where one is missing, and for all of them with deep, it hashes the log, about
// a second for a million events.
func Check(ctx context.Context, dir string, log Log, deep bool) (*Complaint, error) {
	st, err := log.Stat(ctx)
	if err != nil {
		return nil, err
	}
	path, err := seenFile(dir, st.ID)
	if err != nil {
		return nil, err
	}
	list, err := readSeen(path)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	roots, err := rootsOf(ctx, log, st.Events, list, deep)
	if err != nil {
		return nil, err
	}
	c := Complaint{Have: st.Events}
	for i, s := range list {
		if i >= len(roots) || roots[i] != s.Root {
			c.Seen = s
			return &c, nil
		}
		c.Holds = s.Size
	}
	return nil, nil
}

// Watch is what a program does when it opens a store: it checks, without deep,
// and where there is nothing to complain of it remembers the seal that the last
// one left. It takes a few milliseconds when there is a new seal to note, so a
// screen need not wait for it.
func Watch(ctx context.Context, dir string, log Log) (*Complaint, error) {
	c, err := Check(ctx, dir, log, false)
	if c != nil || err != nil {
		return c, err
	}
	st, err := log.Stat(ctx)
	if err != nil || st.Events == 0 {
		return nil, err
	}
	last, err := log.Seals(ctx, st.Events, 1)
	if err != nil || len(last) == 0 { // nobody has sealed since the last save
		return nil, err
	}
	return nil, Remember(dir, st.ID, last[0])
}

// rootsOf gives the log's roots at the sizes of list, as far as the log goes.
func rootsOf(ctx context.Context, log Log, have uint64, list []store.Seal, deep bool) ([]annotations.Hash, error) {
	var sizes []uint64
	var stored []annotations.Hash
	for _, s := range list {
		if s.Size > have {
			break
		}
		sizes = append(sizes, s.Size)
		if deep || len(stored) != len(sizes)-1 {
			continue
		}
		at, err := log.Seals(ctx, s.Size, 1)
		if err != nil {
			return nil, err
		}
		if len(at) == 1 && at[0].Size == s.Size && at[0].Root == s.Root {
			stored = append(stored, at[0].Root)
		}
	}
	if !deep && len(stored) == len(sizes) {
		return stored, nil
	}
	return Roots(ctx, log, sizes...)
}

// readSeen reads what was noted, by size; nothing when there is no such file.
func readSeen(path string) ([]store.Seal, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []store.Seal
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		s, err := parseSeen(line)
		if err != nil || i > 0 && s.Size <= out[i-1].Size {
			return nil, fmt.Errorf("%s, line %d: it is not what was noted there. Remove the file if you know why", path, i+1)
		}
		out = append(out, s)
	}
	return out, nil
}

func parseSeen(line string) (s store.Seal, err error) {
	f := strings.Split(line, " ")
	if len(f) != 3 {
		return s, errors.New("not three words")
	}
	if s.Size, err = strconv.ParseUint(f[0], 10, 62); err != nil {
		return s, err
	}
	root, err := base64.StdEncoding.Strict().DecodeString(f[1])
	if err != nil || len(root) != len(s.Root) {
		return s, errors.New("no root")
	}
	s.Root = annotations.Hash(root)
	s.Time, err = time.Parse(time.RFC3339Nano, f[2])
	return s, err
}

// replaceFile writes a private file in one step.
func replaceFile(path, text string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*") // made for its owner alone
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
