package boltfile

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"unicode/utf8"
)

// signature is a mark by which a foreign file is named.
type signature struct {
	at    int
	mark  string
	looks string
}

// signatures come from the formats' own specifications.
var signatures = [...]signature{
	{0, "SQLite format 3\x00", "an SQLite database"},
	{0, "\x1f\x8b", "a gzip archive"},
	{0, "\x28\xb5\x2f\xfd", "a zstd archive"},
	{0, "\xfd7zXZ\x00", "an xz archive"},
	{0, "BZh", "a bzip2 archive"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
	{0, "PK\x03\x04", "a ZIP archive or an office document"},
	{0, "PK\x05\x06", "an empty ZIP archive"},
	{257, "ustar", "a tar archive"},
	{0, "%PDF-", "a PDF document"},
	{0, "\x7fELF", "a program"},
	{0, "MZ", "a Windows program"},
	{0, "\x89PNG\r\n", "a picture"},
	{0, "\xff\xd8\xff", "a picture"},
	{16, "\xde\xc0\xef\xbe", "an LMDB database"},
	{0, "age-encryption.org/", "a file encrypted with age"},
	{0, "-----BEGIN ", "a key or certificate"},
}

// sniff names what the first bytes of a file look like.
func sniff(first []byte) string {
	if len(first) >= metaEnd && binary.NativeEndian.Uint32(first[headerSize:]) == bits.ReverseBytes32(magic) {
		return "a bbolt file from a machine of the other byte order"
	}
	for _, s := range signatures {
		if len(first) >= s.at && bytes.HasPrefix(first[s.at:], []byte(s.mark)) {
			return s.looks
		}
	}
	if len(bytes.Trim(first, "\x00")) == 0 {
		return "a file of zero bytes, as a crash may leave it"
	}
	if bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff")) {
		return "UTF-16 text"
	}
	if !isText(first) {
		return "binary data of a kind not known here"
	}
	switch t := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(first, []byte("\xef\xbb\xbf")))); {
	case bytes.HasPrefix(t, []byte("{")), bytes.HasPrefix(t, []byte("[")):
		return "JSON text"
	case bytes.HasPrefix(t, []byte("<!doctype html")), bytes.HasPrefix(t, []byte("<html")):
		return "an HTML page"
	case bytes.HasPrefix(t, []byte("<?xml")):
		return "XML"
	}
	return "plain text"
}

// isText reports whether b is UTF-8 without control characters, apart from a
// character cut off at its end.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n <= 1 {
			return len(b) < utf8.UTFMax && !utf8.FullRune(b)
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b {
			return false
		}
		b = b[n:]
	}
	return true
}

const (
	guessBytes = 4 << 20 // how far into the file page headers are looked for
	guessChunk = 64 << 10
)

// guessPageSize finds the page size of a file without a valid meta, by counting
// for each size the page headers that stand where they say. It returns 0 when
// nothing in the first 4 MiB looks like a page.
func guessPageSize(r io.ReaderAt, info Info) int {
	var hits [16]int // by the power of two
	for at := int64(0); at < min(info.Size, guessBytes); at += guessChunk {
		b, err := readUpTo(r, at, guessChunk, info.Size)
		if err != nil {
			continue
		}
		for o := 0; o+headerSize <= len(b); o += minPageSize {
			h, pos := readHeader(b[o:]), at+int64(o)
			if h.id == 0 || !h.legalType() || pos%int64(h.id) != 0 {
				continue
			}
			if ps := pos / int64(h.id); ps >= minPageSize && ps <= maxPageSize && bits.OnesCount64(uint64(ps)) == 1 {
				hits[bits.TrailingZeros64(uint64(ps))-10]++
			}
		}
	}
	// The size an invalid meta claims decides between equals.
	for _, m := range info.Metas {
		if m.magic == magic && legalPageSize(m.PageSize) {
			hits[bits.TrailingZeros32(m.PageSize)-10]++
		}
	}
	best := 0
	for i, n := range hits {
		if n > hits[best] {
			best = i
		}
	}
	if hits[best] == 0 {
		return 0
	}
	return minPageSize << best
}
