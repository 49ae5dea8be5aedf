package serve

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
)

// Bounds on a file of keys.
const (
	maxKeysFile = 1 << 20 // bytes
	maxKeys     = 10_000
	minRSA      = 2048 // bits
)

// Key is a line of a file of keys.
type Key struct {
	Public gossh.PublicKey
	Name   string           // whose it is; a name that the log takes
	Role   annotations.Role // "" when the line names none
	Line   int              // from 1
}

// Fingerprint names the key as ssh-keygen does: SHA256:…
func (k *Key) Fingerprint() string { return gossh.FingerprintSHA256(k.Public) }

// ParseKeys reads a file of keys; name is for messages. It returns the keys of
// all lines that are right, and an error that names every other line.
func ParseKeys(name string, src []byte) ([]Key, error) {
	if len(src) > maxKeysFile {
		return nil, fmt.Errorf("%s is %d bytes long, the limit is %d", name, len(src), maxKeysFile)
	}
	var out []Key
	var wrong []error
	first := map[string]*Key{} // by key
	roles := map[string]*Key{} // by name, those with a role
	n := 0
	for line := range bytes.Lines(bytes.TrimPrefix(src, []byte("\uFEFF"))) {
		n++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		k, err := parseKey(line)
		if err == nil {
			k.Line = n
			err = k.against(first, roles)
		}
		if err == nil && len(out) == maxKeys {
			return out, fmt.Errorf("%s:%d: there are more than %d keys", name, n, maxKeys)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		out = append(out, k)
		first[string(k.Public.Marshal())] = &k
		if k.Role != "" {
			roles[k.Name] = &k
		}
	}
	return out, errors.Join(wrong...)
}

// against holds a key against those above it.
func (k *Key) against(first, roles map[string]*Key) error {
	if twin := first[string(k.Public.Marshal())]; twin != nil {
		return fmt.Errorf("this key stands in line %d already; a key belongs to one person", twin.Line)
	}
	if other := roles[k.Name]; other != nil && k.Role != "" && other.Role != k.Role {
		return fmt.Errorf("%s is a %s in line %d; a person has one role", k.Name, other.Role, other.Line)
	}
	return nil
}

func parseKey(line []byte) (Key, error) {
	pub, comment, options, _, err := gossh.ParseAuthorizedKey(line)
	if err != nil {
		return Key{}, fmt.Errorf("this is no key: %w", err)
	}
	if err := strong(pub); err != nil {
		return Key{}, err
	}
	k := Key{Public: pub, Name: strings.TrimSpace(comment)}
	if i := strings.LastIndexByte(k.Name, ' '); i > 0 {
		if role, ok := roleOf(k.Name[i+1:]); ok {
			k.Name, k.Role = strings.TrimSpace(k.Name[:i]), role
		}
	}
	if err := k.options(options); err != nil {
		return Key{}, err
	}
	if k.Name == "" {
		return Key{}, errors.New("nobody is named: the name stands behind the key, or in name=\"…\" before it")
	}
	if err := annotations.CheckName(k.Name); err != nil {
		return Key{}, err
	}
	return k, nil
}

// options heeds what stands before the key.
func (k *Key) options(list []string) error {
	given := map[string]string{}
	for _, o := range list {
		name, value, ok := strings.Cut(o, "=")
		if unquoted, quoted := strings.CutPrefix(value, `"`); ok && quoted {
			value = strings.TrimSuffix(unquoted, `"`)
		}
		switch name = strings.ToLower(name); name {
		case "name", "role":
			if _, twice := given[name]; twice || !ok {
				return fmt.Errorf("the option %s= stands there once, with a value in quotation marks", name)
			}
			given[name] = value
		case "restrict", "no-port-forwarding", "no-agent-forwarding", "no-x11-forwarding", "no-user-rc":
			// always so
		default:
			return fmt.Errorf("the option %q is not known here; name= and role= are", annotations.Visible(name))
		}
	}
	if name, ok := given["name"]; ok {
		k.Name, k.Role = name, "" // the comment is a comment then
	}
	if word, ok := given["role"]; ok {
		role, known := roleOf(word)
		if !known {
			return fmt.Errorf("the role %q is not one of reviewer, lead", annotations.Visible(word))
		}
		k.Role = role
	}
	return nil
}

func roleOf(word string) (annotations.Role, bool) {
	r := annotations.Role(word)
	return r, r == annotations.Reviewer || r == annotations.Lead
}

// strong refuses keys that can be forged, and certificates, which nobody here
// has signed.
func strong(pub gossh.PublicKey) error {
	switch t := pub.Type(); t {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521, gossh.KeyAlgoSKECDSA256:
		return nil
	case gossh.KeyAlgoRSA:
		if bits := rsaBits(pub); bits < minRSA {
			return fmt.Errorf("an RSA key of %d bits is too weak; %d is the least, ed25519 is better", bits, minRSA)
		}
		return nil
	default:
		return fmt.Errorf("keys of type %s are not taken; ed25519 is the best there is", annotations.Visible(t))
	}
}

// TeamOf makes the team that a file of keys describes: its zero value when no
// key has a role, else everybody in it, as a reviewer where no role is named.
func TeamOf(keys []Key) (annotations.Team, error) {
	roles := map[string]annotations.Role{}
	some := false
	for i := range keys {
		k := &keys[i]
		some = some || k.Role != ""
		if roles[k.Name] == "" {
			roles[k.Name] = k.Role
		}
	}
	var t annotations.Team
	if !some {
		return t, nil
	}
	for _, name := range sortedNames(roles) {
		m := annotations.Member{Name: name, Role: roles[name]}
		if m.Role == "" {
			m.Role = annotations.Reviewer
		}
		t.Members = append(t.Members, m)
	}
	return t, t.Check()
}
