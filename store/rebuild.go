package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"stet.example/stet/annotations"
)

// Rebuild makes a new store file at path out of a journal. A file that is there
// already is not touched: the error wraps [fs.ErrExist]. A journal that ends
// early gives the store as it was then; Report.Problems says so.
func Rebuild(ctx context.Context, path, app string, r io.Reader) (Report, error) {
	return rebuild(ctx, path, app, r, func(string, *Report) error { return nil })
}

// rebuild is Rebuild that has the finished file looked at before it gets its name.
func rebuild(ctx context.Context, path, app string, r io.Reader, look func(tmp string, rep *Report) error) (Report, error) {
	fr := newFrames(r)
	first, err := fr.next()
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errTorn) {
		return Report{}, err // of whoever sends it
	}
	if err != nil {
		return Report{}, &Error{Kind: ErrForeign, What: "this is not a stet journal", Safe: "Nothing was changed"}
	}
	head, err := parseStart(first)
	if err != nil {
		return Report{}, err
	}
	if head.after != 0 {
		return Report{}, &Error{Kind: ErrInvalid, What: fmt.Sprintf("the journal starts after event %d; a store needs one that starts at the beginning", head.after)}
	}
	var rep Report
	err = fresh(path, func(tmp string) error {
		b, err := newBuilder(tmp, identity{format: FormatVersion, id: head.id, created: head.created, app: app})
		if err != nil {
			return err
		}
		err = b.replay(ctx, fr, &rep)
		if err == nil {
			rep.Articles, err = b.lacking(func(m *annotations.Meta, what string) {
				rep.add("article "+m.Name, "its %s did not come with the events", what)
			})
		}
		for _, h := range b.spoilt {
			rep.add("blob "+h.Short(), "does not hash to its name and was left out")
		}
		rep.Events, rep.Seal = b.tree.size, b.tree.sealAt(head.created)
		if err := b.finish(head.created, err); err != nil {
			return err
		}
		return look(tmp, &rep)
	})
	return rep, err
}

// step is what a journal brings next: an event, or another frame.
type step struct {
	frame
	event *examined
}

// stride is some steps, and what their events were examined in.
type stride struct {
	list []step
	room []examined
}

// steps reads a journal ahead of the builder; proving and decoding its records
// is half of the work. It ends with an error, io.EOF when all is well.
func (b *builder) steps(ctx context.Context, fr *frames, out chan<- stride, used rooms, failed *error) {
	defer close(out)
	const most, mostBytes = 1024, 4 << 20
	for pos, more := uint64(0), true; more; {
		list := make([]step, 0, most)
		recs := make([][]byte, 0, most)
		for size := 0; len(list) < most && size < mostBytes && more; {
			f, err := fr.next()
			if err != nil {
				*failed, more = err, false
				break
			}
			f.payload = bytes.Clone(f.payload)
			size += len(f.payload)
			list = append(list, step{frame: f})
			if f.kind == frameEvent && len(f.payload) > 8 {
				recs = append(recs, f.payload[8:])
			}
		}
		done := b.examine(pos, recs, skims, used.get(len(recs), skims))
		pos += uint64(len(recs))
		for i, k := 0, 0; i < len(list); i++ {
			if f := &list[i]; f.kind == frameEvent && len(f.payload) > 8 {
				f.event = &done[k]
				k++
			}
		}
		select {
		case out <- stride{list, done}:
		case <-ctx.Done():
			*failed = ctx.Err()
			return
		}
	}
}

func (b *builder) replay(ctx context.Context, fr *frames, rep *Report) error {
	ctx, stop := context.WithCancel(ctx)
	ahead, used, failed := make(chan stride, 2), make(rooms, 4), error(nil)
	go b.steps(ctx, fr, ahead, used, &failed)
	defer func() {
		stop()
		for range ahead { // until the reader has gone
		}
	}()
	for some := range ahead {
		for i := range some.list {
			if err := b.step(&some.list[i]); err != nil {
				return err
			}
		}
		used.put(some.room)
	}
	switch {
	case errors.Is(failed, io.EOF):
	case errors.Is(failed, errTorn):
		rep.add("journal", "ends in a torn frame after event %d", b.tree.size)
	default:
		return failed
	}
	return nil
}

func (b *builder) step(s *step) error {
	p := s.payload
	switch {
	case s.event != nil:
		if pos := binary.BigEndian.Uint64(p); pos != b.tree.size+1 {
			return unusable("event %d follows event %d", pos, b.tree.size)
		}
		if err := b.take(s.event, p[8:]); errors.Is(err, errGap) {
			return unusable("event %d: %w", b.tree.size+1, err)
		} else if err != nil {
			return err
		}
		clear(b.secrets) // those of events to come stand before them
		b.waiting = 0
	case s.kind == frameBlob && len(p) > hashSize+8:
		return b.piece(annotations.Hash(p[:hashSize]), binary.BigEndian.Uint32(p[hashSize:]), binary.BigEndian.Uint32(p[hashSize+4:]), p[hashSize+8:])
	case s.kind == frameSecret && len(p) > hashSize && len(p) <= hashSize+annotations.MaxNote:
		if b.waiting++; b.waiting > MaxChanges { // an event has one
			clear(b.secrets)
			b.waiting = 1
		}
		h := annotations.Hash(p[:hashSize])
		b.secrets[h] = append(b.secrets[h], string(p[hashSize:]))
	case s.kind == frameSeal && len(p) == 8+hashSize+8:
		if binary.BigEndian.Uint64(p) == b.tree.size && annotations.Hash(p[8:8+hashSize]) != b.tree.root() {
			return &Error{Kind: ErrDamaged, What: "the journal's events do not hash to its root", Safe: "Nothing was changed"}
		}
	}
	return nil // a kind of a later version
}
