package interchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

func write(t rapid.TB, f interchange.Format, e interchange.Export) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := interchange.Write(&b, f, e); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		b := write(t, interchange.JSON, e)
		got, receipt, err := interchange.ReadJSON(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if !receipt.Clean() {
			t.Fatalf("rejected %v, repaired %v", receipt.Rejected, receipt.Repaired)
		}
		if at := difference(reflect.ValueOf(*got), reflect.ValueOf(e), "export"); at != "" {
			t.Fatalf("read back otherwise: %s", at)
		}
		if again := write(t, interchange.JSON, *got); !bytes.Equal(again, b) {
			t.Fatal("written again, the bytes differ")
		}
	})
}

// difference names the first place where a and b differ, or "".
func difference(a, b reflect.Value, path string) string {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return ""
	}
	switch {
	case a.Kind() == reflect.Struct && a.Type() != reflect.TypeFor[time.Time]():
		for i := range a.NumField() {
			if at := difference(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); at != "" {
				return at
			}
		}
	case a.Kind() == reflect.Slice && a.Len() == b.Len():
		for i := range a.Len() {
			if at := difference(a.Index(i), b.Index(i), fmt.Sprintf("%s[%d]", path, i)); at != "" {
				return at
			}
		}
	case a.Kind() == reflect.Map && a.Len() == b.Len():
		for _, k := range a.MapKeys() {
			if v := b.MapIndex(k); v.IsValid() {
				if at := difference(a.MapIndex(k), v, fmt.Sprintf("%s[%v]", path, k)); at != "" {
					return at
				}
			}
		}
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil():
		return difference(a.Elem(), b.Elem(), path)
	}
	return fmt.Sprintf("%s is %#v, not %#v", path, a.Interface(), b.Interface())
}

func TestEveryFormatOfEveryExportReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		for _, f := range []interchange.Format{interchange.JSON, interchange.JSONL, interchange.CSV, interchange.TSV} {
			if err := interchange.Verify(f, write(t, f, e), e); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestVerifySeesAnyByteThatChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		f := rapid.SampledFrom([]interchange.Format{interchange.JSON, interchange.JSONL, interchange.TSV}).Draw(t, "format")
		b := write(t, f, e)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		b[i] ^= 1 << rapid.IntRange(0, 6).Draw(t, "bit")
		if err := interchange.Verify(f, b, e); err == nil && !sameMeaning(f, b, e) {
			t.Fatalf("a change at byte %d of the %s went unseen", i, f)
		}
		if err := interchange.Verify(f, b[:i], e); err == nil && strings.TrimSpace(string(b[i:])) != "" {
			t.Fatalf("the %s cut at byte %d passed", f, i)
		}
	})
}

// sameMeaning reports whether b differs from what was written in white space
// and escapes only.
func sameMeaning(f interchange.Format, b []byte, e interchange.Export) bool {
	if f != interchange.JSONL {
		return false
	}
	var want bytes.Buffer
	if err := interchange.Write(&want, f, e); err != nil {
		return false
	}
	got, lines := bytes.Split(b, []byte("\n")), bytes.Split(want.Bytes(), []byte("\n"))
	for i := range lines {
		var x, y any
		if len(got) != len(lines) || len(lines[i]) > 0 && (json.Unmarshal(got[i], &x) != nil || json.Unmarshal(lines[i], &y) != nil || !reflect.DeepEqual(x, y)) {
			return false
		}
	}
	return true
}

func compiledSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(interchange.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	const id = "https://stet.example/schema/export-1.schema.json"
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t rapid.TB, s *jsonschema.Schema, b []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestEveryExportObeysTheSchema(t *testing.T) {
	s := compiledSchema(t)
	rapid.Check(t, func(t *rapid.T) {
		if err := validate(t, s, write(t, interchange.JSON, interchangetest.Draw(t))); err != nil {
			t.Fatal(err)
		}
	})
}

// objects lists every object of a decoded document.
func objects(v any) []map[string]any {
	var out []map[string]any
	switch v := v.(type) {
	case map[string]any:
		out = append(out, v)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, objects(v[k])...)
		}
	case []any:
		for _, x := range v {
			out = append(out, objects(x)...)
		}
	}
	return out
}

func TestTheSchemaRefusesAnUnknownFieldAnywhere(t *testing.T) {
	s := compiledSchema(t)
	rapid.Check(t, func(t *rapid.T) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, interchange.JSON, interchangetest.Draw(t))))
		if err != nil {
			t.Fatal(err)
		}
		all := objects(doc)
		object := all[rapid.IntRange(0, len(all)-1).Draw(t, "which")]
		object["colour"] = "red"
		if s.Validate(doc) == nil {
			t.Fatalf("passed: %v", object)
		}
	})
}
