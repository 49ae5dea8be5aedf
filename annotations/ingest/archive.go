package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Bounds on documents that are archives. No article comes near them.
const (
	maxEntries   = 20_000
	maxUnpacked  = 192 << 20 // bytes of all parts that are read, together
	ratioFrom    = 8 << 20   // bytes of one part from which on its ratio counts
	maxRatio     = 200       // times its packed size
	maxMimeBytes = 128
)

const (
	nextUnlock = "open it in its own program, save it without the password and import that"
	nextResave = "open it in its own program and save it again, or get another copy"
)

// archive reads the parts of a ZIP archive in memory. Names in it choose parts
// and are never used as names of files.
type archive struct {
	size  int64
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openArchive reads the directory of an archive.
func openArchive(raw []byte) (*archive, error) {
	// Every entry has this mark in the directory, so the count bounds the memory
	// before any of it is spent.
	if bytes.Count(raw, []byte("PK\x01\x02")) > maxEntries {
		return nil, &Error{Why: "this archive holds more entries than any document does", Next: "import an article's own file", Err: ErrTooLarge}
	}
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Error{Why: "this looks like " + headKind(raw) + ", but it is cut off or damaged: " + err.Error(), Next: nextResave, Err: ErrDamaged}
	}
	a := &archive{size: int64(len(raw)), parts: make(map[string]*zip.File, len(zr.File)), left: maxUnpacked}
	for _, f := range zr.File {
		name := strings.TrimPrefix(f.Name, "/")
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// headKind guesses from the start of a damaged archive what it was.
func headKind(raw []byte) string {
	head := raw[:min(len(raw), 64<<10)]
	switch {
	case bytes.Contains(head, []byte("word/")):
		return "a Word document (DOCX)"
	case bytes.Contains(head, []byte("mimetypeapplication/vnd.oasis.opendocument")):
		return "an OpenDocument file (ODT)"
	case bytes.Contains(head, []byte("mimetypeapplication/epub+zip")):
		return "an EPUB book"
	}
	return "a ZIP archive"
}

// format tells what document the archive is, by its parts.
func (a *archive) format() (string, error) {
	mime := ""
	if r, err := a.open("mimetype"); err == nil {
		if b, err := io.ReadAll(io.LimitReader(r, maxMimeBytes)); err == nil {
			mime = strings.TrimSpace(string(b))
		}
	}
	const odf = "application/vnd.oasis.opendocument."
	switch kind, isODF := strings.CutPrefix(mime, odf); {
	case isODF && strings.HasPrefix(kind, "text"):
		return FormatODT, nil
	case isODF:
		return "", binaryError("an OpenDocument "+foldField(kind, 40), nextText)
	case mime == "application/epub+zip":
		return FormatEPUB, nil
	case a.has("word/document.xml"):
		return FormatDOCX, nil
	case a.has("[Content_Types].xml"):
		return a.officeFormat()
	case a.has("content.xml") && a.has("META-INF/manifest.xml"):
		return FormatODT, nil
	case a.has("META-INF/container.xml"):
		return FormatEPUB, nil
	}
	return "", binaryError("a ZIP archive", nextUnpack)
}

// officeFormat tells Word documents whose main part has an unusual name from
// workbooks and slides.
func (a *archive) officeFormat() (string, error) {
	for name := range a.parts {
		switch {
		case strings.HasPrefix(name, "xl/"):
			return "", binaryError("an Excel workbook (XLSX)", nextText)
		case strings.HasPrefix(name, "ppt/"):
			return "", binaryError("a PowerPoint file (PPTX)", nextText)
		}
	}
	return FormatDOCX, nil
}

func (a *archive) has(name string) bool { return a.parts[name] != nil }

// errNoPart says that an archive lacks a part; most need not be there.
var errNoPart = errors.New("no such part")

// open reads one part, within the bounds above.
func (a *archive) open(name string) (io.Reader, error) {
	f := a.parts[name]
	if f == nil {
		return nil, errNoPart
	}
	const locked, aes = 1, 99
	if f.Flags&locked != 0 || f.Method == aes {
		return nil, &Error{Why: "it is locked with a password", Next: nextUnlock, Err: ErrLocked}
	}
	r, err := f.Open()
	if err != nil {
		return nil, partError(name, err)
	}
	packed := min(int64(min(f.CompressedSize64, 1<<40)), a.size)
	return &partReader{a: a, r: r, name: name, packed: packed}, nil
}

func partError(name string, err error) error {
	return &Error{Why: "its part " + foldField(name, 80) + " is cut off or damaged: " + err.Error(), Next: nextResave, Err: ErrDamaged}
}

// partReader counts what a part unpacks to.
type partReader struct {
	a      *archive
	r      io.Reader
	name   string
	packed int64
	got    int64
}

// Read implements [io.Reader].
func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.got += int64(n)
	p.a.left -= int64(n)
	switch {
	case p.a.left < 0:
		return 0, &Error{Why: "it unpacks to more than " + sizeWords(maxUnpacked), Next: "import the text alone", Err: ErrTooLarge}
	case p.got > ratioFrom && p.got > maxRatio*max(p.packed, 1):
		return 0, &Error{Why: "its part " + foldField(p.name, 80) + " unpacks to hundreds of times its size, as no document does", Next: "do not trust where it came from; import the text alone", Err: ErrTooLarge}
	case err != nil && !errors.Is(err, io.EOF):
		return n, partError(p.name, err)
	}
	return n, err
}
