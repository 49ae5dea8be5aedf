package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// servedWorld is a running `stet serve` over a store with one article.
type servedWorld struct {
	*world
	addr string
	keys map[string]gossh.Signer
	own  map[string]ed25519.PrivateKey // of the same people
	stop func() error
}

// serveStory imports the story and serves it to ana and ben, who review, and lea,
// who leads.
func serveStory(t *testing.T, o serveOptions) *servedWorld {
	t.Helper()
	s := &servedWorld{world: newWorld(t), keys: map[string]gossh.Signer{}, own: map[string]ed25519.PrivateKey{}}
	s.must("import", s.file("pier.txt", story))
	var keys strings.Builder
	for _, who := range []string{"ana reviewer", "ben reviewer", "lea lead"} {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		signer, err := gossh.NewSignerFromKey(private)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(who, " ")
		s.keys[name], s.own[name] = signer, private
		keys.WriteString(strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey()))) + " " + who + "\n")
	}
	o.keys = s.file("authorized_keys", keys.String())
	o.hostKey, o.listen, o.log = filepath.Join(s.dir, "host"), "127.0.0.1:0", filepath.Join(s.dir, "access.jsonl")
	if o.most == 0 {
		o.idle, o.most = time.Minute, 20
	}
	env := s.environment()
	env.clock = time.Now
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() {
		ended <- runServe(ctx, &app{environment: env}, o, func(at net.Addr) { ready <- at })
	}()
	select {
	case at := <-ready:
		s.addr = at.String()
	case err := <-ended:
		t.Fatalf("it does not serve: %v", err)
	}
	s.stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return s
}

// ssh runs a command line in somebody's name.
func (s *servedWorld) ssh(who, line, input string) (stdout, stderr string, code int) {
	s.tb.Helper()
	c, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{
		User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(s.keys[who])}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), //nolint:gosec // the test's own server
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // a test's own
	sess, err := c.NewSession()
	if err != nil {
		s.tb.Fatal(err)
	}
	var out, talk bytes.Buffer
	sess.Stdin, sess.Stdout, sess.Stderr = strings.NewReader(input), &out, &talk
	var exit *gossh.ExitError
	if err := sess.Run(line); errors.As(err, &exit) {
		code = exit.ExitStatus()
	} else if err != nil {
		code = -1
	}
	return out.String(), talk.String(), code
}

// article is the name of the one article.
func (s *servedWorld) article(who string) string {
	s.tb.Helper()
	var list struct {
		Articles []struct {
			ID string `json:"id"`
		} `json:"articles"`
	}
	out, talk, code := s.ssh(who, "list --json", "")
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != 0 || len(list.Articles) == 0 {
		s.tb.Fatalf("list: exit code %d, %v, %q, %q", code, err, out, talk)
	}
	return list.Articles[0].ID
}

func TestCommandsOverSSH(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	id := s.article("ana")
	for _, c := range []struct {
		who, line, input string
		code             int
		says             string
	}{
		{"ana", "list", "", 0, id},
		{"ana", "show " + id, "", 0, "The council will close the pier"},
		{"ana", "tag " + id + ` 2 sourced --source 'the harbour board' --note "it's \"new\""`, "", 0, "2 sourced"},
		{"ben", "tag " + id + " 2 contextual --note 'for ben alone'", "", 0, "2 contextual"},
		{"ana", "show " + id + " --json", "", 0, `"sourced"`},
		{"ana", "undo", "", 0, "undone"},
		{"ana", "redo", "", 0, "done again"},
		{"ana", "log " + id, "", 0, "ana"},
		{"ana", "rule " + id + " 2 stet", "", 1, "only a lead"},
		{"lea", "rule " + id + " 2 stet --reason 'it holds'", "", 0, "stet"},
		{"lea", "agreement --json", "", 0, "{"},
		{"lea", "audit --json", "", 0, "{"},
		{"lea", "export --format json", "", 0, `"contextual"`},
		{"lea", "team", "", 0, "lead"},
		{"ana", "team set ana lead", "", 1, "only a lead"},
		{"ana", "import - --title 'By wire'", "Boats leave at six. They return at nine.\n", 0, "2 sentences"},
		{"ana", "version", "", 0, "stet"},
		{"ana", "codebook", "", 0, "sourced"},
		{"ana", "help tag", "", 0, "stet tag"},
	} {
		out, talk, code := s.ssh(c.who, c.line, c.input)
		if code != c.code || !strings.Contains(out+talk, c.says) {
			t.Errorf("%s: %s: exit code %d, want %d; it says %q %q, want %q in it", c.who, c.line, code, c.code, out, talk, c.says)
		}
		if strings.Contains(out+talk, s.dir) {
			t.Errorf("%s: it names the server's folders: %q %q", c.line, out, talk)
		}
	}
	// What is refused sends people to the help, and that named what is refused.
	out, _, _ := s.ssh("ana", "help", "")
	for word, offered := range map[string]bool{"import": true, "review": true, "team": true, "doctor": false, "restore": false, "learn": false} {
		if strings.Contains(out, "\n  "+word+" ") != offered {
			t.Errorf("help: %s is there: %v\n%s", word, !offered, out)
		}
	}
	// The team is blind: ana does not see what ben said, lea does.
	for _, line := range []string{"export", "show " + id, "log " + id, "show " + id + " --json", "export --format csv", "export --history"} {
		if out, _, code := s.ssh("ana", line, ""); code != 0 || strings.Contains(out, "for ben alone") {
			t.Errorf("%s shows ana what ben said: exit code %d", line, code)
		}
	}
	if out, _, _ := s.ssh("lea", "export", ""); !strings.Contains(out, "for ben alone") {
		t.Error("lea does not see what ben said")
	}
}

func TestWhatIsRefusedOverSSH(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	id := s.article("lea")
	secret := s.file("secret.txt", "The server's own secret stands here.\n")
	for _, line := range []string{
		"backup /tmp/x", "backup", "backup - /tmp/x", "restore " + secret, "compact", "check", "serve", "doctor", "config", "verify", "checkpoint", "load " + secret, "bundle " + id,
		"man /tmp/x", "demo", "completion bash", "compare a b", "segment " + secret, "suggest " + secret, "codebook check " + secret, "revise " + id + " " + secret,
		"report --html /tmp/x", "__complete list ''", "__completeNoDesc show ''", "--db " + secret + " list", "nonsense",
		"list --db " + secret, "list --config " + secret, "list --codebook " + secret, "list --as ana", "list --wait 1h", "tag " + id + " 2 sourced --as ben",
		"export -o /tmp/x", "export --output=" + secret, "export --outpu /tmp/x", "agreement --ratings " + secret,
		"import " + secret, "import " + s.dir, "import - " + secret, "import --url http://127.0.0.1/", "import - --allow-private", "import - --format pdf",
		"tag " + id + " 2 sourced --evidence " + secret, "tag " + id + " 2 sourced --evidence file://" + secret,
		"list; cat " + secret, "list $(cat " + secret + ")", "list\ncat " + secret,
	} {
		out, talk, code := s.ssh("lea", line, "")
		if code == 0 {
			t.Errorf("%q is done: %q", line, out)
		}
		if strings.Contains(out+talk, "own secret") {
			t.Errorf("%q shows a file of the server: %q %q", line, out, talk)
		}
	}
	for name, doc := range map[string]string{
		"PDF": "%PDF-1.7\n\x00 1 0 obj", "PDF, later": "\x00\x00 %PDF-1.7", "RTF": `{\rtf1 hello}`, "EPUB": "PK\x03\x04................mimetypeapplication/epub+zip",
	} {
		if out, talk, code := s.ssh("lea", "import -", doc); code == 0 || !strings.Contains(talk, "not over SSH") {
			t.Errorf("%s: exit code %d, %q, %q", name, code, out, talk)
		}
	}
	// The mark of an EPUB was looked for at the beginning only: one with its parts in
	// another order was handed to a program of the server.
	for name, parts := range map[string][]string{
		"EPUB without its mark":    {"one.xhtml", "META-INF/container.xml"},
		"EPUB with its mark later": {"one.xhtml", "mimetype", "META-INF/container.xml"},
		"EPUB with a packed mark":  {"mimetype", "one.xhtml"},
		"EPUB below the root":      {"/META-INF/container.xml"},
	} {
		if out, talk, code := s.ssh("lea", "import -", book(t, parts)); code == 0 || !strings.Contains(talk, "not over SSH") || strings.Contains(talk, "pandoc") {
			t.Errorf("%s: exit code %d, %q, %q", name, code, out, talk)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, ".config")); len(left) > 0 {
		t.Errorf("a command wrote to the server's home: %v", left)
	}
}

// book packs parts of an EPUB, in this order.
func book(t *testing.T, parts []string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	for _, name := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("<p>Boats leave at six.</p>", 200)
		if name == "mimetype" {
			text = "application/epub+zip"
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheTeamOfTheStoreHolds(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	if out, _, code := s.ssh("lea", "team --json", ""); code != 0 || !strings.Contains(out, `"lea"`) {
		t.Fatalf("the roles of the file made no team: %q", out)
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	// Served again, with other roles in the file: those of the store hold.
	s.must("--as", "lea", "team", "remove", "ben")
	log, err := os.ReadFile(filepath.Join(s.dir, "access.jsonl"))
	if err != nil || !strings.Contains(string(log), `"what":"command","name":"lea"`) || !strings.Contains(string(log), `"what":"stop"`) {
		t.Errorf("the access log: %v, %s", err, log)
	}
	info, err := os.Stat(filepath.Join(s.dir, "access.jsonl"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the access log can be read by others: %v, %v", info.Mode(), err)
	}
	keys := filepath.Join(s.dir, "authorized_keys")
	b, err := os.ReadFile(keys)
	if err != nil {
		t.Fatal(err)
	}
	s.file("authorized_keys", strings.Replace(string(b), "ben reviewer", "ben lead", 1))
	w := s.world
	env := w.environment()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- runServe(ctx, &app{environment: env}, serveOptions{listen: "127.0.0.1:0", keys: keys, hostKey: filepath.Join(s.dir, "host"), idle: time.Minute, most: 5, log: filepath.Join(s.dir, "access.jsonl")}, func(at net.Addr) { s.addr = at.String(); ended <- nil })
	}()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if _, talk, code := s.ssh("ben", "tag "+s.article("lea")+" 2 sourced", ""); code != 1 || !strings.Contains(talk, "does not belong to the team") {
		t.Errorf("a role in the file was heeded against the store's team: exit code %d, %q", code, talk)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !strings.Contains(w.stderr.String(), "ben has a key but does not belong to the team") {
		t.Errorf("nobody is told: %q", w.stderr.String())
	}
}

// "ssh HOST tag … --note "two words"" as one types it at home: ssh takes the quotation marks
// away, and the refusal counted words, or spoke of files of the server.
func TestWhoLosesQuotationMarksToSSHIsTold(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	pier := s.article("ana")
	for _, line := range []string{"tag " + pier + " 2 sourced --note two words", "import - --title By wire"} {
		if _, talk, code := s.ssh("ana", line, "Boats leave at seven.\n"); code != exitUsage || !strings.Contains(talk, "need a second pair around the whole command") {
			t.Errorf("%s: exit code %d, %q", line, code, talk)
		}
	}
	for _, line := range []string{"tag " + pier, "list nothing", "tag " + pier + " 2 nonsense"} {
		if _, talk, code := s.ssh("ana", line, ""); code == 0 || strings.Contains(talk, "second pair") {
			t.Errorf("%s: exit code %d, %q", line, code, talk)
		}
	}
	if _, talk, code := s.ssh("ana", `tag `+pier+` 2 sourced --note "two words"`, ""); code != 0 {
		t.Errorf("with both pairs: exit code %d, %q", code, talk)
	}
}

// Who made ben a lead in the file of keys, where there is a team already, was told nothing
// at the next start, and ben was a reviewer as before.
func TestARoleInTheFileThatDoesNotHoldIsTold(t *testing.T) {
	t.Parallel()
	s := serveStory(t, serveOptions{})
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(s.dir, "authorized_keys")
	b, err := os.ReadFile(keys)
	if err != nil {
		t.Fatal(err)
	}
	s.file("authorized_keys", strings.Replace(string(b), "ben reviewer", "ben lead", 1))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := serveOptions{listen: "127.0.0.1:0", keys: keys, hostKey: filepath.Join(s.dir, "host"), idle: time.Minute, most: 5, log: filepath.Join(s.dir, "access.jsonl")}
	if err := runServe(ctx, &app{environment: s.environment()}, o, func(net.Addr) { cancel() }); err != nil {
		t.Fatal(err)
	}
	talk := s.stderr.String()
	if !strings.Contains(talk, "ben is a lead in the file of keys and a reviewer in the team, and the team's role holds. `stet team set ben lead` changes it") {
		t.Errorf("nobody is told: %q", talk)
	}
	if strings.Contains(talk, "ana is") || strings.Contains(talk, "lea is") {
		t.Errorf("roles that hold are told: %q", talk)
	}
}

// A server that could not begin, because its address was taken, had made its team by then:
// a rule of the store that only a lead takes back.
func TestAServerThatCannotListenMakesNoTeam(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // a test's own
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	keys := w.file("team.keys", strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey())))+" lea lead\n")
	if code := w.run("serve", "--keys", keys, "--listen", l.Addr().String()); code != exitFailed || !strings.Contains(w.stderr.String(), "cannot be listened on") {
		t.Fatalf("exit code %d, %q", code, w.stderr.String())
	}
	if out := w.must("team", "--json"); strings.Contains(out, "lea") || strings.Contains(w.stderr.String(), "had no team") {
		t.Errorf("there is a team: %s", out)
	}
}

func TestServeRefusesToStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.file("bad.keys", "ssh-ed25519 nonsense ana\n")
	open := w.file("open.keys", "")
	if err := os.Chmod(open, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"serve"}, exitFailed, "authorized_keys"},
		{[]string{"serve", "--keys", keys}, exitFailed, "bad.keys:1:"},
		{[]string{"serve", "--keys", open}, exitFailed, "may be written by others"},
		{[]string{"serve", "--keys", keys, "--listen", "nonsense"}, exitUsage, "--listen"},
		{[]string{"serve", "--idle", "0s"}, exitUsage, "--idle"},
		{[]string{"serve", "--max-sessions", "0"}, exitUsage, "--max-sessions"},
		{[]string{"serve", "more"}, exitUsage, "stet serve takes no words"},
	} {
		if got := w.run(c.args...); got != c.code || !strings.Contains(w.stderr.String(), c.says) {
			t.Errorf("stet %v: exit code %d, want %d; it says %q, want %q in it", c.args, got, c.code, w.stderr.String(), c.says)
		}
	}
}
