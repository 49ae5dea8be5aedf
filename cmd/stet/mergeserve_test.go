//go:build linux || darwin

package main

import (
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// A laptop takes in what was done on a server, by the pipe that the help names.
func TestALaptopMergesWhatAServerHas(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	id := s.article("ana")
	if _, talk, code := s.ssh("ana", "tag "+id+" 2 sourced --confidential 'call her at nine'", ""); code != 0 {
		t.Fatalf("tag: %s", talk)
	}
	// The whole log holds what others said: only a lead is given it.
	if out, talk, code := s.ssh("ana", "backup -", ""); code == 0 || len(out) > 0 || !strings.Contains(talk, "no lead") {
		t.Errorf("a reviewer is given the log: exit code %d, %d bytes, %q", code, len(out), talk)
	}
	for _, line := range []string{"backup -", "stet backup -"} {
		journal, talk, code := s.ssh("lea", line, "")
		if code != 0 || !strings.Contains(talk, "events") {
			t.Fatalf("%s: exit code %d, %s", line, code, talk)
		}
		laptop := newWorld(t)
		laptop.vars["STET_REVIEWER"] = "lea"
		laptop.stdin = journal
		if out := laptop.must("merge", "-"); !strings.Contains(out, "1 taken") {
			t.Errorf("merge says %q", out)
		}
		if out := laptop.must("show", id); !strings.Contains(out, "ana: src") && !strings.Contains(out, "ana: sourced") {
			t.Errorf("what ana said is not there: %s", out)
		}
		laptop.must("check", "--deep")
		laptop.stdin = journal
		if out := laptop.must("merge", "-"); !strings.Contains(out, "0 taken") {
			t.Errorf("merged again: %q", out)
		}
		laptop.stdin = journal[:len(journal)-20]
		if code := laptop.run("merge", "-"); code != exitDamage {
			t.Errorf("a copy cut short: exit code %d, %s", code, laptop.stderr.String())
		}
	}
}

// The same with OpenSSH's client and one word: stet merge --ssh HOST.
func TestMergeBySSHFromAServer(t *testing.T) {
	t.Parallel()
	client, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip("ssh is not installed; with it this test merges from a running server")
	}
	s := serveStory(t, serveOptions{})
	id := s.article("ana")
	if _, talk, code := s.ssh("ana", "tag "+id+" 2 sourced", ""); code != 0 {
		t.Fatalf("tag: %s", talk)
	}
	h := newHeldWorld(t)
	_, port, err := net.SplitHostPort(s.addr)
	if err != nil {
		t.Fatal(err)
	}
	var config strings.Builder
	for _, who := range []string{"ana", "lea"} {
		block, err := gossh.MarshalPrivateKey(s.own[who], "")
		if err != nil {
			t.Fatal(err)
		}
		h.write(who+".key", string(pem.EncodeToMemory(block)))
		fmt.Fprintf(&config, "Host %s\n  HostName 127.0.0.1\n  Port %s\n  IdentityFile %s\n", who, port, filepath.Join(h.dir, who+".key"))
	}
	config.WriteString("Host *\n  IdentitiesOnly yes\n  IdentityAgent none\n  BatchMode yes\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n")
	h.write("ssh_config", config.String())
	if err := os.Mkdir(filepath.Join(h.dir, "bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' -F '%s' \"$@\"\n", client, filepath.Join(h.dir, "ssh_config"))
	if err := os.WriteFile(filepath.Join(h.dir, "bin", "ssh"), []byte(script), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	h.env = append(h.env, "PATH="+filepath.Join(h.dir, "bin")+":"+os.Getenv("PATH"))
	out, talk, code := h.run("merge", "--ssh", "lea")
	if code != 0 || !strings.Contains(out, "1 taken") {
		t.Errorf("exit code %d, %q, %q", code, out, talk)
	}
	if out, _, _ := h.run("show", h.article, "--json"); !strings.Contains(out, `"sourced"`) {
		t.Errorf("what ana said on the server is not here: %s", out)
	}
	if out, talk, code = h.run("merge", "--ssh", "ana"); code != exitFailed || !strings.Contains(talk, "no lead") {
		t.Errorf("as a reviewer: exit code %d, %q, %q", code, out, talk)
	}
	if out, talk, code := h.run("check"); code != 0 {
		t.Errorf("afterwards: %d %s %s", code, out, talk)
	}
}
