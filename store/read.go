package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
)

// perRead bounds what one read transaction copies: a held reader makes the file
// grow with every save, so reads are short.
const perRead = 512

// Blob implements [Store]. Long blobs are copied in several transactions; that
// is sound because a blob never changes.
func (s *Bolt) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	if n >= 0 && n <= maxPart {
		return s.blobPart(ctx, h, off, n)
	}
	size := 0
	if err := s.read(ctx, func(t boltTx) error { size, _ = t.blobSize(h); return nil }); err != nil {
		return "", err
	}
	if off < 0 || off > size {
		return s.blobPart(ctx, h, off, 0) // which says what is wrong with it
	}
	end := size
	if n >= 0 && n < size-off {
		end = off + n
	}
	if end-off <= maxPart {
		return s.blobPart(ctx, h, off, end-off)
	}
	var out strings.Builder // grown once: a long text is copied, not doubled
	out.Grow(end - off)
	for {
		part, err := s.blobPart(ctx, h, off, min(maxPart, end-off))
		if err != nil {
			return "", err
		}
		out.WriteString(part)
		if off += len(part); off >= end {
			return out.String(), nil
		}
	}
}

func (s *Bolt) blobPart(ctx context.Context, h annotations.Hash, off, n int) (out string, err error) {
	err = s.read(ctx, func(t boltTx) error { out, err = t.blob(h, off, n); return err })
	return out, err
}

// Articles implements [Store].
func (s *Bolt) Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]Summary, error) {
	var out []Summary
	for len(out) < limit {
		n := len(out)
		err := s.read(ctx, func(t boltTx) error {
			c := t.bucket(bArticles).Cursor()
			k, _ := c.Seek(after[:])
			if bytes.Equal(k, after[:]) {
				k, _ = c.Next()
			}
			for ; len(k) == 16 && len(out) < min(limit, n+s.lean.each()); k, _ = c.Next() {
				after = annotations.ArticleID(k)
				sum, err := t.summary(after, reviewer)
				if err != nil {
					return err
				}
				out = append(out, sum)
			}
			return nil
		})
		if err != nil || len(out) < n+s.lean.each() {
			return out, err
		}
	}
	return out, nil
}

// known is the entry of an article that must be there.
func (t boltTx) known(id annotations.ArticleID) (annotations.Meta, error) {
	m, ok, err := t.meta(id)
	if err == nil && !ok {
		err = notFound("no article %s in this store", id)
	}
	return m, err
}

func (t boltTx) summary(id annotations.ArticleID, reviewer string) (Summary, error) {
	m, err := t.known(id)
	if err != nil {
		return Summary{}, err
	}
	sum := Summary{Meta: m}
	prefix := stateKey(id, 0, "")
	c := t.rows()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		who := string(k[len(prefix):])
		if who == "" {
			sum.Head = decodeHead(v)
			continue
		}
		p, err := t.s.decodeProgress(v)
		if err != nil {
			return sum, err
		}
		if who == reviewer {
			sum.Progress = p
			continue
		}
		if sum.Others == nil {
			sum.Others = map[string]annotations.Progress{}
		}
		sum.Others[who] = p
	}
	return sum, nil
}

// Lookup implements [Store].
func (s *Bolt) Lookup(ctx context.Context, name string) (id annotations.ArticleID, err error) {
	err = s.read(ctx, func(t boltTx) error {
		if v := t.bucket(bNames).Get([]byte(name)); len(v) == 16 {
			id = annotations.ArticleID(v)
			return nil
		}
		keys, err := t.keysFrom(name)
		if err == nil {
			id, err = onlyFit(name, append(t.namesFrom(name), keys...))
		}
		return err
	})
	return id, err
}

func (t boltTx) namesFrom(prefix string) (fit []Listed) {
	if prefix == "" {
		return nil
	}
	c := t.bucket(bNames).Cursor()
	for k, v := c.Seek([]byte(prefix)); bytes.HasPrefix(k, []byte(prefix)) && len(fit) < mostFit; k, v = c.Next() {
		if len(v) == 16 {
			fit = append(fit, Listed{annotations.ArticleID(v), string(k)})
		}
	}
	return fit
}

func (t boltTx) keysFrom(prefix string) (fit []Listed, err error) {
	whole, err := hex.DecodeString(prefix[:len(prefix)&^1])
	if len(prefix) < 6 || err != nil {
		return nil, nil //nolint:nilerr // it is no start of a key
	}
	c := t.bucket(bArticles).Cursor()
	for k, _ := c.Seek(whole); bytes.HasPrefix(k, whole) && len(fit) < mostFit; k, _ = c.Next() {
		if len(k) == 16 && strings.HasPrefix(hex.EncodeToString(k), prefix) {
			m, err := t.known(annotations.ArticleID(k))
			if err != nil {
				return nil, err
			}
			fit = append(fit, Listed{m.ID, m.Name})
		}
	}
	return fit, nil
}

// Summary implements [Store].
func (s *Bolt) Summary(ctx context.Context, reviewer string, id annotations.ArticleID) (sum Summary, err error) {
	err = s.read(ctx, func(t boltTx) error { sum, err = t.summary(id, reviewer); return err })
	return sum, err
}

// State implements [Store].
func (s *Bolt) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]Row, error) {
	var out []Row
	next := stateKey(id, max(from, 1), "")
	for {
		n := len(out)
		err := s.read(ctx, func(t boltTx) error {
			if _, err := t.known(id); err != nil {
				return err
			}
			c := t.rows()
			for k, v := c.Seek(next); len(k) >= 20 && bytes.HasPrefix(k, id[:]) && len(out) < min(limit, n+perRead); k, v = c.Next() {
				row, err := t.s.decodeRow(k, v)
				if err != nil {
					return err
				}
				if row.Sentence >= to {
					return nil
				}
				if r := row.Ruling; r != nil && r.Verdict != "" && r.Words == 0 {
					r.Words = wordsWhenRuled(t.get(bLog, u64(r.Pos)))
				}
				out = append(out, row)
				next = append(append(next[:0], k...), 0)
			}
			return nil
		})
		if err != nil || len(out) < n+perRead || len(out) == limit {
			return out, err
		}
	}
}

// wordsWhenRuled is on which words a ruling was made that does not name them, as those of
// older programs: the record that made it has the words that stood there then. Of one
// that came back by undo it is not known.
func wordsWhenRuled(stored []byte) uint64 {
	if len(stored) < recordFixed || annotations.EventKind(stored[1]) != annotations.EventRule || annotations.Mode(stored[2]) != annotations.Do {
		return 0
	}
	return annotations.Hash(stored[72:104]).Start()
}

func (s *shared) decodeRow(k, v []byte) (Row, error) {
	row := Row{Sentence: annotations.SentenceID(binary.BigEndian.Uint32(k[16:])), Reviewer: string(k[20:])}
	var err error
	if row.Reviewer == "" {
		var r annotations.RulingRecord
		if r, err = s.decodeRuling(v); err == nil {
			row.Ruling = &r
		}
		return row, err
	}
	row.Annotation, err = s.decodeRecord(v)
	return row, err
}

// Team implements [Store].
func (s *Bolt) Team(ctx context.Context) (team annotations.Team, err error) {
	err = s.read(ctx, func(t boltTx) error { team, err = t.team(); return err })
	return team, err
}

// Evidence implements [Store].
func (s *Bolt) Evidence(ctx context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error) {
	var out []annotations.Evidence
	for len(out) < limit {
		n := len(out)
		err := s.read(ctx, func(t boltTx) error {
			c := t.bucket(bEvidence).Cursor()
			k, v := c.Seek(after[:])
			if bytes.Equal(k, after[:]) {
				k, v = c.Next()
			}
			for ; len(k) == 8 && len(out) < min(limit, n+perRead); k, v = c.Next() {
				var e annotations.Evidence
				if err := t.s.codec.dec.Unmarshal(v, &e); err != nil {
					return err
				}
				after, out = annotations.EvidenceID(k), append(out, e)
			}
			return nil
		})
		if err != nil || len(out) < n+perRead {
			return out, err
		}
	}
	return out, nil
}

// Item implements [Store].
func (s *Bolt) Item(ctx context.Context, id annotations.EvidenceID) (e annotations.Evidence, err error) {
	err = s.read(ctx, func(t boltTx) error {
		v := t.bucket(bEvidence).Get(id[:])
		if v == nil {
			return noItem(id)
		}
		return t.s.codec.dec.Unmarshal(v, &e)
	})
	return e, err
}

func noItem(id annotations.EvidenceID) error {
	return notFound("no evidence item %s in this store", id)
}

// Secret implements [Store].
func (s *Bolt) Secret(ctx context.Context, sealed annotations.Sealed) (out string, err error) {
	err = s.read(ctx, func(t boltTx) error {
		v := t.bucket(bSecrets).Get(sealed.Digest[:])
		switch {
		case v == nil:
			return notFound("the confidential note was removed")
		case !sealed.Opens(string(v)):
			return secretChanged()
		}
		out = string(v)
		return nil
	})
	return out, err
}

// Undoable implements [Store].
func (s *Bolt) Undoable(ctx context.Context, actor string, mode annotations.Mode) (d annotations.Done, events []annotations.Event, err error) {
	err = s.read(ctx, func(t boltTx) error {
		var ok bool
		if d, ok = t.top(actor, mode); !ok {
			return nothingTo(mode)
		}
		for pos := d.First; pos < d.First+uint64(d.Count); pos++ {
			e, err := t.event(pos)
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return d, events, err
}

// Tail implements [Store].
func (s *Bolt) Tail(ctx context.Context, after uint64) <-chan uint64 {
	out := make(chan uint64, 1)
	go func() {
		defer close(out)
		// The first look is at the file; from then on the committer tells.
		size, moved := s.news.now()
		if err := s.read(ctx, func(t boltTx) error { n, _ := t.size(); size = max(size, n); return nil }); err != nil {
			return
		}
		for {
			if size > after {
				select {
				case out <- size:
					after = size
				case <-ctx.Done():
					return
				case <-s.quit:
					return
				}
			}
			select {
			case <-moved:
				size, moved = s.news.now()
			case <-ctx.Done():
				return
			case <-s.quit:
				return
			}
		}
	}()
	return out
}

// SetPlace implements [Store].
func (s *Bolt) SetPlace(reviewer string, p Place) error { return s.places.set(reviewer, p) }

// Places implements [Store].
func (s *Bolt) Places(reviewer string) (Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	return s.places.of(reviewer)
}

// Export implements [Store].
func (s *Bolt) Export(ctx context.Context, w io.Writer, after uint64) (ExportInfo, error) {
	return exportJournal(ctx, s, s.id, s.ident.created, w, after)
}

// Stat implements [Store].
func (s *Bolt) Stat(ctx context.Context) (Stat, error) {
	st := Stat{Path: s.path, ID: hex.EncodeToString(s.id[:]), Format: s.ident.format, Created: s.ident.created, App: s.ident.app, Notices: s.notices}
	if info, err := os.Stat(s.path); err == nil {
		st.Bytes = info.Size()
	}
	if why := s.mirror.trouble(); why != "" {
		st.Notices = append(slices.Clip(st.Notices), why)
	}
	err := s.read(ctx, func(t boltTx) error {
		var last time.Time
		st.Events, last = t.size()
		if why := inFuture(last, s.clock()); why != "" && st.Events > 0 {
			st.Notices = append(slices.Clip(st.Notices), why)
		}
		if t.bucket(bRuled) == nil || t.bucket(bRevised) == nil {
			st.Slower = "an older stet made this file, without the indexes of rulings and later texts, so all articles are looked through for them: `stet compact` adds both"
		}
		return nil
	})
	return st, err
}
