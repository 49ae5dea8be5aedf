package annotations

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// Hash is a SHA-256 digest. Its text form is 64 lower-case hexadecimal digits.
type Hash [32]byte

// HashOf is the digest of s.
func HashOf(s string) Hash {
	const piece = 64 << 10 // a long text is not copied as a whole
	if len(s) <= piece {
		return sha256.Sum256([]byte(s))
	}
	h, buf := sha256.New(), make([]byte, piece)
	for len(s) > 0 {
		n := copy(buf, s)
		h.Write(buf[:n])
		s = s[n:]
	}
	return Hash(h.Sum(nil))
}

// IsZero reports whether h was never set.
func (h Hash) IsZero() bool { return h == Hash{} }

// String gives all 64 hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Start gives the first eight bytes as a number, to tell apart what people write.
func (h Hash) Start() uint64 { return binary.BigEndian.Uint64(h[:]) }

// FromStart is a hash of which the start alone is known; the rest is zero.
func FromStart(n uint64) (h Hash) {
	binary.BigEndian.PutUint64(h[:], n)
	return h
}

// Short gives the first eight hexadecimal digits, for people.
func (h Hash) Short() string { return hex.EncodeToString(h[:4]) }

// MarshalText implements [encoding.TextMarshaler].
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *Hash) UnmarshalText(b []byte) error { return unhex(h[:], b, "a SHA-256") }

// unhex fills dst from exactly as many hexadecimal digits as it needs.
func unhex(dst, b []byte, what string) error {
	if len(b) != 2*len(dst) {
		return fmt.Errorf("%s has %d hexadecimal digits, not %d", what, 2*len(dst), len(b))
	}
	if _, err := hex.Decode(dst, b); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
