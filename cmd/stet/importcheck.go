package main

import (
	"errors"
	"time"

	"stet.example/stet/annotations/ingest"
)

func (o *importOptions) check(args []string) error {
	stdin := 0
	for _, arg := range args {
		if arg == "-" {
			stdin++
		}
	}
	switch {
	case stdin > 1:
		return usage("standard input (-) can be read once only")
	case o.single() && len(args) > 1:
		return usage("--title and --url are of one article. Nothing was imported. Import the files one by one, or leave them out")
	case o.allowPrivate && len(args) > 0:
		return usage("--allow-private is of --url without a file, which fetches a page. Nothing was imported. Leave it out, or the file")
	case o.Published != "" && !isDay(o.Published):
		return usage("--published is %q, not a day such as 2026-01-02. Nothing was imported", o.Published)
	}
	var wrong *ingest.Error
	if errors.As(o.Check(), &wrong) {
		return usage("%s; %s. Nothing was imported", wrong.Why, wrong.Next)
	}
	return nil
}

// isDay reports whether s is a date, or begins with one and goes on with a time.
func isDay(s string) bool {
	if _, err := time.Parse(time.RFC3339, s); err == nil {
		return true
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// single reports whether what the caller says can be of one article only.
func (o *importOptions) single() bool { return o.Title != "" || o.URL != "" }

// describes reports whether the caller says anything of a file.
func (o *importOptions) describes() bool {
	return o.Title != "" || o.Outlet != "" || o.URL != "" || o.Published != "" || o.Byline != "" || o.Lang != "" || o.Format != ""
}
