package boltfile

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func gzipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return z.Bytes()
}

func TestQuickNamesFilesThatAreSomethingElse(t *testing.T) {
	swapped := make([]byte, 8192)
	binary.BigEndian.PutUint32(swapped[headerSize:], magic)
	binary.LittleEndian.PutUint32(swapped[4096+headerSize:], magic)
	if binary.NativeEndian.Uint16([]byte{0, 1}) != 1 {
		clear(swapped[4096:])
	} else {
		clear(swapped[:4096])
	}
	tests := []struct {
		story string
		data  []byte
		looks string
	}{
		{"nothing", nil, "an empty file"},
		{"zeros", make([]byte, 64<<10), "a file of zero bytes"},
		{"an article", []byte("The minister said on Tuesday that …\n"), "plain text"},
		{"an article cut inside a character", append(bytes.Repeat([]byte("a"), 8191), "é"...), "plain text"},
		{"an export", []byte("\n{\"format\": 1}"), "JSON text"},
		{"a page from the web", []byte("<!DOCTYPE html><html>"), "an HTML page"},
		{"a feed", []byte("<?xml version=\"1.0\"?>"), "XML"},
		{"a Windows text", []byte("\xff\xfea\x00b\x00"), "UTF-16 text"},
		{"a compressed backup", gzipped(t, bytes.Repeat([]byte("store"), 1000)), "a gzip archive"},
		{"SQLite", append([]byte("SQLite format 3\x00"), make([]byte, 9000)...), "an SQLite database"},
		{"a document", []byte("PK\x03\x04\x14\x00"), "a ZIP archive or an office document"},
		{"noise", bytes.Repeat([]byte{0xde, 0xad, 0x01}, 5000), "binary data of a kind not known here"},
		{"the other byte order", swapped, "a bbolt file from a machine of the other byte order"},
	}
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(path, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Quick(path)
			var f *ForeignError
			if !errors.Is(err, ErrNotBolt) || !errors.As(err, &f) || !strings.HasPrefix(f.Looks, tt.looks) {
				t.Errorf("error %v, want one that says %q", err, tt.looks)
			}
			if errors.Is(err, ErrDamaged) {
				t.Error("a foreign file is called damaged")
			}
			if _, err := CheckFile(t.Context(), path, Options{}); !errors.Is(err, ErrNotBolt) {
				t.Errorf("CheckFile: %v", err)
			}
			if _, err := SalvageFile(t.Context(), path, SalvageOptions{}, nil); !errors.Is(err, ErrNotBolt) {
				t.Errorf("SalvageFile: %v", err)
			}
		})
	}
	if _, err := Quick(t.TempDir()); !errors.Is(err, ErrNotBolt) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Quick(os.DevNull); !errors.Is(err, ErrNotBolt) {
		t.Errorf("a device: %v", err)
	}
}

func TestQuickOnHurtMetas(t *testing.T) {
	o := binary.NativeEndian
	// reseal gives meta i a right checksum again: damage no bit flip makes.
	reseal := func(f fixture, i int) {
		body := f.page(uint64(i))[headerSize:metaEnd]
		o.PutUint64(body[checksumOffset:], fnv1a(body[:checksumOffset]))
	}
	newest := func(f fixture) int {
		info, _ := identify(bytes.NewReader(f.data), int64(len(f.data)))
		return info.Newest
	}
	tests := []struct {
		story    string
		hurt     func(f *fixture)
		is       []error
		doubtful bool
		says     string
	}{
		{"a flip in the newest", func(f *fixture) { f.page(uint64(newest(*f)))[headerSize+50] ^= 4 }, nil, true, "its checksum does not match"},
		{"a flip in the older", func(f *fixture) { f.page(uint64(1 - newest(*f)))[headerSize+50] ^= 4 }, nil, true, "its checksum does not match"},
		{"the first is gone", func(f *fixture) { clear(f.page(0)) }, nil, true, "its mark is 00000000"},
		{"the second is gone", func(f *fixture) { clear(f.page(1)) }, nil, true, "its mark is 00000000"},
		{"the first stands in the place of the second", func(f *fixture) { copy(f.page(1), f.page(0)) }, nil, true, "both meta pages carry the number"},
		{"the older is from long ago", func(f *fixture) {
			i := 1 - newest(*f)
			o.PutUint64(f.page(uint64(i))[headerSize+48:], 1)
			reseal(*f, i)
		}, nil, true, "no neighbours"},
		{"a flip in the page header of one", func(f *fixture) { f.page(0)[8] ^= 1 }, nil, false, "page header around meta page 0"},
		{"both are gone", func(f *fixture) { clear(f.data[:2*f.pageSize]) }, []error{ErrDamaged}, false, "neither meta page is valid"},
		{"both are of a later version", func(f *fixture) {
			for i := range 2 {
				o.PutUint32(f.page(uint64(i))[headerSize+4:], 3)
				reseal(*f, i)
			}
		}, []error{ErrVersion}, false, "version 3"},
		{"one claims a later version", func(f *fixture) { o.PutUint32(f.page(0)[headerSize+4:], 3) }, nil, true, "its format version is 3"},
		{"a page size of 5000", func(f *fixture) { o.PutUint32(f.data[headerSize+8:], 5000); reseal(*f, 0) }, []error{ErrDamaged}, false, "page size of 5000"},
		{"a root behind the end", func(f *fixture) {
			i := newest(*f)
			o.PutUint64(f.page(uint64(i))[headerSize+16:], 1<<40)
			reseal(*f, i)
		}, []error{ErrDamaged}, false, "the root page"},
		{"a freelist behind the end", func(f *fixture) {
			i := newest(*f)
			o.PutUint64(f.page(uint64(i))[headerSize+32:], 1<<40)
			reseal(*f, i)
		}, []error{ErrDamaged}, false, "the freelist page"},
		{"half of the file is gone", func(f *fixture) { f.data = f.data[:len(f.data)/4] }, []error{ErrDamaged, ErrTruncated}, false, "cut short"},
		{"one page is left", func(f *fixture) { f.data = f.data[:f.pageSize] }, []error{ErrDamaged, ErrTruncated}, true, "cut short"},
		{"twenty bytes are left", func(f *fixture) { f.data = f.data[:20] }, []error{ErrDamaged, ErrTruncated}, false, "neither meta page"},
		{"an odd end", func(f *fixture) { f.data = append(f.data, "tail"...) }, nil, false, "4 bytes that are no whole page"},
		{"the root page is zeros", func(f *fixture) {
			clear(f.page(checkBytes(t, f.data, Options{}).Commit.Root))
		}, []error{ErrDamaged}, false, "the root page is wrong"},
		{"the freelist page is zeros", func(f *fixture) {
			clear(f.page(checkBytes(t, f.data, Options{}).Commit.Freelist))
		}, []error{ErrDamaged}, false, "the freelist page is wrong"},
	}
	for _, pageSize := range []int{1024, 4096, 16384, 65536} {
		sound := newFixture(t, 2, pageSize, 11)
		for _, tt := range tests {
			t.Run(tt.story, func(t *testing.T) {
				f := sound
				f.data = bytes.Clone(sound.data)
				tt.hurt(&f)
				if err := os.WriteFile(f.path, f.data, 0o600); err != nil {
					t.Fatal(err)
				}
				info, err := Quick(f.path)
				if (err == nil) != (len(tt.is) == 0) {
					t.Fatalf("error %v", err)
				}
				for _, want := range tt.is {
					if !errors.Is(err, want) {
						t.Errorf("error %v is not %v", err, want)
					}
				}
				if info.LastSaveDoubtful != tt.doubtful {
					t.Errorf("doubtful %v, warnings %v", info.LastSaveDoubtful, info.Warnings)
				}
				said := ""
				for _, w := range info.Warnings {
					said += w.String() + "\n"
				}
				if err != nil {
					said += err.Error()
				}
				if !strings.Contains(said, tt.says) {
					t.Errorf("want %q in:\n%s", tt.says, said)
				}
			})
		}
	}
}
