package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store/boltfile"
)

// Options says how to open a store.
type Options struct {
	Path    string           // of the file; side files stand beside it
	Program string           // "stet review": for people who find the store held
	App     string           // name and version of the program, kept in a new file
	Wait    time.Duration    // how long to try when another program holds it
	Create  bool             // make the file when it is not there
	Trial   bool             // a file that is made goes again at Close, unless something was saved to it
	Clock   func() time.Time // for tests
	Random  io.Reader        // for tests: where a new store's identity comes from
	NoSync  bool             // do not wait for the disk: for throw-away stores only
	Lean    bool             // memory counts for more than a read's time, as with screens: see lean
	// Slow, unless nil, is told of every read transaction longer than 50 ms: a held
	// reader makes the file grow with every save. It is for tests, which fail then.
	Slow func(took time.Duration)
}

// Bolt is a store in one bbolt file. One process owns the file at a time.
type Bolt struct {
	shared
	path    string
	clock   func() time.Time
	slow    func(took time.Duration)
	lock    *lockFile
	db      *bolt.DB
	ident   identity
	notices []string
	queue   queue
	quit    chan struct{} // closed when Close begins
	done    chan struct{} // closed when the committer has ended
	checked chan struct{} // closed when the file may be written to
	damage  error         // set before checked is closed
	closing sync.RWMutex  // held for reading while a call is under way
	closed  bool          // no more writes
	gone    bool          // no more reads
	poison  atomic.Pointer[Error]
	tree    frontier // the committer's, with what is on its way
	over    *overlay // likewise
	treeOK  bool
	sure    uint64 // how many events the file has for certain; the committer's
	wrote   bool
	saved   atomic.Int64 // when somebody saved last, for savedLately
	file    fs.FileInfo  // the file as it was opened
	trial   bool         // it was made just now, and goes again if nothing is saved
	stuck   atomic.Bool  // bbolt panicked and holds its own locks, see begin
	news    broadcast
	mirror  *mirror
	places  *placeFile
	lean    *lean // behind what saves look at: before it they were a few per cent slower
}

const smallFile = 4 << 20 // bytes: checked whole at every start, in a few milliseconds

// Open opens the store at o.Path, or makes it. It never hangs: a store that
// another program holds is ErrHeld after o.Wait, a damaged one ErrDamaged.
func Open(ctx context.Context, o Options) (*Bolt, error) {
	path, err := FullPath(Real(o.Path))
	if err != nil {
		return nil, err
	}
	if err := exists(path, o.Create); err != nil {
		return nil, err
	}
	lock, err := lockStore(ctx, path, o.Program, o.Wait)
	if err != nil {
		return nil, err
	}
	s, err := openLocked(ctx, path, lock, o)
	if err != nil {
		// Damage is no reason to call the next start clean.
		return nil, errors.Join(err, lock.release(!lock.unclean && !errors.Is(err, ErrDamaged)))
	}
	return s, nil
}

// Real is the file that a symbolic link at path leads to, or would; path for any
// other. What stands beside a store, its lock above all, belongs to the file and not
// to one of its names.
func Real(path string) string {
	to, err := os.Readlink(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if filepath.IsAbs(to) {
		return to
	}
	return filepath.Join(filepath.Dir(path), to)
}

func openLocked(ctx context.Context, path string, lock *lockFile, o Options) (*Bolt, error) {
	s, err := newBolt(path, lock, o)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := exists(path, o.Create); err != nil { // it went while the lock was waited for
			return nil, err
		}
		if err := s.create(o); err != nil {
			return nil, err
		}
	}
	whole, err := s.preflight(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.openFile(bolt.Options{NoSync: o.NoSync}); err != nil {
		return nil, err
	}
	if s.places, err = openPlaces(path + ".place"); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.mirror = newMirror(s, path+".mirror")
	go s.commitLoop()
	if whole {
		close(s.checked)
	} else {
		go s.checkWhole() // a large file: reading goes on meanwhile, the first write waits
	}
	return s, nil
}

func newBolt(path string, lock *lockFile, o Options) (*Bolt, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	clock := o.Clock
	if clock == nil {
		clock = time.Now //nolint:forbidigo // the default clock
	}
	return &Bolt{
		shared: newShared(c, StoreID{}),
		path:   path, clock: clock, slow: o.Slow, lean: &lean{on: o.Lean}, over: newOverlay(), lock: lock, news: newBroadcast(),
		queue: newQueue(), quit: make(chan struct{}), done: make(chan struct{}), checked: make(chan struct{}),
	}, nil
}

// preflight looks at the file by plain reads before bbolt maps it: bbolt
// crashes or hangs on damage, which no recover can catch. It reports whether the
// whole file was looked at.
func (s *Bolt) preflight(ctx context.Context) (bool, error) {
	info, err := boltfile.Quick(s.path)
	if err != nil {
		return false, preflightError(s.path, err)
	}
	if info.LastSaveDoubtful {
		s.notices = append(s.notices, "one of the file's two commit records is damaged: the last save before the damage may be missing. `stet check` compares with the mirror")
	}
	if info.Size > smallFile && !s.lock.unclean {
		return false, nil
	}
	return true, s.checkFile(ctx)
}

func (s *Bolt) checkFile(ctx context.Context) error {
	r, err := boltfile.CheckFile(ctx, s.path, boltfile.Options{})
	if err != nil {
		return preflightError(s.path, err)
	}
	if r.Damaged() {
		return damaged(s.path, r.Err())
	}
	return nil
}

func preflightError(path string, err error) error {
	switch {
	case errors.Is(err, boltfile.ErrNotBolt):
		return &Error{Kind: ErrForeign, What: path + " is not a stet store", Safe: "Nothing was changed", Next: "Name another file with --db; `stet import` takes articles", Err: err}
	case errors.Is(err, boltfile.ErrVersion):
		return &Error{Kind: ErrNewerFormat, What: path + " is of another bbolt version", Safe: "Nothing was changed", Next: "Update stet", Err: err}
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist):
		return noAccess(path, err)
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return damaged(path, err)
}

func (s *Bolt) checkWhole() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-s.quit:
		case <-s.checked:
		}
		cancel()
	}()
	// A check that Close cut short found nothing, and nothing was written: the
	// file is as clean as it was.
	if err := s.checkFile(ctx); !errors.Is(err, context.Canceled) {
		s.damage = err
	}
	close(s.checked)
}

// openFile hands the file to bbolt, which waits half a second at most for a
// lock of its own that a foreign tool may hold.
func (s *Bolt) openFile(how bolt.Options) (err error) {
	defer s.caught(&err)
	// This kind of list gives out the lowest free page first, so that the pages of
	// a save lie close together and go to the disk in fewer pieces. It is slow when
	// very many are free, which takes a reader that holds on.
	how.FreelistType, how.Timeout = bolt.FreelistArrayType, 500*time.Millisecond
	s.db, err = bolt.Open(s.path, 0o600, &how)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return &HeldError{Path: s.path}
	case err != nil:
		return preflightError(s.path, err)
	}
	err = s.db.View(func(tx *bolt.Tx) error {
		s.ident, err = readIdentity(tx, s.path)
		return err
	})
	s.id = s.ident.id
	if err == nil {
		s.file, err = os.Stat(s.path)
	}
	if err != nil {
		return errors.Join(err, s.db.Close())
	}
	return nil
}

// caught turns a panic or a memory fault inside bbolt into ErrDamaged.
func (s *Bolt) caught(err *error) {
	if r := recover(); r != nil {
		*err = damaged(s.path, fmt.Errorf("reading it failed: %v", r))
	}
}

// read runs fn in a short read transaction. What fn takes out must be copied.
func (s *Bolt) read(ctx context.Context, fn func(t boltTx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.closing.RLock()
	defer s.closing.RUnlock()
	if s.gone {
		return errClosed()
	}
	select {
	case <-s.checked:
		if s.damage != nil {
			return s.damage // bbolt may crash on it
		}
	default:
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer s.caught(&err)
	if s.slow != nil {
		defer s.watch(time.Now()) //nolint:forbidigo // a stopwatch, not a date
	}
	err = s.view(func(tx *bolt.Tx) error {
		err := fn(boltTx{tx: tx, s: &s.shared})
		s.lean.looked(tx)
		return err
	})
	var own *Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	return damaged(s.path, err) // a stored value that cannot be decoded
}

// slowRead is how long a read transaction may last.
const slowRead = 50 * time.Millisecond

func (s *Bolt) watch(begun time.Time) {
	if took := time.Since(begun); took > slowRead { //nolint:forbidigo // a stopwatch, not a date
		s.slow(took)
	}
}

// Close implements [Store]: it seals the log, lets the mirror catch up and lets
// go of the file. After a disk failure it writes nothing.
func (s *Bolt) Close() error {
	first, err := s.shut()
	if !first {
		return nil
	}
	clean := s.poison.Load() == nil && s.damage == nil && !s.stuck.Load()
	if clean && s.trial && !s.wrote {
		err = errors.Join(err, s.unmake())
	}
	return errors.Join(err, s.lock.release(clean))
}

// shut does all of Close but let go of the lock. first is false when it was done
// before.
func (s *Bolt) shut() (first bool, err error) {
	s.closing.Lock()
	if s.closed {
		s.closing.Unlock()
		return false, nil
	}
	s.closed = true
	s.closing.Unlock()
	close(s.quit)
	<-s.done
	<-s.checked
	s.mirror.close()
	s.closing.Lock()
	s.gone = true
	s.closing.Unlock()
	err = s.places.close()
	func() {
		defer s.caught(&err)
		if !s.stuck.Load() {
			err = errors.Join(err, s.db.Close())
		}
	}()
	return true, err
}

// bookCache keeps parsed codebooks; they are immutable and few.
type bookCache struct{ m sync.Map }

func (c *bookCache) get(h annotations.Hash, src func() (string, error)) (*annotations.Codebook, error) {
	if v, ok := c.m.Load(h); ok {
		return v.(*annotations.Codebook), nil
	}
	text, err := src()
	if err != nil {
		return nil, notFound("no codebook %s in this store", h.Short())
	}
	b, err := codebook.Reparse("codebook "+h.Short(), []byte(text))
	if err != nil {
		return nil, err
	}
	c.m.Store(h, b)
	return b, nil
}

// broadcast tells any number of waiters that something happened.
type broadcast struct {
	mu   sync.Mutex
	ch   chan struct{}
	size uint64
}

func newBroadcast() broadcast { return broadcast{ch: make(chan struct{})} }

func (b *broadcast) tell(size uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.size = size
	close(b.ch)
	b.ch = make(chan struct{})
}

func (b *broadcast) now() (uint64, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.size, b.ch
}
