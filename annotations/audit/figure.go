package audit

import (
	"encoding/json"

	"stet.example/stet/annotations/agreement"
)

// Figure is a number that may not exist. As JSON it is {"value":0.74} or
// {"value":null,"why":"too few: …"}.
type Figure struct{ agreement.Value }

// MarshalJSON implements [json.Marshaler].
func (f Figure) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Value agreement.Value `json:"value"`
		Why   string          `json:"why,omitempty"`
	}{f.Value, f.Why})
}

// share is part of whole, or the words for why there is none.
func share(part, whole int, why string) Figure {
	if whole == 0 {
		return Figure{agreement.Value{Why: "too few: " + why}}
	}
	return Figure{agreement.Of(float64(part) / float64(whole))}
}
