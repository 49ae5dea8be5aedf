package main

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

type hash = [sha256.Size]byte

// checkpoint is what was signed.
type checkpoint struct {
	store string // 32 hexadecimal digits
	size  uint64
	root  hash
	made  time.Time
	ends  []end
	by    string // name of the key; "" when nobody signed
}

// end is the promise that an article's chain has n records, the last with this hash.
type end struct {
	article string // 32 hexadecimal digits
	n       uint64
	last    hash
}

// verifierKey is an Ed25519 key with a name: "name+hash+data", the hash being
// the first 4 bytes of SHA-256(name, line feed, data), the data a byte 1 and the
// public key.
type verifierKey struct {
	name string
	id   [4]byte
	pub  ed25519.PublicKey
}

var errNoKey = errors.New("the verifier key is none: name+hash+data is wanted")

func parseKey(s string) (verifierKey, error) {
	name, rest, _ := strings.Cut(s, "+")
	id, data, ok := strings.Cut(rest, "+")
	b, err := base64.StdEncoding.Strict().DecodeString(data)
	if !ok || name == "" || err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != 1 {
		return verifierKey{}, errNoKey
	}
	sum := sha256.Sum256(append([]byte(name+"\n"), b...))
	if hex.EncodeToString(sum[:4]) != id {
		return verifierKey{}, errors.New("the verifier key was mistyped: its hash does not fit")
	}
	return verifierKey{name, [4]byte(sum[:4]), b[1:]}, nil
}

// openNote reads a note: the text that is signed, each line ended by a line
// feed; an empty line; one line of signature, "— name base64", where base64 is of
// the key's 4 bytes and the 64 of the signature. Without a key there is the text alone.
func openNote(note, vkey string) (checkpoint, error) {
	if vkey == "" {
		return parseText(note)
	}
	key, err := parseKey(vkey)
	if err != nil {
		return checkpoint{}, err
	}
	i := strings.LastIndex(note, "\n\n")
	if i < 0 {
		return checkpoint{}, errors.New("the checkpoint is not signed")
	}
	text, line := note[:i+1], note[i+2:]
	sig, ok := strings.CutPrefix(line, "— "+key.name+" ")
	b, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(sig, "\n"))
	if !ok || !strings.HasSuffix(sig, "\n") || strings.Count(sig, "\n") != 1 || err != nil || len(b) != 4+ed25519.SignatureSize || !bytes.Equal(b[:4], key.id[:]) {
		return checkpoint{}, fmt.Errorf("the checkpoint has no signature by %s, or not that alone", key.name)
	}
	if !ed25519.Verify(key.pub, []byte(text), b[4:]) {
		return checkpoint{}, fmt.Errorf("the signature by %s does not hold", key.name)
	}
	c, err := parseText(text)
	c.by = key.name
	return c, err
}

// parseText reads the text of a checkpoint:
//
//	stet/STORE
//	size, decimal
//	root, base64
//	time, RFC 3339
//	article KEY n HASH     for each article, in the order of the bundle
func parseText(text string) (checkpoint, error) {
	var c checkpoint
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || lines[len(lines)-1] != "" {
		return c, errors.New("the checkpoint is cut off")
	}
	var ok bool
	var errs [4]error
	c.store, ok = strings.CutPrefix(lines[0], "stet/")
	c.size, errs[0] = decimal(lines[1])
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	errs[1] = err
	c.made, errs[2] = time.Parse(time.RFC3339, lines[3])
	_, errs[3] = unhex(c.store, 16)
	if err := cmp.Or(errs[:]...); err != nil {
		return c, fmt.Errorf("the checkpoint is not of a stet store, whose four lines are wanted: %w", err)
	}
	if !ok || len(root) != sha256.Size {
		return c, errors.New("the checkpoint is not of a stet store, whose four lines are wanted")
	}
	c.root = hash(root)
	for _, l := range lines[4 : len(lines)-1] {
		f := strings.Split(l, " ")
		if len(f) != 4 || f[0] != "article" {
			return c, fmt.Errorf("the checkpoint says something unknown: %q", l)
		}
		_, err1 := unhex(f[1], 16)
		n, err2 := decimal(f[2])
		last, err3 := unhex(f[3], sha256.Size)
		if err := cmp.Or(err1, err2, err3); err != nil {
			return c, fmt.Errorf("the checkpoint, %q: %w", l, err)
		}
		c.ends = append(c.ends, end{f[1], n, hash(last)})
	}
	return c, nil
}

// decimal reads a number from 1 without leading zeros.
func decimal(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 62)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != s {
		return 0, fmt.Errorf("%q is no number from 1", s)
	}
	return n, nil
}

// unhex reads exactly n bytes of lower-case hexadecimal digits.
func unhex(s string, n int) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != n || hex.EncodeToString(b) != s {
		return nil, fmt.Errorf("%q is not %d bytes in hexadecimal", s, n)
	}
	return b, nil
}

// leafHash and nodeHash are those of RFC 6962.
func leafHash(record []byte) hash { return sha256.Sum256(append([]byte{0}, record...)) }

func nodeHash(left, right hash) hash {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

// rootFrom climbs from a leaf at index i of n to the root, by the siblings on
// its way, those nearest the leaf first. It fails unless their number is right.
func rootFrom(leaf hash, i, n uint64, siblings [][]byte) (hash, error) {
	h := leaf
	for last := n - 1; last > 0; i, last = i/2, last/2 {
		if i%2 == 0 && i == last {
			continue // the right edge, without a sibling at this height
		}
		if len(siblings) == 0 || len(siblings[0]) != sha256.Size {
			return h, errors.New("its proof is too short")
		}
		if i%2 == 1 {
			h = nodeHash(hash(siblings[0]), h)
		} else {
			h = nodeHash(h, hash(siblings[0]))
		}
		siblings = siblings[1:]
	}
	if len(siblings) != 0 {
		return h, errors.New("its proof is too long")
	}
	return h, nil
}

// sizedUint is a big-endian number at an offset; the caller knows it is there.
func sizedUint(b []byte, at, n int) uint64 {
	if n == 4 {
		return uint64(binary.BigEndian.Uint32(b[at:]))
	}
	return binary.BigEndian.Uint64(b[at:])
}
