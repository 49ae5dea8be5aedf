package align

import (
	"math"
	"strconv"
	"strings"
)

// How figures and their units are written.

// figure reads a token that begins with a digit: 5,000 · 1.2m · 22nd · 10:30.
func figure(low string) (value float64, unit string, ok bool) {
	end := len(low)
	for end > 0 && (low[end-1] < '0' || low[end-1] > '9') {
		end--
	}
	digits, tail := low[:end], low[end:]
	if h, m, is := strings.Cut(digits, ":"); is {
		a, err1 := strconv.ParseFloat(h, 64)
		b, err2 := strconv.ParseFloat(m, 64)
		return a*60 + b, "clock", err1 == nil && err2 == nil
	}
	if i := strings.LastIndexByte(digits, ','); i >= 0 {
		if strings.Count(digits, ",") == 1 && len(digits)-i-1 != 3 {
			digits = digits[:i] + "." + digits[i+1:]
		} else {
			digits = strings.ReplaceAll(digits, ",", "")
		}
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, "", false
	}
	switch tail {
	case "":
		return v, "", true
	case "st", "nd", "rd", "th":
		return v, "th", true
	case "c":
		return v, celsius, true // cents too: they are only held against their like
	case "f":
		return v, fahrenheit, true
	}
	if m, is := multipliers[tail]; is {
		return v * m, "", true
	}
	if m, is := measures[tail]; is {
		return v * m.size, m.base, true
	}
	return v, tail, true
}

// withUnit reads the unit behind a number, if one stands there.
func withUnit(toks []token, n number, next int) (number, int, bool) {
	at := next
	if at < len(toks) && toks[at].low == "-" {
		at++
	}
	if n.in == "" {
		if scale, after := degrees(toks, at); after > at {
			n.in, n.weak = scale, false
			return n, after, true
		}
	}
	if at < len(toks) && n.in == "" {
		n.lbs = toks[at].is("pound", "pounds")
		if m, is := measures[toks[at].stem]; is {
			n.value, n.in, n.weak, next = n.value*m.size, m.base, false, at+1
		} else if m, is := measures[toks[at].low]; is {
			n.value, n.in, n.weak, next = n.value*m.size, m.base, false, at+1
		}
		if after := perHour(toks, next); n.in == "m" && after > next {
			n.value, n.in = n.value/1000, "speed"
			return n, after, true
		}
		if n.in == "percent" && next < len(toks) && toks[next].kind == isWord && toks[next].stem == "" {
			next++
		}
	}
	return n, next, true
}

// The two scales of temperature.
const (
	celsius    = "celsius"
	fahrenheit = "fahrenheit"
)

func isDegrees(unit string) bool { return unit == celsius || unit == fahrenheit }

// degrees reads the scale of a temperature that may stand at token i, "C", "°F", "degrees
// Celsius", and gives the token behind it, or i.
func degrees(toks []token, i int) (scale string, next int) {
	k := i
	if k < len(toks) && toks[k].is("degree", "degrees", "°", "º") {
		k++
	}
	if k >= len(toks) || toks[k].kind != isWord {
		return "", i
	}
	switch t := toks[k]; {
	case t.is("celsius", "centigrade"), t.low == "c" && t.cap:
		return celsius, k + 1
	case t.is("fahrenheit"), t.low == "f" && t.cap:
		return fahrenheit, k + 1
	}
	return "", i
}

// sameHeat compares temperatures, with room for rounding. What a temperature rose by
// counts by another rule than what it is; either will do.
func sameHeat(x, y *number) bool {
	if x.in == y.in {
		return x.raw == y.raw
	}
	if x.in == fahrenheit {
		x, y = y, x
	}
	const room = 1.0 // degrees of Fahrenheit
	f := y.raw
	return math.Abs(x.raw*1.8+32-f) <= room || math.Abs(x.raw*1.8-f) <= room || math.Abs(-x.raw*1.8+32-f) <= room
}

// perHour gives the token behind "/h", "per hour" or "an hour", or i.
func perHour(toks []token, i int) int {
	if i+1 < len(toks) && (toks[i].is("/") && toks[i+1].is("h", "hr") || toks[i].is("per", "an") && toks[i+1].is("hour")) {
		return i + 2
	}
	return i
}

// timeOfDay reads "5:30 p.m.", "5.30pm", "11 a.m." at token i as minutes of the day, so
// that 17:30 is the same, and gives the token behind it, or i.
func timeOfDay(toks []token, i int) (n number, next int) {
	low, half := toks[i].low, ""
	next = i + 1
	switch {
	case strings.HasSuffix(low, "am"), strings.HasSuffix(low, "pm"):
		low, half = low[:len(low)-2], low[len(low)-2:]
	case next < len(toks) && toks[next].is("am", "pm"):
		half = toks[next].low
		next++
	case next+2 < len(toks) && toks[next].is("a", "p") && toks[next+1].is(".") && toks[next+2].is("m"):
		half = toks[next].low + "m"
		if next += 3; next < len(toks) && toks[next].is(".") {
			next++
		}
	default:
		return n, i
	}
	h, m, _ := strings.Cut(strings.Replace(low, ".", ":", 1), ":")
	hour, err := strconv.Atoi(h)
	minute, err2 := strconv.Atoi("0" + m)
	if err != nil || err2 != nil || hour < 1 || hour > 12 || minute > 59 {
		return n, i
	}
	n.value = float64(hour%12*60 + minute)
	if half == "pm" {
		n.value += 12 * 60
	}
	n.raw, n.in = n.value, "clock"
	return n, next
}
