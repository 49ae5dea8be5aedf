package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// withheld are the flags of served commands that are not offered over SSH, each
// with what it would reach there. A flag that is added to a command one day is
// named here or in servedCommands: neither offered nor refused by oversight.
func withheld() map[string]string {
	return map[string]string{
		"agreement --ratings": "a file of the server", "import --url": "the server's network", "import --allow-private": "the server's network", "import --format": "pdf, rtf and epub start programs",
		"sample --checkpoint": "a file of the server", "sample --key": "a file of the server",
	}
}

// Every flag that a command is offered with must be one of the command's, or the
// list would allow a flag that does not exist and miss the one that was meant.
// Every other must be withheld for a reason.
func TestTheListOfServedCommandsIsTrue(t *testing.T) {
	t.Parallel()
	root := newRoot(&app{environment: systemEnvironment()})
	reasons := withheld()
	n := 0
	for path, flags := range servedCommands() {
		c, rest, err := root.Find(strings.Fields(path))
		if err != nil || len(rest) > 0 || c.CommandPath() != "stet "+path {
			t.Errorf("there is no command %q", path)
			continue
		}
		for _, f := range flags {
			if c.Flags().Lookup(f) == nil {
				t.Errorf("%s has no flag --%s", path, f)
			}
		}
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			n++
			offered := slices.Contains(flags, f.Name)
			file := strings.Contains(f.Usage, "FILE`") && f.Name != "evidence" || strings.Contains(f.Usage, "PATH`")
			switch name := path + " --" + f.Name; {
			case f.Name == "help":
			case offered && file:
				t.Errorf("%s names a file", name)
			case !offered && file && slices.Contains(toStandardOutput(), f.Name):
			case !offered && reasons[name] == "":
				t.Errorf("%s is neither offered nor withheld for a reason", name)
			}
			delete(reasons, path+" --"+f.Name)
		})
	}
	for name := range reasons {
		t.Errorf("%s is withheld and does not exist", name)
	}
	if n < 80 {
		t.Errorf("only %d flags were looked at", n)
	}
}

// What the screens over SSH can do has a command over SSH: reviewers answer, leads
// go on with a draw, and a report goes to the client, never to a file of the server.
func TestAnswersDrawsAndReportsOverSSH(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	id := s.article("ana")
	for _, c := range []struct {
		who, line string
		code      int
		says      string
	}{
		{"ana", "tag " + id + " 2 sourced --source 'the harbour board' --verdict 'as stated'", 0, "2 sourced"},
		{"lea", "rule " + id + " 2 query --reason 'who says so?' --reviewer ana", 0, "query"},
		{"ana", "answer", 0, "who says so?"},
		{"ana", "answer " + id + " 2 'the board does, twice'", 0, "Saved."},
		{"lea", "rule --draw 0a1b " + id + " 2 stet --reviewer ana", 0, "stet"},
		{"lea", "report", 0, "# "},
		{"lea", "report --html -", 0, "<!DOCTYPE html>"},
		{"lea", "report --html " + s.dir + "/report.html", 2, "takes - there"},
		{"lea", "report --reply 'harbour board'", 0, "harbour board"},
		{"lea", "export --format doccano --shape class", 0, "{"},
		{"lea", "export --format w3c --offsets utf16 -o -", 0, "{"},
		{"lea", "export --format json -o " + s.dir + "/export.json", 2, "takes - there"},
		{"lea", "sample --population 1000 --json", 0, "{"},
		{"lea", "sample --checkpoint " + s.dir + "/seal", 2, "not over SSH"},
	} {
		out, talk, code := s.ssh(c.who, c.line, "")
		if code != c.code || !strings.Contains(strings.ToLower(out+talk), strings.ToLower(c.says)) {
			t.Errorf("%s: %s: exit code %d, want %d with %q\n%s%s", c.who, c.line, code, c.code, c.says, out, talk)
		}
	}
}

// A slip over SSH was told in the words of the libraries: "strconv.Atoi: parsing "x":
// invalid syntax", "unknown shorthand flag". And a flag that names nothing chose
// everything there, as it did here.
func TestSlipsOverSSHAreToldAsHere(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	id := s.article("ana")
	for line, says := range map[string]string{
		"tag " + id + " 1 sourced --source A --count x": `stet: --count is "x", not a whole number, or several with commas. Nothing was done. ` + "`help tag` explains it\n",
		"tag " + id + " -1 sourced":                     "stet: stet tag has no flag -1. Nothing was done. `help tag` explains it\n",
		"show":                                          "stet: stet show takes the name of one article, not 0 words. Nothing was done. `help show` explains it\n",
		"show " + id + " --reviewer":                    "stet: --reviewer wants a word after it. Nothing was done. `help show` explains it\n",
		"tag " + id + " 1 sourced --unsure --no-unsure": "stet: --unsure and --no-unsure exclude each other. Nothing was done. `help tag` explains it\n",
		"export --reviewer ''":                          "stet: --reviewer names nothing. Nothing was done. Leave it out for what is in force without it\n",
		"log --by ''":                                   "stet: --by names nothing. Nothing was done. Leave it out for what is in force without it\n",
	} {
		if out, talk, code := s.ssh("lea", line, ""); code != exitUsage || talk != says || out != "" {
			t.Errorf("%s: exit code %d, it says\n%s\nwant\n%s%s", line, code, talk, says, out)
		}
	}
}
