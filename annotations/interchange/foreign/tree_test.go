package foreign_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange/foreign"
	"stet.example/stet/annotations/interchange/interchangetest"
)

func TestWhatIsNoSoundJSONIsRefusedWithItsLine(t *testing.T) {
	for _, c := range []struct {
		story, in string
		line      int
		why       string
	}{
		{"nothing", "", 1, "cut off"},
		{"a file that breaks off", "{\"a\": [1,\n2", 2, "cut off"},
		{"a string that breaks off", "\n[\"abc", 2, "in the middle of a string"},
		{"an escape that breaks off", `["a\`, 1, "in the middle of a string"},
		{"half a surrogate pair", `["` + `\ud83d` + `"]`, 1, "surrogate"},
		{"the other half alone", `["` + `\udea2` + `"]`, 1, "surrogate"},
		{"two first halves", `["\ud83d\ud83d"]`, 1, "surrogate"},
		{"an unknown escape", `["\x41"]`, 1, "escape"},
		{"three digits", `["\u12"]`, 1, "four hexadecimal digits"},
		{"a bare line end in a string", "[\"a\nb\"]", 1, "control character"},
		{"bytes that are no UTF-8", "[\"a\xff\"]", 1, "UTF-8"},
		{"the same member twice", `{"a":1,"b":2,"a":3}`, 1, "stands twice"},
		{"the same member twice, once escaped", `{"a":1,"\u0061":3}`, 1, "stands twice"},
		{"something behind the end", "{} {}", 1, "follows the end"},
		{"a number with a leading zero", "[01]", 1, "is not JSON"},
		{"no number", "[NaN]", 1, "is not JSON"},
		{"a comma too many", "[1,]", 1, "is not JSON"},
		{"nesting without end", strings.Repeat("[", 100000), 1, "deeper than"},
		{"objects without end", strings.Repeat(`{"a":`, 100000), 1, "deeper than"},
		{"the same member twice among many", `{"k":0,` + strings.Join(numbered(40), ",") + `,"k":1}`, 1, "stands twice"},
	} {
		_, err := foreign.Parse([]byte(c.in), 1)
		var syntax *foreign.SyntaxError
		if !errors.As(err, &syntax) || syntax.Line != c.line || !strings.Contains(syntax.Why, c.why) {
			t.Errorf("%s: %v", c.story, err)
		}
	}
}

func numbered(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(`"k%d":0`, i))
	}
	return out
}

func TestWholeNumbersOnlyArePositions(t *testing.T) {
	for in, want := range map[string]int{"12": 12, "12.0": 12, "1.2e1": 12, "-3": -3, "0": 0} {
		n, err := foreign.Parse([]byte(in), 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := n.Int(); !ok || got != want {
			t.Errorf("%s is read as %d, %v", in, got, ok)
		}
	}
	for _, in := range []string{"1.5", "1e999", "-1e999", "9999999999999999999999", `"3"`, "true", "null", "[]", strings.Repeat("9", 400)} {
		n, err := foreign.Parse([]byte(in), 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := n.Int(); ok {
			t.Errorf("%s is read as %d", in, got)
		}
	}
}

// plain is the tree as encoding/json would give it.
func plain(n *foreign.Node) any {
	switch n.Kind {
	case foreign.Object:
		out := map[string]any{}
		for i, name := range n.Names {
			out[name] = plain(n.Items[i])
		}
		return out
	case foreign.List:
		out := []any{}
		for _, x := range n.Items {
			out = append(out, plain(x))
		}
		return out
	case foreign.String:
		return n.Text
	case foreign.Number:
		return json.Number(n.Text)
	case foreign.Bool:
		return n.Text == "true"
	}
	return nil
}

func FuzzParse(f *testing.F) {
	seeds := []string{`{"a":[1,-2.5e3,"\ud83d\udea2 \n",true,null,{}]}`, `[]`, `"x"`, "\ufeff{}", `{"a":{"a":{}}}`, `[1e5,0.1]`}
	for _, s := range seeds {
		if _, err := foreign.Parse([]byte(s), 1); err != nil {
			f.Fatalf("the seed %s: %v", s, err)
		}
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := foreign.Parse(b, 1)
		if err != nil {
			return
		}
		d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff")))
		d.UseNumber()
		var want any
		if err := d.Decode(&want); err != nil {
			t.Fatalf("encoding/json refuses what was read: %v", err)
		}
		if got := plain(n); !reflect.DeepEqual(got, want) {
			t.Fatalf("read as %#v, by encoding/json as %#v", got, want)
		}
	})
}

func TestASCIIFormsSayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := interchangetest.Text(t, 5, "words")
		b, err := foreign.Encode(words)
		if err != nil {
			t.Fatal(err)
		}
		escaped := foreign.ASCII(b)
		for _, c := range escaped {
			if c >= 0x7F {
				t.Fatalf("%q is not printable ASCII", escaped)
			}
		}
		if bytes.Contains(escaped, []byte("~{")) {
			t.Fatalf("%q looks like the start of Chinese in HZ", escaped)
		}
		n, err := foreign.Parse(escaped, 1)
		if err != nil || n.Str() != words {
			t.Fatalf("%q became %q: %v", words, n.Str(), err)
		}
	})
}
