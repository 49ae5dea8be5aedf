package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"

	"stet.example/stet/annotations"
)

// A journal is a store as a stream: what a mirror, an export and a backup are
// made of, and what a store can be rebuilt from. It is a run of frames:
//
//	u32 length of the payload · u32 CRC-32C of kind and payload · u8 kind · payload
//
//	'S' start   "stet journal 1\n", 16 bytes store, u64 created (µs), u64 first position - 1
//	'B' blob    32 bytes hash, u32 number of the piece, u32 pieces in all, the piece (≤ 64 KiB)
//	'K' secret  32 bytes digest, the value
//	'E' event   u64 position, the record
//	'T' seal    u64 size, 32 bytes root, u64 time (µs)
//	'M' mark    16 bytes store, u64 position, 32 bytes hash of that event: an orderly end
//
// Numbers are big-endian. Blobs and secrets come before the event that needs
// them. A torn last frame ends the journal; everything before it counts.
const (
	journalMagic   = "stet journal 1\n"
	frameStart     = 'S'
	frameBlob      = 'B'
	frameSecret    = 'K'
	frameEvent     = 'E'
	frameSeal      = 'T'
	frameMark      = 'M'
	frameHead      = 9
	maxFrame       = 2 << 20
	blobPiece      = 64<<10 - 256
	journalPerRead = 512
)

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) } // cached by the library

// appendFrame appends one frame, made of parts, to dst.
func appendFrame(dst []byte, kind byte, parts ...[]byte) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, frameHead)...)
	for _, p := range parts {
		dst = append(dst, p...)
	}
	dst[at+8] = kind
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-frameHead))
	binary.BigEndian.PutUint32(dst[at+4:], crc32.Checksum(dst[at+8:], castagnoli()))
	return dst
}

func u64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
func u32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

func startFrame(id StoreID, created time.Time, after uint64) []byte {
	return appendFrame(nil, frameStart, []byte(journalMagic), id[:], u64(uint64(created.UnixMicro())), u64(after))
}

// frame is one decoded frame; payload is valid until the next read.
type frame struct {
	kind    byte
	payload []byte
}

// errTorn ends a journal: what follows is not a whole, sound frame.
var errTorn = errors.New("the journal ends in a torn frame")

// frames reads a journal.
type frames struct {
	r   *bufio.Reader
	buf []byte
	off int64 // bytes of whole frames read
}

func newFrames(r io.Reader) *frames { return &frames{r: bufio.NewReaderSize(r, 256<<10)} }

// next returns the next frame, io.EOF after the last, errTorn when it is cut or
// damaged, and what kept it from being read otherwise: that says nothing of its end.
func (f *frames) next() (frame, error) {
	var head [frameHead]byte
	switch _, err := io.ReadFull(f.r, head[:]); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return frame{}, errTorn
	case err != nil:
		return frame{}, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxFrame {
		return frame{}, errTorn
	}
	if cap(f.buf) < int(n)+1 {
		f.buf = make([]byte, int(n)+1)
	}
	b := f.buf[:n+1]
	b[0] = head[8]
	switch _, err := io.ReadFull(f.r, b[1:]); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return frame{}, errTorn
	case err != nil:
		return frame{}, err
	}
	if crc32.Checksum(b, castagnoli()) != binary.BigEndian.Uint32(head[4:]) {
		return frame{}, errTorn
	}
	f.off += int64(frameHead) + int64(n)
	return frame{kind: b[0], payload: b[1:]}, nil
}

// EndsInOrder reports whether a journal of a size in bytes ends in the seal that an
// export ends in, or in the mark of a mirror: else it may have been cut off between
// two frames.
func EndsInOrder(r io.ReaderAt, size int64) bool {
	for _, length := range []int64{sealSize, markSize} {
		fr, err := newFrames(io.NewSectionReader(r, size-length, length)).next()
		if err == nil && int64(frameHead+len(fr.payload)) == length && (fr.kind == frameSeal || fr.kind == frameMark) {
			return true
		}
	}
	return false
}

// maxLooks is how often each byte of a damaged journal is looked at, on average: one that
// was made so that a frame could begin anywhere in it must not take for ever.
const maxLooks = 64

// wholeFrames calls fn for every sound frame of a damaged journal, wherever it
// begins.
func wholeFrames(r io.Reader, fn func(frame)) {
	b := bufio.NewReaderSize(r, frameHead+maxFrame)
	for looks := maxFrame; ; {
		head, err := b.Peek(frameHead)
		if err != nil {
			return // fewer bytes than a frame has
		}
		n := int(binary.BigEndian.Uint32(head))
		skip := 1
		if n <= min(maxFrame, looks) && bytes.IndexByte([]byte{frameStart, frameBlob, frameSecret, frameEvent, frameSeal, frameMark}, head[8]) >= 0 {
			looks -= n
			if x, err := b.Peek(frameHead + n); err == nil && crc32.Checksum(x[8:], castagnoli()) == binary.BigEndian.Uint32(x[4:]) {
				fn(frame{kind: x[8], payload: x[frameHead:]})
				skip = len(x)
			}
		}
		if _, err := b.Discard(skip); err != nil {
			return
		}
		looks = min(looks+maxLooks*skip, maxLooks*maxFrame)
	}
}

// journalHead is what a start frame says.
type journalHead struct {
	id      StoreID
	created time.Time
	after   uint64
}

func parseStart(fr frame) (journalHead, error) {
	p := fr.payload
	if fr.kind != frameStart || len(p) != len(journalMagic)+16+16 || !bytes.HasPrefix(p, []byte(journalMagic)) {
		return journalHead{}, &Error{Kind: ErrForeign, What: "this is not a stet journal"}
	}
	p = p[len(journalMagic):]
	if !hasDate(int64(binary.BigEndian.Uint64(p[16:]))) {
		return journalHead{}, unusable("it says that its store was made outside the years 1 to 9999")
	}
	return journalHead{
		id: StoreID(p[:16]), created: time.UnixMicro(int64(binary.BigEndian.Uint64(p[16:]))).UTC(), after: binary.BigEndian.Uint64(p[24:]),
	}, nil
}

// journaled is what a journal is written from; every call is short.
type journaled interface {
	raw(ctx context.Context, after uint64, limit int) ([][]byte, error)
	Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error)
	Secret(ctx context.Context, s annotations.Sealed) (string, error)
}

// journalWriter writes events with what they need ahead of them.
type journalWriter struct {
	src   journaled
	codec codec
	w     io.Writer
	sent  map[annotations.Hash]bool // blobs written already
	info  ExportInfo
	pos   uint64           // of the last event written in full
	last  annotations.Hash // its hash
	end   int64            // bytes written when it was
	tree  *frontier        // nil when the journal does not start at the beginning
	room  []byte           // for what is written next
	busy  func() bool      // whether somebody saves; nil = never
}

func (j *journalWriter) write(b []byte) error {
	n, err := j.w.Write(b)
	j.info.Bytes += int64(n)
	return err
}

// copyAll writes all events after j.pos. After an error j.pos, j.last and j.end
// tell what was written in full.
func (j *journalWriter) copyAll(ctx context.Context) error {
	out := j.room[:0]
	defer func() { j.room = out[:0] }()
	for {
		began := time.Now() //nolint:forbidigo // a stopwatch, not a date
		recs, err := j.src.raw(ctx, j.pos, journalPerRead)
		if err != nil || len(recs) == 0 {
			return err
		}
		pos, last := j.pos, j.last
		flush := func() error {
			if err := j.write(out); err != nil {
				return err
			}
			j.pos, j.last, j.end, out = pos, last, j.info.Bytes, out[:0]
			return nil
		}
		for i, rec := range recs {
			giveWay(i, oftenEnough)
			if len(rec) < recordFixed+hashSize {
				return unreadable(pos+1, errRecord)
			}
			if needy(rec) {
				e, err := j.codec.decode(pos+1, rec)
				if err != nil {
					return unreadable(pos+1, err)
				}
				if out, err = j.needs(ctx, out, &e); err != nil {
					return err
				}
			}
			pos, last = pos+1, annotations.Hash(rec[len(rec)-hashSize:])
			out = appendFrame(out, frameEvent, u64(pos), rec)
			j.info.Events++
			if j.tree != nil {
				j.tree.add(last)
			}
			if len(out) > 1<<20 {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if err := flush(); err != nil {
			return err
		}
		if err := j.rest(ctx, time.Since(began)); err != nil {
			return err
		}
	}
}

// rest waits for as long as the work before it took, and so leaves the processor to
// whoever saves: a copy is in no hurry. Whoever reads the copy at its other end does as
// much work as the writer and rests with it.
func (j *journalWriter) rest(ctx context.Context, worked time.Duration) error {
	if j.busy == nil || !j.busy() {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(worked):
		return nil
	}
}

// needy reports whether a record may refer to a blob or a secret, without
// decoding it: nearly all are annotations that seal nothing. A sealed value is
// field 10 of an annotation, a map of a 16-byte and a 32-byte string; those bytes
// elsewhere only cost a look.
func needy(rec []byte) bool {
	switch annotations.EventKind(rec[1]) {
	case annotations.EventAnnotate:
		return bytes.Contains(rec[recordFixed:], []byte{0x0A, 0xA2, 0x01, 0x50})
	case annotations.EventRule:
		return false
	default:
		return true
	}
}

// needs writes the blobs and the secret that e refers to.
func (j *journalWriter) needs(ctx context.Context, out []byte, e *annotations.Event) ([]byte, error) {
	var err error
	switch {
	case e.Kind == annotations.EventImport && e.Meta != nil:
		for _, h := range []annotations.Hash{e.Meta.Codebook, e.Meta.Table, e.Meta.Text} {
			if out, err = j.blob(ctx, out, h); err != nil {
				return out, err
			}
		}
	case e.Kind == annotations.EventCodebook:
		return j.blob(ctx, out, e.Codebook)
	case e.Kind == annotations.EventCut && e.Cut != nil:
		return j.blob(ctx, out, e.Cut.Now.Hash)
	case e.Kind == annotations.EventEvidence && e.Evidence != nil && !e.Evidence.Copy.IsZero():
		if out, err = j.blob(ctx, out, e.Evidence.Copy); errors.Is(err, ErrNotFound) {
			return out, nil // a copy is an extra; the item stands without it
		}
		return out, err
	case e.After != nil && e.After.Confidential != nil:
		v, err := j.src.Secret(ctx, *e.After.Confidential)
		if errors.Is(err, ErrNotFound) {
			return out, nil // removed on purpose: the log verifies without it
		}
		if err != nil {
			return out, err
		}
		return appendFrame(out, frameSecret, e.After.Confidential.Digest[:], []byte(v)), nil
	}
	return out, nil
}

func (j *journalWriter) blob(ctx context.Context, out []byte, h annotations.Hash) ([]byte, error) {
	if j.sent[h] {
		return out, nil
	}
	data, err := j.src.Blob(ctx, h, 0, -1)
	if err != nil {
		return out, err
	}
	pieces := uint32((len(data) + blobPiece - 1) / blobPiece)
	for i := range pieces {
		piece := data[int(i)*blobPiece : min(len(data), int(i+1)*blobPiece)]
		out = appendFrame(out, frameBlob, h[:], u32(i), u32(pieces), []byte(piece))
		if len(out) > 1<<20 {
			if err := j.write(out); err != nil {
				return out, err
			}
			out = out[:0]
		}
	}
	j.sent[h] = true
	j.info.Blobs++
	return out, nil
}

// exportJournal writes a whole journal of src.
func exportJournal(ctx context.Context, src journaled, id StoreID, created time.Time, w io.Writer, after uint64) (ExportInfo, error) {
	c, err := newCodec()
	if err != nil {
		return ExportInfo{}, err
	}
	j := journalWriter{src: src, codec: c, w: w, sent: map[annotations.Hash]bool{}, pos: after}
	if b, ok := src.(interface{ savedLately() bool }); ok {
		j.busy = b.savedLately
	}
	if after == 0 {
		j.tree = &frontier{}
	}
	if err := j.write(startFrame(id, created, after)); err != nil {
		return j.info, err
	}
	if err := j.copyAll(ctx); err != nil {
		return j.info, err
	}
	if j.tree != nil {
		j.info.Seal = j.tree.sealAt(created)
		root := j.info.Seal.Root
		if err := j.write(appendFrame(nil, frameSeal, u64(j.tree.size), root[:], u64(0))); err != nil {
			return j.info, err
		}
	}
	return j.info, nil
}
