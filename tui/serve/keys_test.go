package serve_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/serve"
)

func rsaSigner(tb testing.TB, bits int) gossh.Signer {
	tb.Helper()
	tb.Setenv("GODEBUG", "rsa1024min=0")
	k, err := rsa.GenerateKey(rand.Reader, bits) //nolint:gosec // weak on purpose
	if err != nil {
		tb.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(k)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestLinesOfAFileOfKeys(t *testing.T) {
	k := signer(t)
	bare := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(k.PublicKey())))
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecSigner, err := gossh.NewSignerFromKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		line string
		who  string
		role annotations.Role
		says string // of a line that is refused
	}{
		"a name":                           {bare + " ana", "ana", "", ""},
		"a name and a role":                {bare + " ana reviewer", "ana", annotations.Reviewer, ""},
		"a name of two words":              {bare + " Ana Lind lead", "Ana Lind", annotations.Lead, ""},
		"a role alone is a name":           {bare + " lead", "lead", "", ""},
		"an address":                       {bare + " ana@laptop", "ana@laptop", "", ""},
		"options":                          {`name="ben",role="reviewer" ` + bare + " my key", "ben", annotations.Reviewer, ""},
		"options before a comment's role":  {`name="ben" ` + bare + " my lead", "ben", "", ""},
		"a role as an option":              {`role="lead" ` + bare + " ana", "ana", annotations.Lead, ""},
		"a name that ends in a role":       {`name="the lead" ` + bare, "the lead", "", ""},
		"restrictions that always hold":    {`restrict,no-port-forwarding ` + bare + " ana", "ana", "", ""},
		"an elliptic key":                  {keyLine(ecSigner, "ana"), "ana", "", ""},
		"nobody":                           {bare, "", "", "nobody is named"},
		"an escape sequence in the name":   {bare + " an\x1b]0;x\x07a", "", "", "control"},
		"a bell in an option's name":       {"name=\"an\x07a\" " + bare, "", "", "control"},
		"a right-to-left override":         {bare + " an\u202ea", "", "", "control"},
		"a C1 control":                     {bare + " an\u009b31ma", "", "", "control"},
		"invalid UTF-8":                    {bare + " an\xffa", "", "", "control"},
		"a name without an end":            {bare + " " + strings.Repeat("a", 5000), "", "", "limit"},
		"a key for some addresses only":    {`from="10.0.0.0/8" ` + bare + " ana", "", "", `option "from"`},
		"a key for a command only":         {`command="true" ` + bare + " ana", "", "", `option "command"`},
		"a key that has run out":           {`expiry-time="20200101" ` + bare + " ana", "", "", `option "expiry-time"`},
		"a certificate authority":          {`cert-authority ` + bare + " ana", "", "", `option "cert-authority"`},
		"a role without a value":           {"role " + bare + " ana", "", "", "role= stands there once"}, // it was passed over, and ana no lead
		"two roles":                        {`role="reviewer",role="lead" ` + bare + " ana", "", "", "role= stands there once"},
		"two names":                        {`name="ana",name="lea" ` + bare, "", "", "name= stands there once"},
		"no such role":                     {`role="boss" ` + bare + " ana", "", "", "not one of reviewer, lead"},
		"no key at all":                    {"ana lead", "", "", "no key"},
		"half a key":                       {bare[:40] + " ana", "", "", "no key"},
		"a private key":                    {"-----BEGIN OPENSSH PRIVATE KEY-----", "", "", "no key"},
		"an RSA key of 1024 bits":          {keyLine(rsaSigner(t, 1024), "ana"), "", "", "too weak"},
		"an RSA key of 2048 bits":          {keyLine(rsaSigner(t, 2048), "ana"), "ana", "", ""},
		"a comment line":                   {"# " + bare + " ana", "", "", ""},
		"blanks around, and DOS line ends": {"  \t" + bare + " ana lead \r", "ana", annotations.Lead, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := serve.ParseKeys("keys", []byte("# people\n\n"+c.line+"\n"))
			switch {
			case c.says != "":
				if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "keys:3: ") || len(got) != 0 {
					t.Errorf("%d keys, and it says %v", len(got), err)
				}
				if err != nil && annotations.Visible(err.Error()) != err.Error() {
					t.Errorf("the error itself is not harmless: %q", err)
				}
			case c.who == "":
				if len(got) != 0 || err != nil {
					t.Errorf("%d keys, %v", len(got), err)
				}
			case err != nil || len(got) != 1 || got[0].Name != c.who || got[0].Role != c.role || got[0].Line != 3 || !strings.HasPrefix(got[0].Fingerprint(), "SHA256:"):
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

// An editor of Windows puts a mark before the text; the first line was no key then.
func TestAFileOfKeysBehindAByteOrderMark(t *testing.T) {
	t.Parallel()
	got, err := serve.ParseKeys("keys", []byte("\uFEFF"+keyLine(signer(t), "ana")))
	if err != nil || len(got) != 1 || got[0].Name != "ana" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAKeyBelongsToOnePersonAndAPersonHasOneRole(t *testing.T) {
	t.Parallel()
	a, b := signer(t), signer(t)
	for name, c := range map[string]struct{ file, says string }{
		"a key twice":           {keyLine(a, "ana") + keyLine(a, "ben"), "keys:2: this key stands in line 1"},
		"a person of two roles": {keyLine(a, "ana lead") + keyLine(b, "ana reviewer"), "keys:2: ana is a lead in line 1"},
	} {
		if _, err := serve.ParseKeys("keys", []byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := serve.ParseKeys("keys", []byte(keyLine(a, "ana lead")+"nonsense\n"+keyLine(b, "ana"))); len(got) != 2 || err == nil {
		t.Errorf("the good lines of a file: %d, %v", len(got), err)
	}
}

func TestTheTeamOfAFileOfKeys(t *testing.T) {
	t.Parallel()
	team := func(lines ...string) (annotations.Team, error) {
		var b strings.Builder
		for _, l := range lines {
			b.WriteString(keyLine(signer(t), l))
		}
		keys, err := serve.ParseKeys("keys", []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		return serve.TeamOf(keys)
	}
	if got, err := team("ana", "ben"); err != nil || !got.Empty() {
		t.Errorf("names without a role make no team: %+v, %v", got, err)
	}
	got, err := team("lea", "ana", "lea lead", "ben reviewer")
	if err != nil || len(got.Members) != 3 || got.RoleOf("lea") != annotations.Lead || got.RoleOf("ana") != annotations.Reviewer {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := team("ana reviewer"); err == nil {
		t.Error("a team without a lead was made")
	}
}

func TestAFileOfKeysThatOthersCanWriteIsRefused(t *testing.T) {
	t.Parallel()
	line := []byte(keyLine(signer(t), "ana"))
	for name, c := range map[string]struct {
		file, folder os.FileMode
		says         string
	}{
		"private":                    {0o600, 0o700, ""},
		"readable by all":            {0o644, 0o755, ""},
		"writable by the group":      {0o660, 0o700, "may be written by others"},
		"writable by all":            {0o666, 0o700, "may be written by others"},
		"in a folder of the group's": {0o600, 0o770, "may be written by others"},
	} {
		dir := filepath.Join(t.TempDir(), "keys")
		path := filepath.Join(dir, "authorized_keys")
		for _, err := range []error{os.Mkdir(dir, 0o700), os.WriteFile(path, line, 0o600), os.Chmod(path, c.file), os.Chmod(dir, c.folder)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err := serve.OpenKeys(path)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := serve.OpenKeys(t.TempDir()); err == nil {
		t.Error("a folder was taken as a file of keys")
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("# nobody\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := serve.OpenKeys(empty); err == nil || !strings.Contains(err.Error(), "nobody could log in") {
		t.Errorf("an empty file: %v", err)
	}
}

func TestAChangedFileIsReadAgain(t *testing.T) {
	t.Parallel()
	a, b := signer(t), signer(t)
	path := filepath.Join(t.TempDir(), "keys")
	write := func(s string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	write(keyLine(a, "ana"), 0o600)
	keys, err := serve.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	knows := func(s gossh.Signer) bool { _, ok := keys.Find(s.PublicKey()); return ok }
	if !knows(a) || knows(b) {
		t.Error("at first")
	}
	write(keyLine(b, "ben"), 0o600) // as long, and within the same tick of the file system's clock
	if knows(a) || !knows(b) || keys.List()[0].Name != "ben" {
		t.Error("the change was not seen")
	}
	write(keyLine(b, "ben")+"nonsense\n", 0o600)
	if !knows(b) {
		t.Error("a bad line takes the good ones along")
	}
	if err := keys.News(); err == nil || !strings.Contains(err.Error(), "keys:2:") {
		t.Errorf("nobody is told: %v", err)
	}
	if keys.News() != nil {
		t.Error("it is told twice")
	}
	write(keyLine(b, "ben"), 0o666)
	if knows(b) {
		t.Error("a file that everybody can write is heeded")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if knows(b) {
		t.Error("a file that is gone is heeded")
	}
	write(keyLine(a, "ana"), 0o600)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if !knows(a) {
		t.Error("a file that came back is not heeded")
	}
}

func TestTheHostKeyIsMadeOnceAndKeptPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "key")
	first, made, err := serve.HostKey(path)
	if err != nil || !made || first.PublicKey().Type() != gossh.KeyAlgoED25519 {
		t.Fatalf("%v, %v", made, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again, made, err := serve.HostKey(path)
	if err != nil || made || string(again.PublicKey().Marshal()) != string(first.PublicKey().Marshal()) {
		t.Errorf("the second time: made %v, %v", made, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, _, err := serve.HostKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
	bad := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(bad, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := serve.HostKey(bad); err == nil {
		t.Error("nonsense is a host key")
	}
}

func FuzzParseKeys(f *testing.F) {
	seeds := 0
	for _, s := range []string{
		keyLine(signer(f), "ana lead"), `name="a",role="lead" ` + keyLine(signer(f), "x"), "# no\n\n\r\n", "ssh-ed25519 AAAA x\n", "\x1b]0;\x07 ssh-rsa", "name=\"",
	} {
		f.Add([]byte(s))
		seeds++
	}
	if seeds == 0 {
		f.Fatal("there are no seeds")
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		keys, _ := serve.ParseKeys("keys", src)
		for i := range keys {
			if err := annotations.CheckName(keys[i].Name); err != nil || keys[i].Public == nil || keys[i].Line < 1 {
				t.Errorf("%+v: %v", keys[i], err)
			}
		}
		if team, err := serve.TeamOf(keys); err == nil && team.Check() != nil {
			t.Errorf("%+v", team)
		}
	})
}
