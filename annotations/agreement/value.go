package agreement

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// Value is a figure that may not exist. Either OK is true and V is a finite
// number, or OK is false and Why says in words what kept it from being one. Why
// begins with its reason in short: "undefined", "not comparable" or "too few".
//
// The zero Value is undefined without a reason; the package never returns it.
type Value struct {
	V   float64 // the figure, finite; 0 when OK is false
	OK  bool    // whether there is a figure
	Why string  // why there is none; empty when OK is true
}

// Of makes the Value of a number. NaN and the infinities are no figures: they
// come back as undefined.
func Of(v float64) Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Value{Why: "undefined: the sum left the range of numbers"}
	}
	return Value{V: v, OK: true}
}

// undefined is a figure whose formula has no answer on this data.
func undefined(format string, args ...any) Value {
	return Value{Why: "undefined: " + fmt.Sprintf(format, args...)}
}

// notComparable is a figure that the kind of data forbids, whatever the counts.
func notComparable(format string, args ...any) Value {
	return Value{Why: "not comparable: " + fmt.Sprintf(format, args...)}
}

// tooFew is a figure that more data of the same kind would give.
func tooFew(format string, args ...any) Value {
	return Value{Why: "too few: " + fmt.Sprintf(format, args...)}
}

// String gives the figure to three places, or the reason why there is none. A
// figure that is not 1 but would round to it is shown as ">0.999", so that
// "1.000" always means every single pair.
func (v Value) String() string {
	switch {
	case !v.OK && v.Why == "":
		return "undefined"
	case !v.OK:
		return v.Why
	case v.V < 1 && v.V >= 0.9995:
		return ">0.999"
	}
	s := strconv.FormatFloat(v.V, 'f', 3, 64)
	if s == "-0.000" {
		return "0.000"
	}
	return s
}

// MarshalJSON writes the number, or null. The reason travels beside it, see
// [Report].
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.OK || math.IsNaN(v.V) || math.IsInf(v.V, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(v.V)
}

// chanceCorrected turns observed and expected disagreement into a coefficient,
// 1 - do/de: the same as (po - pe) / (1 - pe), and exactly 1 when nothing
// disagrees.
func chanceCorrected(do, de float64) Value {
	if !(de > 0) {
		return undefined("no disagreement is to be expected by chance, so there is nothing to correct for")
	}
	return Of(1 - do/de)
}
