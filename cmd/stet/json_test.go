package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// compact gives JSON in one form, with all escapes undone.
func compact(t *testing.T, s string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatalf("no JSON: %v", err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// FuzzEscapedJSONIsTheSameAndHarmless: whatever a text holds, the JSON that
// carries it means the same after escaping, and nothing in it commands a
// terminal.
func FuzzEscapedJSONIsTheSameAndHarmless(f *testing.F) {
	seeds := []string{"", "plain", "\x1b[2J\a\x7f", "a\u0085b\u009bc", "\u202eabc\u202c\u2066x\u2069", "\ufeff\u200b\u00ad", "😀 é مرحبا \U000e0041", "\\\"\\u0041\\", "a\xffb"}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, err := json.Marshal(map[string]string{"k": s})
		if err != nil {
			t.Fatal(err)
		}
		b, err := encodeJSON(map[string]string{"k": s}, "")
		if err != nil {
			t.Fatal(err)
		}
		var want, got map[string]string
		if json.Unmarshal(plain, &want) != nil || json.Unmarshal(b, &got) != nil || !reflect.DeepEqual(want, got) {
			t.Errorf("%q became %q", want, got)
		}
		line := strings.TrimSuffix(string(b), "\n")
		if shown := annotations.Visible(line); shown != line {
			t.Errorf("%q would reach a terminal", line)
		}
	})
}

func TestEscapingLeavesPlainJSONAlone(t *testing.T) {
	t.Parallel()
	in := []byte("{\n\t\"a\": \"é – “x” 😀 \\u001b\"\n}\n")
	if out := escapeJSON(in); !bytes.Equal(in, out) {
		t.Errorf("%q became %q", in, out)
	}
}
