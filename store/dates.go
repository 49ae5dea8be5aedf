package store

import (
	"fmt"
	"time"
)

// Times leave a store as dates with a year of four digits: RFC 3339, JSON and the
// formats of other programs have no others. What is dated otherwise could be neither
// exported nor noted, so none is stored and none is taken in.
const (
	firstDate  = -62_135_596_800_000_000 // 0001-01-01, in µs since 1970
	afterDates = 253_402_300_800_000_000 // 10000-01-01
)

// hasDate reports whether a time in µs since 1970 is a date.
func hasDate(at int64) bool { return firstDate <= at && at < afterDates }

// asDate is t, or the date next to it.
func asDate(t time.Time) time.Time {
	if at := t.UnixMicro(); !hasDate(at) {
		t = time.UnixMicro(min(max(at, firstDate), afterDates-1))
	}
	return t.UTC().Truncate(time.Microsecond)
}

// aheadBy is how far the log may be ahead of the clock until that is told: clocks of
// several machines are not quite the same.
const aheadBy = 24 * time.Hour

// inFuture warns that the newest event is dated in the future; it is empty when that is
// not so. Somebody's clock was wrong, and what is saved next bears that date too: the
// dates of a log never go back.
func inFuture(last, now time.Time) string {
	if last.Sub(now) <= aheadBy {
		return ""
	}
	return fmt.Sprintf("the newest act is dated %s, and this computer's clock says %s: one of the clocks was wrong, and until then all that is saved here is dated %s too. Set this one right if it is the wrong one",
		last.UTC().Format(time.DateTime), now.UTC().Format(time.DateTime), last.UTC().Format(time.DateOnly))
}
