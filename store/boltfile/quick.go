package boltfile

import (
	"fmt"
	"io"
	"os"
)

// Info is what the meta pages and the size of a file tell.
type Info struct {
	Size     int64   // bytes
	PageSize int     // bytes; 0 when unknown
	Metas    [2]Meta // as found, valid or not
	Newest   int     // index into Metas of the commit bbolt would open; -1 when neither is valid

	// LastSaveDoubtful: one meta page is invalid, or the two are not neighbours.
	// The commit that opens is whole, but one made after it may be lost.
	LastSaveDoubtful bool
	// Warnings say what is odd and does not keep bbolt from opening the file.
	Warnings []Problem
}

// Current returns the meta of the newest commit; ok is false when neither meta is valid.
func (i Info) Current() (m Meta, ok bool) {
	if i.Newest < 0 || i.Newest > 1 {
		return Meta{}, false
	}
	return i.Metas[i.Newest], true
}

// Previous returns the meta of the commit before the newest. ok is false when
// its meta page is not valid or names the very tree the newest does (as in a
// fresh file or a backup). Whether its tree is whole is for [Check] with
// Options.Commit set to [Previous] to say: a save that was cut off may have
// begun to write over it.
func (i Info) Previous() (m Meta, ok bool) {
	cur, ok := i.Current()
	if !ok {
		return Meta{}, false
	}
	m = i.Metas[1-i.Newest]
	return m, m.Valid() && (m.Root != cur.Root || m.Freelist != cur.Freelist)
}

// Pages is the number of whole pages in the file.
func (i Info) Pages() uint64 {
	if i.PageSize <= 0 || i.Size <= 0 {
		return 0
	}
	return uint64(i.Size) / uint64(i.PageSize)
}

// Quick judges a file before it is opened, with about four small reads: its
// size, both metas, and the headers of the root and the freelist page. It returns
// nil when these allow bbolt to open the file. Otherwise the error is a
// [*Damage], [*ForeignError] or [*VersionError], or one of the operating system.
// Info is filled as far as it was possible, with an error too. See the fields
// LastSaveDoubtful and Warnings even when the error is nil.
//
// Quick does not vouch for the pages behind those: [Check] does.
func Quick(path string) (Info, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return Info{Newest: -1}, err
	}
	defer f.Close()
	return Inspect(f, size)
}

// Inspect is [Quick] for an open file of size bytes.
func Inspect(r io.ReaderAt, size int64) (Info, error) {
	info, err := identify(r, size)
	if err != nil {
		return info, err
	}
	cur, _ := info.Current()
	if p := judge(info, cur); p != nil {
		return info, p.damage()
	}
	s := newSource(r, info)
	if p := peek(s, cur); p != nil {
		return info, p.damage()
	}
	return info, nil
}

// openRegular opens a regular file only: opening a pipe would wait for its
// other end, reading a device has no end.
func openRegular(path string) (*os.File, int64, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, 0, fmt.Errorf("look at the file: %w", err)
	}
	if st.IsDir() {
		return nil, 0, &ForeignError{Looks: "a directory"}
	}
	if !st.Mode().IsRegular() {
		return nil, 0, &ForeignError{Looks: "a device, pipe or socket"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("open the file for reading: %w", err)
	}
	return f, st.Size(), nil
}

// identify finds the page size and the newest commit, as bbolt does. An error
// means that bbolt could not; what was found stands in Info all the same.
func identify(r io.ReaderAt, size int64) (Info, error) {
	info := Info{Size: max(size, 0), Newest: -1}
	if info.Size == 0 {
		return info, &ForeignError{Looks: "an empty file"}
	}
	first, readErr := readUpTo(r, 0, firstRead, info.Size)
	if readErr != nil {
		readErr = unreadable(0, readErr)
	}
	info.Metas[0] = readMeta(0, first)
	info.Metas[1] = Meta{Index: 1, Fault: "it was not found"}
	if m := info.Metas[0]; m.Valid() {
		if !legalPageSize(m.PageSize) {
			return info, pageSizeDamage(m)
		}
		info.PageSize = int(m.PageSize)
		info.Metas[1], readErr = secondMeta(r, info.Size, first, int64(m.PageSize))
	} else {
		findSecondMeta(r, first, &info)
	}
	for i, m := range info.Metas {
		if m.Valid() && (info.Newest < 0 || m.TxID > info.Metas[info.Newest].TxID) {
			info.Newest = i
		}
	}
	if readErr == nil && info.Newest < 0 {
		return info, neitherValid(r, info, first)
	}
	if info.Newest >= 0 {
		info.remark()
	}
	return info, readErr
}

// firstRead is how many bytes the first read takes: both metas for the usual page size.
const firstRead = 8 << 10

// secondMeta reads the meta at offset at, from first when that reaches so far.
func secondMeta(r io.ReaderAt, size int64, first []byte, at int64) (Meta, error) {
	if at+metaEnd <= int64(len(first)) {
		return readMeta(1, first[at:]), nil
	}
	b, err := readUpTo(r, at, metaEnd, size)
	if err != nil {
		return Meta{Index: 1, Fault: "it cannot be read"}, unreadable(1, err)
	}
	return readMeta(1, b), nil
}

// unreadable is for a meta page that the device will not give up: bbolt reads
// both through its map and would be killed there.
func unreadable(page uint64, err error) error {
	return &Damage{
		Page:  page,
		What:  fmt.Sprintf("reading the meta page failed: %v", err),
		Next:  "copy the file to another disk as far as it can be read, or restore a backup",
		cause: err,
	}
}

// findSecondMeta looks for a valid second meta where each legal page size would
// put it, when the first does not tell the page size.
func findSecondMeta(r io.ReaderAt, first []byte, info *Info) {
	for ps := int64(minPageSize); ps <= maxPageSize && ps+metaEnd <= info.Size; ps *= 2 {
		m, err := secondMeta(r, info.Size, first, ps)
		if err == nil && m.Valid() && int64(m.PageSize) == ps {
			info.Metas[1], info.PageSize = m, int(ps)
			return
		}
		// Kept for the report: the best guess at where the second meta stands.
		if m.magic == magic && info.Metas[1].magic != magic {
			info.Metas[1] = m
		}
	}
}

func pageSizeDamage(m Meta) error {
	return &Damage{
		Page: uint64(m.Index),
		What: fmt.Sprintf("the meta page gives a page size of %d bytes, which is no power of two from %d to %d", m.PageSize, minPageSize, maxPageSize),
		Next: nextStep,
	}
}

// neitherValid explains a file without a valid meta: another format, another
// version, or a bbolt file that lost both.
func neitherValid(r io.ReaderAt, info Info, first []byte) error {
	a, b := info.Metas[0], info.Metas[1]
	if a.magic == magic && b.magic == magic && a.Version == b.Version && a.Version != formatVersion {
		return &VersionError{Found: a.Version}
	}
	stub := len(first) >= headerSize && readHeader(first) == header{flags: flagMeta}
	if stub || a.magic == magic || b.magic == magic || guessPageSize(r, info) != 0 {
		d := &Damage{
			Page: 0,
			What: fmt.Sprintf("neither meta page is valid: of the first, %s; of the second, %s", a.Fault, b.Fault),
			Next: "salvage the records into a new file, or restore a backup",
		}
		d.truncated = info.Size < 2*minPageSize
		return d
	}
	return &ForeignError{Looks: sniff(first)}
}

// remark fills in the warnings that numbers alone give.
func (i *Info) remark() {
	cur, _ := i.Current()
	other := i.Metas[1-i.Newest]
	warn := func(k Kind, page int, format string, args ...any) {
		i.Warnings = append(i.Warnings, Problem{Page: uint64(page), Kind: k, Warning: true, Text: fmt.Sprintf(format, args...)})
	}
	doubt := func(format string, args ...any) {
		i.LastSaveDoubtful = true
		warn(KindMeta, other.Index, format, args...)
	}
	switch d := cur.TxID - other.TxID; {
	case !other.Valid():
		doubt("meta page %d is damaged (%s): the save numbered %d opens, but a later one may be lost", other.Index, other.Fault, cur.TxID)
	case d == 0:
		doubt("both meta pages carry the number %d: one stands in the place of another", cur.TxID)
	case d > 2:
		doubt("the meta pages carry the numbers %d and %d, which are no neighbours: a save may be lost", cur.TxID, other.TxID)
	}
	for _, m := range i.Metas {
		if m.Valid() && m.headerOff {
			warn(KindMeta, m.Index, "the page header around meta page %d is damaged; bbolt does not use it", m.Index)
		}
	}
	if odd := i.Size % int64(i.PageSize); odd != 0 {
		warn(KindFileSize, int(i.Size/int64(i.PageSize)), "the file ends with %d bytes that are no whole page of %d", odd, i.PageSize)
	}
}

// nextStep closes the sentence about a file that must not be opened.
const nextStep = "do not write to it: take the commit before the last (`stet restore --previous`), salvage the records into a new file, or restore a backup"

// judge tests the numbers of commit m against the size of the file. It returns
// nil when they fit.
func judge(info Info, m Meta) *Problem {
	bad := func(k Kind, format string, args ...any) *Problem {
		return &Problem{Page: uint64(m.Index), Kind: k, Text: fmt.Sprintf(format, args...)}
	}
	other := info.Metas[1-m.Index]
	switch {
	case int64(m.PageSize) != int64(info.PageSize), other.Valid() && other.PageSize != m.PageSize:
		return bad(KindMeta, "the two meta pages give different page sizes, %d and %d bytes", info.Metas[0].PageSize, info.Metas[1].PageSize)
	case info.Pages() < 2:
		return bad(KindTruncated, "the file is cut short: %d bytes are less than the two pages it must begin with", info.Size)
	case m.Root < firstDataPage || m.Root >= m.HighWater:
		return bad(KindMeta, "the root page %d lies outside the pages 2 to %d in use", m.Root, m.HighWater)
	case m.FreelistKept() && (m.Freelist < firstDataPage || m.Freelist >= m.HighWater):
		return bad(KindMeta, "the freelist page %d lies outside the pages 2 to %d in use", m.Freelist, m.HighWater)
	case m.Freelist == m.Root:
		return bad(KindMeta, "page %d is named as root and as freelist", m.Root)
	case m.HighWater > info.Pages():
		return bad(KindTruncated, "the file is cut short: %d pages are in use, the file has %d", m.HighWater, info.Pages())
	}
	return nil
}

// peek reads the headers of the root and the freelist page.
func peek(s *source, m Meta) *Problem {
	h, fl := s.header(m.Root)
	if fl == nil {
		fl = headerFlaw(h, m.Root, m.HighWater, s.pageSize, flagBranch, flagLeaf)
	}
	if fl != nil {
		return &Problem{Page: m.Root, Kind: fl.kind, Text: "the root page is wrong: " + fl.text, cause: fl.cause}
	}
	if !m.FreelistKept() {
		return nil
	}
	h, fl = s.header(m.Freelist)
	if fl == nil {
		fl = headerFlaw(h, m.Freelist, m.HighWater, s.pageSize, flagFreelist)
	}
	if fl != nil {
		return &Problem{Page: m.Freelist, Kind: fl.kind, Text: "the freelist page is wrong: " + fl.text, cause: fl.cause}
	}
	return nil
}
