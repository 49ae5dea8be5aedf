package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// mirror follows the log into a journal beside the file, so that what a broken
// page takes away stands there. It is never synced and never waited for: a
// save costs nothing more. It reads the log in short pieces, like any reader,
// so it catches up by itself after a crash, or from nothing when its file was
// removed or belongs to another store.
type mirror struct {
	s    *Bolt
	path string
	wake chan struct{}
	stop context.CancelFunc
	end  sync.WaitGroup
	mu   sync.Mutex
	err  error // why it does not follow, or nil; the store does not depend on it
	runs bool  // it has been opened since it failed last
}

func newMirror(s *Bolt, path string) *mirror {
	ctx, stop := context.WithCancel(context.Background())
	m := &mirror{s: s, path: path, wake: make(chan struct{}, 1), stop: stop}
	m.end.Add(1)
	go m.follow(ctx)
	return m
}

// poke says that there is something new.
func (m *mirror) poke() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// mirrorLag is how long the mirror waits for more to copy at once: so it takes
// next to nothing from those who save in quick succession.
const mirrorLag = 10 * time.Millisecond

// follow copies whenever it is poked, and once more when it is told to stop.
func (m *mirror) follow(ctx context.Context) {
	defer m.end.Done()
	var j *mirrorFile
	lag, poked := time.NewTimer(mirrorLag), false
	defer lag.Stop()
	for {
		select {
		case <-m.wake:
			// Those who poke meanwhile find the room taken, and wake nobody.
			poked = true
			lag.Reset(mirrorLag)
			select {
			case <-lag.C:
				j = m.copy(ctx, j)
				poked = j == nil && ctx.Err() != nil // it was told to stop before it had a look
			case <-ctx.Done():
			}
		case <-ctx.Done():
			if j != nil || poked || len(m.wake) > 0 { // it was poked while it was being stopped
				j = m.copy(context.WithoutCancel(ctx), j)
			}
			if j != nil {
				m.note(j.finish(m.s.id))
			}
			return
		}
	}
}

// copy brings the journal up to date and opens it first where needed.
func (m *mirror) copy(ctx context.Context, j *mirrorFile) *mirrorFile {
	if j == nil {
		var err error
		if j, err = openMirror(ctx, m.path, m.s); err != nil {
			m.note(err)
			if j != nil {
				m.note(errors.Join(err, j.f.Close()))
			}
			return nil
		}
	}
	err := j.catchUp(ctx, m.s)
	m.note(err)
	if err == nil {
		return j
	}
	if back := j.back(); back != nil {
		m.note(errors.Join(err, back, j.f.Close())) // the next look at it finds its last whole frame
		return nil
	}
	return j
}

// note keeps how a look at the mirror went, for [mirror.trouble].
func (m *mirror) note(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil || !errors.Is(err, context.Canceled) {
		m.err, m.runs = err, err == nil
	}
}

// trouble tells people why the mirror does not follow the log, "" when it does or
// nobody has saved yet and nothing stands in its way.
func (m *mirror) trouble() string {
	if m.s.poison.Load() != nil {
		return "" // nothing is saved, so there is nothing to follow
	}
	m.mu.Lock()
	err, runs := m.err, m.runs
	m.mu.Unlock()
	if err == nil && !runs {
		err = mayFollow(m.path)
	}
	if err == nil {
		return ""
	}
	if e := new(fs.PathError); errors.As(err, &e) && e.Path == m.path {
		err = e.Err // which does not name it again
	}
	return fmt.Sprintf("the mirror %s does not follow the store: %v. What is saved is in the store alone; move away what is there, and the next save begins a new mirror", m.path, err)
}

// mayFollow says why a mirror could not be written at path, or nil.
func mayFollow(path string) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("it is no ordinary file")
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// close lets the mirror catch up and stops it. Its failure is no failure of the
// store.
func (m *mirror) close() {
	m.stop()
	m.end.Wait()
}

// mirrorFile is an open journal that ends at position pos.
type mirrorFile struct {
	f    *os.File
	end  int64 // bytes, all of them whole frames
	pos  uint64
	last annotations.Hash // of the event at pos
	sent map[annotations.Hash]bool
	room []byte // for what is written next
}

// openMirror opens the journal at path and cuts a torn end off. One of another
// store, one that says something else than the log, or one that is hurt before its
// end, is put aside under another name, never overwritten: it may be the better copy.
func openMirror(ctx context.Context, path string, s *Bolt) (*mirrorFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	m := &mirrorFile{f: f, sent: map[annotations.Hash]bool{}}
	end, ok := m.mark(s.id)
	if !ok {
		end, ok = m.scan(s.id)
		ok = ok && !m.goesOn(ctx, end) && ctx.Err() == nil
	}
	if ok && m.agrees(ctx, s) {
		m.end = end
		return m, m.back()
	}
	if err := ctx.Err(); err != nil { // then it is not known whether it agrees
		return nil, errors.Join(err, f.Close())
	}
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		if err := errors.Join(f.Close(), os.Rename(path, path+"."+s.clock().UTC().Format("20060102T150405.000000"))); err != nil {
			return nil, err
		}
		if f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return nil, err
		}
	}
	m = &mirrorFile{f: f, sent: map[annotations.Hash]bool{}}
	n, err := f.Write(startFrame(s.id, s.ident.created, 0))
	m.end = int64(n)
	return m, err
}

// back cuts off what a failed write left behind the last whole frame.
func (m *mirrorFile) back() error {
	_, err := m.f.Seek(m.end, io.SeekStart)
	return errors.Join(err, m.f.Truncate(m.end))
}

// sealSize is the size of a seal frame: size, root, time.
const sealSize = frameHead + 8 + hashSize + 8

// markSize is the size of a mark frame: store, position, hash of that event.
const markSize = frameHead + 16 + 8 + hashSize

// mark reads the mark at the end of an orderly closed journal.
func (m *mirrorFile) mark(id StoreID) (end int64, ok bool) {
	info, err := m.f.Stat()
	if err != nil || info.Size() < markSize {
		return 0, false
	}
	b := make([]byte, markSize)
	if _, err := m.f.ReadAt(b, info.Size()-markSize); err != nil {
		return 0, false
	}
	fr, err := newFrames(bytes.NewReader(b)).next()
	if err != nil || fr.kind != frameMark || len(fr.payload) != markSize-frameHead || StoreID(fr.payload[:16]) != id {
		return 0, false
	}
	m.pos = binary.BigEndian.Uint64(fr.payload[16:])
	m.last = annotations.Hash(fr.payload[24:])
	return info.Size(), true
}

// finish leaves a mark, so that the next start need not read the whole file.
func (m *mirrorFile) finish(id StoreID) error {
	_, err := m.f.Write(appendFrame(nil, frameMark, id[:], u64(m.pos), m.last[:]))
	return errors.Join(err, m.f.Close())
}

// agrees reports whether the log says at the journal's end what the journal says.
func (m *mirrorFile) agrees(ctx context.Context, s *Bolt) bool {
	if m.pos == 0 {
		return true
	}
	recs, err := s.raw(ctx, m.pos-1, 1)
	if err != nil || len(recs) == 0 {
		return false
	}
	_, h, ok := proven(recs[0])
	return ok && h == m.last
}

// scan finds the last whole event and where its frame ends. What stands behind that
// is cut off, the pieces of blobs too: only those before an event were sent.
func (m *mirrorFile) scan(id StoreID) (end int64, ok bool) {
	fr := newFrames(m.f)
	first, err := fr.next()
	if err != nil {
		return 0, false
	}
	head, err := parseStart(first)
	if err != nil || head.id != id || head.after != 0 {
		return 0, false
	}
	end = fr.off
	var since []annotations.Hash // whole blobs since the last event
	for {
		x, err := fr.next()
		if err != nil { // what the disk does not give up is no end
			return end, errors.Is(err, io.EOF) || errors.Is(err, errTorn)
		}
		switch x.kind {
		case frameEvent:
			if len(x.payload) < 8 || binary.BigEndian.Uint64(x.payload) != m.pos+1 {
				return end, true
			}
			_, h, sound := proven(x.payload[8:])
			if !sound {
				return end, true
			}
			m.pos++
			m.last = h
			end = fr.off
			for _, h := range since {
				m.sent[h] = true
			}
			since = since[:0]
		case frameBlob:
			if len(x.payload) > hashSize+8 && binary.BigEndian.Uint32(x.payload[hashSize:])+1 == binary.BigEndian.Uint32(x.payload[hashSize+4:]) {
				since = append(since, annotations.Hash(x.payload[:hashSize]))
			}
		}
	}
}

// goesOn reports whether events stand behind the place up to which the journal is sound:
// then it was hurt there, and what is cut off is more than a torn end.
func (m *mirrorFile) goesOn(ctx context.Context, end int64) (events bool) {
	info, err := m.f.Stat()
	if err != nil {
		return false
	}
	wholeFrames(UntilTold(ctx, io.NewSectionReader(m.f, end, info.Size()-end)), func(x frame) {
		if x.kind == frameEvent && len(x.payload) > 8 {
			_, _, sound := proven(x.payload[8:])
			events = events || sound
		}
	})
	return events
}

// catchUp copies what the log has beyond the mirror.
func (m *mirrorFile) catchUp(ctx context.Context, s *Bolt) error {
	j := journalWriter{src: s, codec: s.codec, w: m.f, sent: m.sent, pos: m.pos, last: m.last, room: m.room}
	err := j.copyAll(ctx)
	if m.room = j.room; cap(m.room) > 256<<10 {
		m.room = nil
	}
	m.pos, m.last, m.end = j.pos, j.last, m.end+j.end
	if err != nil {
		clear(m.sent) // some of these may be in the part that is cut off
	}
	return err
}
