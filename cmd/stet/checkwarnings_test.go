package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// litter puts a byte behind the last record of every leaf page of a store file, which
// no reader looks at, and returns how many pages got one.
func litter(t *testing.T, path string) (n int) {
	t.Helper()
	const page, header, element, leaf = 4096, 16, 16, 0x02
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 2 * page; at+page <= len(b); {
		flags, count := binary.LittleEndian.Uint16(b[at+8:]), int(binary.LittleEndian.Uint16(b[at+10:]))
		size := page * (1 + int(binary.LittleEndian.Uint32(b[at+12:])))
		if flags != leaf || count == 0 || binary.LittleEndian.Uint64(b[at:]) != uint64(at/page) || at+size > len(b) {
			at += page
			continue
		}
		last := at + header + element*(count-1)
		end := last
		for _, field := range []int{4, 8, 12} { // where the key stands, its length, the value's
			end += int(binary.LittleEndian.Uint32(b[last+field:]))
		}
		if end < at+size {
			b[at+size-1] = 0x5A
			n++
		}
		at += size
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return n
}

// A file that opens and reads well, with something odd on more pages than a check
// names, was called damaged, with the advice not to write to it.
func TestManyWarningsAreNoDamage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	db := filepath.Join(w.dir, "stet.db")
	w.vars["STET_DB"] = db
	var text strings.Builder
	const sentences, act = 3600, 120
	for i := range sentences {
		fmt.Fprintf(&text, "Boat %d left the pier at six.\n\n", i)
	}
	w.must("import", w.file("boats.txt", text.String()))
	for at := 1; at <= sentences; at += act {
		w.must("tag", "boats", fmt.Sprintf("%d-%d", at, at+act-1), "sourced", "--source", "the harbour board")
	}
	w.must("check")
	if n := litter(t, db); n < 300 {
		t.Fatalf("only %d pages took a byte", n)
	}
	code, said := w.run("check"), w.stdout.String()+w.stderr.String()
	if code != exitOK || !strings.Contains(said, "is whole") || strings.Contains(said, "damage") || !strings.Contains(said, " more") {
		t.Errorf("exit code %d: %.2000s", code, said)
	}
}
