package agreement

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// sharedFile reads a file of the shared folder that lies beside the repository,
// or skips the test where there is none.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("STET_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			if filepath.Dir(dir) == dir {
				t.Skip("no go.mod above the test: shared data cannot be found")
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(filepath.Dir(dir), "shared")
	}
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Skipf("shared data is not here (set STET_SHARED): %v", err)
	}
	return b
}

type expectation struct {
	Name      string             `json:"name"`
	Expected  map[string]any     `json:"expected"`
	Tolerance map[string]float64 `json:"tolerance"`
}

func TestSharedCasesToThePrintedDigits(t *testing.T) {
	data := sharedFile(t, "agreement/cases.json")
	cases, err := ReadCases(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []expectation }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 || len(cases) != len(file.Cases) {
		t.Fatalf("read %d cases, the file has %d", len(cases), len(file.Cases))
	}
	reports, err := EvaluateAll(cases)
	if err != nil {
		t.Fatal(err)
	}
	// What counts is what the command prints, so the JSON is compared.
	out, err := json.Marshal(reports)
	if err != nil {
		t.Fatal(err)
	}
	var printed map[string]map[string]any
	if err := json.Unmarshal(out, &printed); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, want := range file.Cases {
		got, ok := printed[want.Name]
		if !ok {
			t.Errorf("%s: not printed", want.Name)
			continue
		}
		for metric, w := range want.Expected {
			tol, ok := want.Tolerance[metric]
			if !ok {
				tol = want.Tolerance["default"]
			}
			g, ok := got[metric]
			if !ok {
				t.Errorf("%s: %s is not printed", want.Name, metric)
				continue
			}
			compared += compare(t, want.Name+"/"+metric, g, w, tol)
		}
	}
	if compared < 90 {
		t.Errorf("only %d figures were compared", compared)
	}
}

// compare checks a printed value against an expected one and counts figures.
func compare(t *testing.T, name string, got, want any, tol float64) int {
	t.Helper()
	switch w := want.(type) {
	case nil:
		if got != nil {
			t.Errorf("%s = %v, want null", name, got)
		}
		return 1
	case float64:
		if g, ok := got.(float64); !ok || math.Abs(g-w) > tol {
			t.Errorf("%s = %v, want %v ± %v", name, got, w, tol)
		}
		return 1
	case map[string]any:
		n := 0
		g, _ := got.(map[string]any)
		for k, x := range w {
			n += compare(t, name+"/"+k, g[k], x, tol)
		}
		return n
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			t.Errorf("%s has %d values, want %d", name, len(g), len(w))
			return 0
		}
		n := 0
		for i := range w {
			n += compare(t, fmt.Sprintf("%s[%d]", name, i), g[i], w[i], tol)
		}
		return n
	}
	t.Errorf("%s: expected value %v is of no known kind", name, want)
	return 0
}
