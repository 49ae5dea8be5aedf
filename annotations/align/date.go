package align

// monthNames gives the number of a month by its English name or short form.
var monthNames = map[string]float64{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// aDate is the unit of a day with its month: two days are the same when both are.
const aDate = "date"

func monthAt(toks []token, i int) float64 {
	if i < 0 || i >= len(toks) || !toks[i].cap {
		return 0 // the verbs march and may
	}
	return monthNames[toks[i].low]
}

// dated makes a date of the number at i when a month stands right before or behind
// it: "3 February", "3rd of February", "Feb. 3". first and next are its tokens.
func dated(toks []token, i, next int, n number) (m number, first, after int, ok bool) {
	if n.in != "" && n.in != "th" || n.raw != float64(int(n.raw)) || n.raw < 1 || n.raw > 31 || next != i+1 {
		return n, i, next, false
	}
	behind := next
	if behind < len(toks) && toks[behind].is("of") {
		behind++
	}
	before := i - 1
	if before > 0 && toks[before].low == "." {
		before--
	}
	switch {
	case monthAt(toks, behind) > 0:
		n.value, next = monthAt(toks, behind)*100+n.raw, behind+1
	case monthAt(toks, before) > 0:
		n.value, i = monthAt(toks, before)*100+n.raw, before
	default:
		return n, i, next, false
	}
	n.in, n.weak = aDate, false
	return n, i, next, true
}
