package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the test vectors anew")

// The vectors are what another implementer can try theirs on: a bundle, a
// redacted one, the key, and what this program says of them.
func TestVectors(t *testing.T) {
	at := func(name string) string { return filepath.Join("testdata", name) }
	if *update {
		w := newWorld(t, 3)
		whole, redacted := w.bundle(t, w.key), w.bundle(t, w.key, "notes", "names")
		for name, data := range map[string]string{
			"whole.bundle": string(whole), "redacted.bundle": string(redacted), "key.txt": w.key.Public() + "\n",
			"bare.bundle": string(w.bundle(t, nil)), "whole.said": mustVerify(t, whole, w.key.Public()), "redacted.said": mustVerify(t, redacted, w.key.Public()),
		} {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at(name), []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	read := func(name string) string {
		b, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	key := strings.TrimSpace(read("key.txt"))
	mustVerify(t, []byte(read("bare.bundle")), "")
	for _, name := range []string{"whole", "redacted"} {
		if said := mustVerify(t, []byte(read(name+".bundle")), key); said != read(name+".said") {
			t.Errorf("%s.bundle: it says\n%swant\n%s", name, said, read(name+".said"))
		}
	}
}

// FuzzVerify looks for bundles that make the program crash, or that it takes
// although they are not one of those it should.
func FuzzVerify(f *testing.F) {
	seeds := 0
	for _, name := range []string{"whole", "redacted", "bare"} { // what nobody signed lets the fuzzer in deeper
		b, err := os.ReadFile(filepath.Join("testdata", name+".bundle"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		seeds++
	}
	if seeds == 0 {
		f.Fatal("there are no seeds")
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if said, err := verify(bytes.NewReader(b), ""); err == nil && !strings.Contains(said, "proved ") {
			t.Error("it is proved, and nothing is said")
		}
	})
}

// FuzzRecord looks for records that make the program crash.
func FuzzRecord(f *testing.F) {
	b := make([]byte, recordFixed)
	b[0], b[1] = 1, kindAnnotate
	f.Add(append(b, 1, 'a', 0, 0xA1, 0x06, 0xA1, 0x01, 0x61, 's'))
	f.Add(append(b, 0, 0, 0xBF))
	f.Add(slices.Concat(b, []byte{255}, make([]byte, 255), []byte{0, 0xA0})) // a name of 255 bytes, whose end no byte can count to
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := parseRecord(b); err == nil && fmt.Sprint(r.what()) == "" {
			t.Error("a record without words")
		}
	})
}
