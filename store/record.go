package store

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"stet.example/stet/annotations"
)

// A record is the stored form of an event, followed by its hash:
//
//	 0 u8   version, 1           4 [16] store        20 u64 time, microseconds since 1970
//	 1 u8   kind                28 [8]  session      36 u64 number of the act
//	 2 u8   mode                44 [16] article      60 u64 place in the article's chain
//	 3 u8   kind of the unit    68 u32  sentence     72 [32] SHA-256 of the sentence's text
//	                           104 [32] codebook    136 [32] hash of the event before it in the chain
//	168 u8 n, n bytes actor · u8 n, n bytes verb · CBOR map of the rest · 32 bytes hash
//
// Numbers are big-endian. The hash is tlog's record hash, SHA-256 over a zero
// byte and everything before the hash, so it is the link of the chain and the
// leaf of the tree at once, and a record found anywhere proves itself.
const (
	recordVersion = 1
	recordFixed   = 168
	hashSize      = sha256.Size
)

// StoreID is the random identity of a store; it is part of every record.
type StoreID [16]byte

// rest is what a record holds beyond its fixed fields. A codebook inside an
// annotation is left out where it is the event's own, which it nearly always is.
type rest struct {
	also
	Before *annotations.Annotation `cbor:"5,keyasint,omitempty"`
	After  *annotations.Annotation `cbor:"6,keyasint,omitempty"`
}

// restOut is rest on its way out, with annotations that are encoded already.
type restOut struct {
	also
	Before cbor.RawMessage `cbor:"5,keyasint,omitempty"`
	After  cbor.RawMessage `cbor:"6,keyasint,omitempty"`
}

type also struct {
	Tool       string                `cbor:"1,keyasint,omitempty"`
	Reason     string                `cbor:"2,keyasint,omitempty"`
	Of         annotations.Act       `cbor:"3,keyasint,omitzero"`
	Rev        uint64                `cbor:"4,keyasint,omitempty"`
	RuleBefore *annotations.Ruling   `cbor:"7,keyasint,omitempty"`
	RuleAfter  *annotations.Ruling   `cbor:"8,keyasint,omitempty"`
	Evidence   *annotations.Evidence `cbor:"9,keyasint,omitempty"`
	Meta       *annotations.Meta     `cbor:"10,keyasint,omitempty"`
	Recovered  []byte                `cbor:"11,keyasint,omitempty"`
	Offered    string                `cbor:"12,keyasint,omitempty"`
	Cut        *annotations.Cut      `cbor:"13,keyasint,omitempty"`
	Team       *annotations.Team     `cbor:"14,keyasint,omitempty"`
	Assigned   []string              `cbor:"15,keyasint,omitempty"`
	Finish     *annotations.Finish   `cbor:"16,keyasint,omitempty"`
}

// codec encodes and decodes records; its modes are immutable.
type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

func newCodec() (codec, error) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return codec{}, err
	}
	dec, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 16, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 16,
		IndefLength: cbor.IndefLengthForbidden, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode()
	return codec{enc: enc, dec: dec}, err
}

var errRecord = errors.New("not a record")

// encode returns e's record and sets e.Hash.
func (c codec) encode(id StoreID, e *annotations.Event) ([]byte, error) {
	out, err := c.encodeWith(id, e, encoded{})
	return out.rec, err
}

// encodeWith makes e's record out of the annotations that are encoded already and
// encodes those that are not; it sets e.Hash.
func (c codec) encodeWith(id StoreID, e *annotations.Event, out encoded) (encoded, error) {
	if len(e.Actor) > 255 || len(e.Verb) > 255 {
		return out, fmt.Errorf("actor of %d bytes, verb of %d: at most 255", len(e.Actor), len(e.Verb))
	}
	if out.before == nil && e.Before != nil {
		out.before = appendAnnotation(nil, e.Before, e.Codebook)
	}
	if out.after == nil && e.After != nil {
		out.after = appendAnnotation(nil, e.After, e.Codebook)
	}
	room := recordFixed + 2 + len(e.Actor) + len(e.Verb) + len(e.Tool) + len(e.Reason) + len(out.before) + len(out.after) + len(e.Offered) + 80 + hashSize
	b := make([]byte, recordFixed, room)
	b[0], b[1], b[2], b[3] = recordVersion, byte(e.Kind), byte(e.Mode), byte(e.Unit)
	copy(b[4:], id[:])
	binary.BigEndian.PutUint64(b[20:], uint64(e.Time.UnixMicro()))
	copy(b[28:], e.Act.Session[:])
	binary.BigEndian.PutUint64(b[36:], e.Act.N)
	copy(b[44:], e.Article[:])
	binary.BigEndian.PutUint64(b[60:], e.Seq)
	binary.BigEndian.PutUint32(b[68:], uint32(e.Sentence))
	copy(b[72:], e.Words[:])
	copy(b[104:], e.Codebook[:])
	copy(b[136:], e.Prev[:])
	b = append(append(b, byte(len(e.Actor))), e.Actor...)
	b = append(append(b, byte(len(e.Verb))), e.Verb...)
	b, err := c.appendRest(b, e, out.before, out.after)
	if err != nil {
		return out, fmt.Errorf("encode event: %w", err)
	}
	e.Hash = recordHash(b)
	out.rec = append(b, e.Hash[:]...)
	return out, nil
}

// appendRest appends the CBOR part of e's record.
func (c codec) appendRest(b []byte, e *annotations.Event, before, after []byte) ([]byte, error) {
	if plain(e) {
		return appendPlain(b, e, before, after), nil
	}
	body, err := c.enc.Marshal(restOut{Before: before, After: after, also: also{
		Tool: e.Tool, Reason: e.Reason, Of: e.Of, Rev: e.Rev,
		RuleBefore: e.RuleBefore, RuleAfter: e.RuleAfter, Evidence: e.Evidence, Meta: e.Meta, Recovered: e.Recovered,
		Offered: e.Offered, Cut: e.Cut, Team: e.Team, Assigned: e.Assigned, Finish: e.Finish,
	}})
	return append(b, body...), err
}

func full(a *annotations.Annotation, own annotations.Hash) *annotations.Annotation {
	if a != nil && a.Codebook.IsZero() {
		a.Codebook = own
	}
	return a
}

// recordHash is tlog.RecordHash without its copy.
func recordHash(b []byte) annotations.Hash {
	var buf [1 << 10]byte // most records fit: one call, nothing allocated
	if len(b) < len(buf) {
		return sha256.Sum256(buf[:1+copy(buf[1:], b)])
	}
	h := sha256.New()
	h.Write(buf[:1])
	h.Write(b)
	return annotations.Hash(h.Sum(nil))
}

// proven splits a stored value into record and hash, and checks the hash.
func proven(v []byte) (rec []byte, h annotations.Hash, ok bool) {
	if len(v) < recordFixed+2+hashSize || v[0] == 0 {
		return nil, h, false
	}
	rec = v[:len(v)-hashSize]
	h = annotations.Hash(v[len(v)-hashSize:])
	return rec, h, recordHash(rec) == h
}

// chainOf reads the fields that tie a record to its chain without decoding it.
func chainOf(rec []byte) (article annotations.ArticleID, seq uint64, prev annotations.Hash) {
	return annotations.ArticleID(rec[44:60]), binary.BigEndian.Uint64(rec[60:]), annotations.Hash(rec[136:168])
}

// actOf reads the act that a record belongs to.
func actOf(rec []byte) annotations.Act {
	return annotations.Act{Session: annotations.SessionID(rec[28:36]), N: binary.BigEndian.Uint64(rec[36:])}
}

// storeOf reads the identity of the store that made a record.
func storeOf(rec []byte) StoreID { return StoreID(rec[4:20]) }

// decode reads a stored value. It does not check the hash: proven does.
func (c codec) decode(pos uint64, v []byte) (annotations.Event, error) {
	var e annotations.Event
	_, err := c.decodeWith(&quick{}, pos, v, &e, &[2]annotations.Annotation{})
	return e, err
}

// decodeWith reads a stored value into e, which is empty, and its annotations into
// said, if that can be done quickly. It tells the bytes of the annotations, without
// a codebook that is the event's, where they are those in v.
func (c codec) decodeWith(q *quick, pos uint64, v []byte, e *annotations.Event, said *[2]annotations.Annotation) (encoded, error) {
	if len(v) < recordFixed+2+hashSize {
		return encoded{}, fmt.Errorf("%w: %d bytes", errRecord, len(v))
	}
	if v[0] != recordVersion {
		return encoded{}, fmt.Errorf("%w of version %d, this stet reads version %d", errRecord, v[0], recordVersion)
	}
	e.Pos, e.Kind, e.Mode, e.Unit = pos, annotations.EventKind(v[1]), annotations.Mode(v[2]), annotations.Kind(v[3])
	e.Time = time.UnixMicro(int64(binary.BigEndian.Uint64(v[20:]))).UTC()
	e.Act = actOf(v)
	e.Sentence, e.Words = annotations.SentenceID(binary.BigEndian.Uint32(v[68:])), annotations.Hash(v[72:104])
	e.Codebook, e.Hash = annotations.Hash(v[104:136]), annotations.Hash(v[len(v)-hashSize:])
	e.Article, e.Seq, e.Prev = chainOf(v)
	b := v[recordFixed : len(v)-hashSize]
	for _, to := range []*string{&e.Actor, &e.Verb} {
		name, rest, ok := cutName(b)
		if !ok {
			return encoded{}, fmt.Errorf("%w: a name reaches past its end", errRecord)
		}
		*to, b = q.word(name), rest
	}
	q.b, q.bad, q.own = b, false, e.Codebook
	before, after, ok := q.rest(e, &said[0], &said[1])
	if ok {
		e.Before, e.After = full(e.Before, e.Codebook), full(e.After, e.Codebook)
		return encoded{rec: v, before: before, after: after, skimmed: q.skim}, nil
	}
	return encoded{rec: v}, c.slowly(b, e)
}

// slowly reads the CBOR part of a record into e.
func (c codec) slowly(b []byte, e *annotations.Event) error {
	var r rest
	if err := c.dec.Unmarshal(b, &r); err != nil {
		return fmt.Errorf("%w: %w", errRecord, err)
	}
	e.Tool, e.Reason, e.Of, e.Rev = r.Tool, r.Reason, r.Of, r.Rev
	e.Before, e.After = full(r.Before, e.Codebook), full(r.After, e.Codebook)
	e.RuleBefore, e.RuleAfter, e.Evidence, e.Meta, e.Recovered = r.RuleBefore, r.RuleAfter, r.Evidence, r.Meta, r.Recovered
	e.Offered, e.Cut, e.Team, e.Assigned, e.Finish = r.Offered, r.Cut, r.Team, r.Assigned, r.Finish
	return nil
}
