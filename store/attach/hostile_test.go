//go:build linux || darwin

package attach

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// rawLink is a connection that has said hello and whose frames a test makes.
func rawLink(t *testing.T, dial func(context.Context) (net.Conn, error), greet bool) *link {
	t.Helper()
	c, err := dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	code, err := newCoding()
	if err != nil {
		t.Fatal(err)
	}
	l := newLink(c, code)
	if err := c.SetReadDeadline(now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if greet {
		tell(t, l, kindHello, 1, 0, hello{Magic: magic, Protocol: protocol})
		if m, err := l.receive(); err != nil || m.Kind != kindWelcome {
			t.Fatalf("%+v, %v", m, err)
		}
	}
	return l
}

func tell(t *testing.T, l *link, k kind, id uint64, m method, v any) {
	t.Helper()
	body, err := l.enc.Marshal(v)
	if err == nil {
		err = l.sendBody(k, id, m, body)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// closedByOwner fails unless the owner ends the connection.
func closedByOwner(t *testing.T, l *link) {
	t.Helper()
	for {
		m, err := l.receive()
		if err == nil && (m.Kind == kindFail || m.Kind == kindAlive) {
			continue
		}
		if err == nil || errors.Is(err, errProtocol) || strings.Contains(err.Error(), "timeout") {
			t.Errorf("the connection goes on: %+v, %v", m, err)
		}
		return
	}
}

func u32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// Whoever does not keep to the protocol is shown out, and others work on as if
// nothing were.
func TestNonsenseOnTheSocketHarmsNobody(t *testing.T) {
	s := storetest.New(t)
	server, dial := served(t, s)
	good := connected(t, dial)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, good, ana, storetest.Article(t, "ferries", 40))
	n := annotations.SentenceID(0)
	for _, c := range []struct {
		name  string
		greet bool
		do    func(l *link, t *testing.T)
	}{
		{"bytes of another protocol", false, func(l *link, _ *testing.T) { io.WriteString(l.conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") }},
		{"zeros", false, func(l *link, _ *testing.T) { l.conn.Write(make([]byte, 1<<16)) }},
		{"a frame of 4 GiB", false, func(l *link, _ *testing.T) { l.conn.Write([]byte{0xff, 0xff, 0xff, 0xff, 1, 2, 3}) }},
		{"a frame a little too long", true, func(l *link, _ *testing.T) { l.conn.Write(append(u32(maxFrame+1), make([]byte, 100)...)) }},
		{"a frame that is no message", true, func(l *link, _ *testing.T) { l.conn.Write(append(u32(5), "hello"...)) }},
		{"a hello of something else", false, func(l *link, t *testing.T) { tell(t, l, kindHello, 1, 0, hello{Magic: "other", Protocol: protocol}) }},
		{"a call ahead of hello", false, func(l *link, t *testing.T) { tell(t, l, kindCall, 1, mStat, none{}) }},
		{"hello twice", true, func(l *link, t *testing.T) { tell(t, l, kindHello, 2, 0, hello{Magic: magic, Protocol: protocol}) }},
		{"an answer, which is the owner's", true, func(l *link, t *testing.T) { tell(t, l, kindAnswer, 2, 0, none{}) }},
		{"a method that there is not", true, func(l *link, t *testing.T) { tell(t, l, kindCall, 2, 99, none{}) }},
		{"arguments of another method", true, func(l *link, t *testing.T) { tell(t, l, kindCall, 2, mState, "words") }},
		{"too many things in pieces", true, func(l *link, t *testing.T) {
			for i := range uint64(maxOpen + 1) {
				if l.send(&message{Kind: kindPart, ID: i, Body: []byte("x")}, writeWait) != nil {
					return
				}
			}
		}},
		{"the same number twice", true, func(l *link, t *testing.T) {
			tell(t, l, kindCall, 2, mTail, uint64(1<<40))
			tell(t, l, kindCall, 2, mTail, uint64(1<<40))
		}},
		{"a protocol of later times", false, func(l *link, t *testing.T) { tell(t, l, kindHello, 1, 0, hello{Magic: magic, Protocol: 99}) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := rawLink(t, dial, c.greet)
			c.do(l, t)
			closedByOwner(t, l)
			n++
			if _, err := store.Do(t.Context(), good, ana, id, storetest.Tag(n, 0, "sourced")); err != nil {
				t.Error(err)
			}
		})
	}
	waitFor(t, func() bool { g := server.attached(); return len(g) == 1 && g[0].Actor == "ana" })
}

// A request of ten megabytes that stood for ten million changes of nothing took two
// gigabytes of the owner's memory before it was refused.
func TestALargeRequestIsRefusedUnread(t *testing.T) {
	s := storetest.New(t)
	_, dial := served(t, s)
	c := connected(t, dial)
	const n = 9 << 20
	nothing := append(append([]byte{0x9a}, u32(n)...), bytes.Repeat([]byte{0xf6}, n)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := requestAs[store.Receipt](t.Context(), c, mAppend, map[string]cbor.RawMessage{"Changes": nothing}, true, &pending{})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 512<<20 || !errors.Is(err, store.ErrInvalid) {
		t.Errorf("it took %d MB: %v", took>>20, err)
	}
	long := strings.Repeat("The harbour was closed. ", 600_000) // more than that is let through when it is a text
	if h, err := c.PutBlob(t.Context(), long); err != nil || h != annotations.HashOf(long) {
		t.Errorf("a long text: %v", err)
	}
}

// A connection that says nothing, or half a word, keeps nobody from working and
// the owner not from leaving; one that never says hello is ended.
func TestHalfOpenConnectionsHoldUpNobody(t *testing.T) {
	t.Parallel()
	s := memory(t)
	server, dial := served(t, s)
	good := connected(t, dial)
	var mute []*link
	for i := range 20 {
		l := rawLink(t, dial, i%2 == 1)
		if i%4 < 2 {
			l.conn.Write([]byte{0, 0})
		}
		mute = append(mute, l)
	}
	if _, err := good.Stat(t.Context()); err != nil {
		t.Error(err)
	}
	for i := 0; i < len(mute); i += 2 {
		closedByOwner(t, mute[i])
	}
	server.Close()
	for i := 1; i < len(mute); i += 2 {
		closedByOwner(t, mute[i])
	}
}

// A client that asks and does not read is cut off, and no sooner is another
// kept waiting.
func TestAClientThatDoesNotReadIsCutOff(t *testing.T) {
	s := memory(t)
	_, dial := served(t, s)
	good := connected(t, dial)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, good, ana, storetest.Article(t, "ferries", 400))
	deaf := rawLink(t, dial, true)
	for i := range uint64(maxCalls - 1) {
		body, err := deaf.enc.Marshal(blobArgs{Hash: hashOfText(t, good, id), Off: 0, N: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if deaf.send(&message{Kind: kindCall, ID: i + 2, Method: mBlob, Body: body}, writeWait) != nil {
			break // its own fault
		}
	}
	if _, err := store.Do(t.Context(), good, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Error(err)
	}
}

func hashOfText(t *testing.T, s store.Store, id annotations.ArticleID) annotations.Hash {
	t.Helper()
	sum, err := s.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	return sum.Text
}

// panicky is a store that panics.
type panicky struct{ *store.Memory }

func (panicky) Team(context.Context) (annotations.Team, error) { panic("no team today") }

func TestAPanicInTheStoreIsAnAnswer(t *testing.T) {
	_, dial := served(t, panicky{memory(t)})
	c := connected(t, dial)
	if _, err := c.Team(t.Context()); !errors.Is(err, store.ErrInvalid) || !strings.Contains(err.Error(), "no team today") {
		t.Error(err)
	}
	if _, err := c.Stat(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestAnotherStoreInTheSamePlaceIsRefused(t *testing.T) {
	_, dial := served(t, memory(t))
	_, err := connect(t.Context(), dial, Peer{}, "0badc0de")
	if !errors.Is(err, store.ErrForeign) {
		t.Errorf("%v; want foreign", err)
	}
}

func TestAnOlderProtocolIsToldWhoHoldsTheStore(t *testing.T) {
	_, dial := served(t, memory(t))
	l := rawLink(t, dial, false)
	tell(t, l, kindHello, 1, 0, hello{Magic: magic, Protocol: protocol + 1})
	m, err := l.receive()
	if err != nil || m.Kind != kindFail {
		t.Fatalf("%+v, %v", m, err)
	}
	f, err := decode[failure](l.coding, m.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.err(); !errors.Is(err, store.ErrHeld) || !strings.Contains(err.Error(), "(stet review)") || !strings.Contains(err.Error(), "another version") {
		t.Error(err)
	}
}

// What others cannot see, they cannot put in our way: a folder that is open to
// others, or a file in its place, is passed over.
func TestAFolderThatOthersMayWriteIsNoPlaceForASocket(t *testing.T) {
	dir := socketDir(t)
	for name, bad := range badFolders(t, dir) {
		if _, err := listen([]string{bad + "/x.sock"}); err == nil {
			t.Errorf("%s: a socket was made there", name)
		}
		if _, err := dialOne(t.Context(), []string{bad + "/x.sock"}); !errors.Is(err, errNoSocket) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALongPathIsPassedOver(t *testing.T) {
	needSockets(t)
	long := "/" + string(bytes.Repeat([]byte("x"), maxPath))
	got, err := places([]string{long, "/short"}, "stet.db")
	if err != nil || len(got) != 1 || !strings.HasPrefix(got[0], "/short/") {
		t.Errorf("%q, %v", got, err)
	}
}
