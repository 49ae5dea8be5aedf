package ingest

import (
	"bytes"
	"unicode/utf8"
)

// signature is how a kind of file that holds no plain text begins.
type signature struct {
	at    int    // offset of the bytes
	bytes string // what stands there
	looks string // "a PDF document"
	next  string // what to do about it
}

const (
	nextOffice  = "open it in its own program and save it as DOCX, ODT or plain text"
	nextText    = "open it in its own program and save it as plain text or HTML"
	nextPDF     = "turn it into text first, for example with pdftotext FILE -"
	nextUnpack  = "unpack it and import the file inside"
	nextPicture = "type or scan the words out first"
	nextPlain   = "import an article's text, Markdown or HTML"
)

// signatures stand in no article's text.
//
//nolint:gochecknoglobals // a table
var signatures = []signature{
	{0, "%!PS", "a PostScript document", nextPDF},
	{0, "\x7fELF", "a program (ELF)", nextPlain},
	{0, "MZ\x90\x00", "a program (Windows)", nextPlain},
	{0, "\xcf\xfa\xed\xfe", "a program (macOS)", nextPlain},
	{0, "\xca\xfe\xba\xbe", "a program (Java or macOS)", nextPlain},
	{0, "\x00asm", "a program (WebAssembly)", nextPlain},
	{0, "\x1f\x8b", "a gzip archive", nextUnpack},
	{0, "\xfd7zXZ\x00", "an xz archive", nextUnpack},
	{0, "\x28\xb5\x2f\xfd", "a zstd archive", nextUnpack},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z archive", nextUnpack},
	{0, "Rar!\x1a\x07", "a RAR archive", nextUnpack},
	{0, "\x89PNG\r\n\x1a\n", "a picture (PNG)", nextPicture},
	{0, "\xff\xd8\xff", "a picture (JPEG)", nextPicture},
	{0, "II*\x00", "a picture (TIFF)", nextPicture},
	{0, "MM\x00*", "a picture (TIFF)", nextPicture},
	{0, "SQLite format 3\x00", "an SQLite database", nextPlain},
	{16, "\xed\xda\x0c\xed", "a stet store or another bbolt database", "open it with --db FILE"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS, PPT)", nextOffice},
	{0, "bplist00", "a Safari web archive or another property list", "save the page as HTML"},
}

// wordSignatures are plain words too: an article may open with "RIFF", or have
// "ftyp" from its fifth letter. They count only when the rest is no text.
//
//nolint:gochecknoglobals // a table
var wordSignatures = []signature{
	{0, "BZh", "a bzip2 archive", nextUnpack},
	{257, "ustar", "a tar archive", nextUnpack},
	{0, "GIF87a", "a picture (GIF)", nextPicture},
	{0, "GIF89a", "a picture (GIF)", nextPicture},
	{8, "WEBP", "a picture (WebP)", nextPicture},
	{4, "ftyp", "a film or a picture (MP4, HEIC)", nextPicture},
	{0, "ID3", "a sound file (MP3)", nextPlain},
	{0, "OggS", "a sound file (Ogg)", nextPlain},
	{0, "fLaC", "a sound file (FLAC)", nextPlain},
	{0, "RIFF", "a sound or film file (RIFF)", nextPlain},
	{0, "wOFF", "a font", nextPlain},
	{0, "wOF2", "a font", nextPlain},
}

// checkBinary refuses what is no text, by content alone. Text in UTF-16 and
// UTF-32 holds NUL bytes too; that is left to the decoder.
func checkBinary(raw []byte) error {
	if isCompoundFile(raw) && bytes.Contains(raw, wide("EncryptedPackage")) {
		return &Error{Why: "this is an Office document locked with a password", Next: nextUnlock, Err: ErrLocked}
	}
	if s := match(signatures, raw); s != nil {
		return binaryError(s.looks, s.next)
	}
	if s := match(wordSignatures, raw); s != nil {
		head := raw[:min(len(raw), 4096)]
		if bytes.IndexByte(head, 0) >= 0 || !validUTF8Head(head) {
			return binaryError(s.looks, s.next)
		}
	}
	return nil
}

// match gives the first signature of table that raw bears, or nil.
func match(table []signature, raw []byte) *signature {
	for i, s := range table {
		if len(raw) >= s.at && bytes.HasPrefix(raw[s.at:], []byte(s.bytes)) {
			return &table[i]
		}
	}
	return nil
}

// validUTF8Head is utf8.Valid for a piece that may end inside a rune.
func validUTF8Head(b []byte) bool {
	for i := 0; i < utf8.UTFMax && len(b) > 0; i++ {
		if utf8.Valid(b) {
			return true
		}
		b = b[:len(b)-1]
	}
	return len(b) == 0
}

// isCompoundFile recognises what old Office documents and locked new ones are
// kept in.
func isCompoundFile(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// wide writes ASCII as UTF-16LE, as names stand in a compound file.
func wide(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

func binaryError(looks, next string) error {
	return &Error{Why: "this looks like " + looks + ", not like text", Next: next, Err: ErrBinary}
}
