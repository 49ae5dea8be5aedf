package main

import (
	"strings"
	"testing"
)

// An export of many files was refused with the advice to give -o, which is refused over SSH.
func TestAnExportOfManyFilesOverSSHSaysWhatCanBeHad(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	for _, line := range []string{"export --format all", "export --format all " + s.article("lea")} {
		if _, talk, code := s.ssh("lea", line, ""); code != exitUsage || strings.Contains(talk, "Give -o") || !strings.Contains(talk, "Over SSH one comes at a time") {
			t.Errorf("%s: exit code %d, %q", line, code, talk)
		}
	}
	for _, format := range []string{"csv", "html", "docx", "label-studio"} {
		if out, talk, code := s.ssh("lea", "export --format "+format+" "+s.article("lea"), ""); code != 0 || out == "" {
			t.Errorf("%s: exit code %d, %q", format, code, talk)
		}
	}
}
