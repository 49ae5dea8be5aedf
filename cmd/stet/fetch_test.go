package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

const newsPage = `<!doctype html><html lang="en"><head><title>The pier closes</title><link rel="canonical" href="/pier"></head><body><nav>Menu</nav><article>
<p>The council will close the pier, two officials said on Monday, and nobody else said why it has to be so.</p>
<p>The harbour board disputes that. “Nothing is decided,” said its chair, Mara Lind. She has said so before, at length.</p>
<p>But officials still say that the pier is unsafe. Boats leave at six, see <a href="boats">the timetable</a>, which is long.</p></article></body></html>`

// newsServer answers in all the ways that a server may.
func newsServer(t *testing.T) *httptest.Server {
	t.Helper()
	page := func(kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			if kind != "" {
				w.Header().Set("Content-Type", kind)
			}
			io.WriteString(w, text) //nolint:errcheck // the client may leave off
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/news/1", page("text/html; charset=utf-8", newsPage))
	mux.HandleFunc("/plain", page("text/plain; charset=iso-8859-2", "Caf\xe9 says so. Nobody said why.\n"))
	mux.HandleFunc("/untyped", page("", "Words say so. Nobody said why.\n"))
	mux.HandleFunc("/untyped.png", page("", "\x89PNG\r\n\x1a\n\x00"))
	mux.HandleFunc("/picture", page("image/png", "x"))
	mux.HandleFunc("/script", page("text/javascript", "x"))
	mux.HandleFunc("/octets", page("application/octet-stream", "Words."))
	mux.HandleFunc("/octets.txt", page("application/octet-stream", "Words from a file.\n"))
	mux.HandleFunc("/stories", page("application/x-ndjson", "{\"text\":\"Story one.\"}\n{\"text\":\"Story two.\"}\n"))
	mux.HandleFunc("/sitemap", page("application/xml", "<?xml version='1.0'?><urlset><url/></urlset>"))
	mux.HandleFunc("/empty", page("text/html", ""))
	mux.HandleFunc("/lying.pdf", page("application/pdf", "Words, not a PDF document.\n"))
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		if n := r.PathValue("n"); n != "0" {
			http.Redirect(w, r, "/hop/"+string(n[0]-1), http.StatusFound)
			return
		}
		page("text/plain", "Words after "+r.Header.Get("Referer")+" some hops.\n")(w, r)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/tofile", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/toftp", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://example.org/x", http.StatusFound)
	})
	mux.HandleFunc("/status/{n}", func(w http.ResponseWriter, r *http.Request) {
		code := http.StatusTeapot
		fmt.Sscan(r.PathValue("n"), &code) //nolint:errcheck // the test's own numbers
		w.WriteHeader(code)
	})
	mux.HandleFunc("/agent", func(w http.ResponseWriter, r *http.Request) {
		page("text/plain", "Agent "+r.UserAgent()+", cookie "+r.Header.Get("Cookie")+".\n")(w, r)
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "cut") //nolint:errcheck // the client may leave off
	})
	mux.HandleFunc("/hangup", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/never", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("Words. ", 10_000)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for r.Context().Err() == nil {
			if _, err := z.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestAPageIsFetchedWhenAsked(t *testing.T) {
	t.Parallel()
	s := newsServer(t)
	w := newWorld(t)
	out := w.must("import", "--allow-private", "--url", s.URL+"/news/1#part")
	if !strings.Contains(out, "the-pier-closes-") || !strings.Contains(out, s.URL+"/news/1 (UTF-8, html)  fetched 2026-03-05T09:00:") {
		t.Errorf("it says %q", out)
	}
	var receipt importReceipt
	if err := json.Unmarshal([]byte(w.must("import", "--json", "--allow-private", "--url", s.URL+"/news/1")), &receipt); err != nil || len(receipt.Articles) != 1 {
		t.Fatalf("%v: %+v", err, receipt)
	}
	a := receipt.Articles[0]
	if a.URL != s.URL+"/pier" || a.Bytes != int64(len(newsPage)) || a.Fetched == "" || !a.Known || a.File != s.URL+"/news/1" || len(a.SHA256) != 64 {
		t.Errorf("%+v", a)
	}
	if len(a.Hints) != 1 || a.Hints[0].URL != s.URL+"/news/boats" || a.Hints[0].Sentence != 6 {
		t.Errorf("%+v", a.Hints)
	}
	for path, want := range map[string]string{
		"/plain": "(ISO-8859-2, text)", "/untyped": "(UTF-8, text)", "/octets.txt": "octets.txt (UTF-8, text)", "/stories": "line 2 (UTF-8, jsonl)",
		"/hop/5": "/hop/0 (UTF-8, text)", "/agent": "(UTF-8, text)", "/lying.pdf": "(UTF-8, text)",
	} {
		if out := w.must("import", "--allow-private", "--url", s.URL+path); !strings.Contains(out, want) {
			t.Errorf("%s: %q, want %q in it", path, out, want)
		}
	}
	if code := w.run("import", "--allow-private", "--title", "One", "--url", s.URL+"/stories"); code != exitFailed || !strings.Contains(w.stderr.String(), "holds more than one article") {
		t.Errorf("a title for two stories: exit code %d, it says %q", code, w.stderr.String())
	}
	shown := w.must("export")
	for _, want := range []string{"Agent stet/test (fact-check annotation; one page, asked for by a person), cookie .", "Words after  some hops."} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q was sent", want)
		}
	}
}

func TestWhatCannotBeFetchedIsExplained(t *testing.T) {
	t.Parallel()
	s := newsServer(t)
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for address, says := range map[string]string{
		s.URL + "/hop/6":       "it sends the reader on more than 5 times",
		s.URL + "/loop":        "it sends the reader on more than 5 times",
		s.URL + "/tofile":      "only http and https addresses are fetched",
		s.URL + "/toftp":       "only http and https addresses are fetched",
		s.URL + "/picture":     "it answers with image/png, which is no article",
		s.URL + "/script":      "it answers with text/javascript",
		s.URL + "/octets":      "it answers with application/octet-stream",
		s.URL + "/untyped.png": "it answers with image/png",
		s.URL + "/status/403":  "403 Forbidden. Nothing was imported from there. It is not for everybody",
		s.URL + "/status/404":  "404 Not Found. Nothing was imported from there. Check the address",
		s.URL + "/status/429":  "429 Too Many Requests. Nothing was imported from there. Try again later",
		s.URL + "/status/500":  "500 Internal Server Error",
		s.URL + "/status/204":  "204 No Content",
		s.URL + "/status/304":  "304 Not Modified",
		s.URL + "/short":       "unexpected EOF",
		s.URL + "/hangup":      "EOF",
		s.URL + "/endless":     "it is longer than 20 MiB",
		s.URL + "/bomb":        "it is longer than 20 MiB",
		s.URL + "/empty":       "it is empty",
		s.URL + "/sitemap":     "this XML is no RSS or Atom feed",
		secure.URL:             "its certificate cannot be trusted",
		gone.URL:               "refused",
	} {
		t.Run(strings.TrimPrefix(address, s.URL), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			code := w.run("import", "--allow-private", "--url", address)
			if got := w.stderr.String(); code != exitFailed || !strings.Contains(got, says) || w.stdout.Len() > 0 {
				t.Errorf("exit code %d, it says %q, want %q", code, got, says)
			}
			if w.run("list") == exitOK {
				t.Error("a store was made for nothing")
			}
		})
	}
}

func testFetcher() *fetcher {
	return &fetcher{agent: "test", may: func(netip.AddrPort) error { return nil }, time: fetchTime, bytes: fetchBytes, clock: time.Now}
}

func TestFetchingEndsInTime(t *testing.T) {
	t.Parallel()
	s := newsServer(t)
	f := testFetcher()
	f.time = 20 * time.Millisecond
	if _, err := f.get(t.Context(), s.URL+"/never"); err == nil || !strings.Contains(err.Error(), "no whole answer after 20ms") {
		t.Errorf("%v", err)
	}
	f.time = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.get(ctx, s.URL+"/never"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// A public server cannot send stet into the network around: each hop is asked
// about, by the address that is connected to.
func TestARedirectInsideIsRefused(t *testing.T) {
	t.Parallel()
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "SECRET") })) //nolint:errcheck // a test
	t.Cleanup(inner.Close)
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusFound))
	t.Cleanup(outer.Close)
	u, err := url.Parse(outer.URL)
	if err != nil {
		t.Fatal(err)
	}
	f := testFetcher()
	f.may = func(to netip.AddrPort) error {
		if to.String() == u.Host {
			return nil
		}
		return publicOnly(to)
	}
	if _, err := f.get(t.Context(), outer.URL); !errors.Is(err, errPrivate) || !strings.Contains(err.Error(), "--allow-private") {
		t.Errorf("%v", err)
	}
}

func TestWhatWentWrongIsPutInWords(t *testing.T) {
	t.Parallel()
	for says, err := range map[string]error{
		`its host "nowhere.example" is not known`: &url.Error{Op: "Get", URL: "x", Err: &net.OpError{Op: "dial", Err: &net.DNSError{Name: "nowhere.example", IsNotFound: true}}},
		"10.0.0.1 is not in the public network":   &net.OpError{Op: "dial", Err: publicOnly(netip.MustParseAddrPort("10.0.0.1:80"))},
		"x could not be fetched: odd":             &url.Error{Op: "Get", URL: "x", Err: errors.New("odd")},
	} {
		got := testFetcher().explain(t.Context(), t.Context(), "x", err).Error()
		if !strings.Contains(got, says) || !strings.Contains(got, "Nothing was imported from there") {
			t.Errorf("%q, want %q in it", got, says)
		}
	}
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for address, public := range map[string]bool{
		"93.184.216.34": true, "8.8.8.8": true, "2606:4700::1111": true, "172.32.0.1": true, "100.128.0.1": true,
		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "192.0.0.8": false, "198.18.0.1": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "fd00:ec2::254": false, "ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false,
		"::ffff:8.8.8.8": true, "64:ff9b::7f00:1": false, "64:ff9b::808:808": true, "2002:7f00:1::": false, "::7f00:1": false, "2001:db8::1": false, "fec0::1": false,
	} {
		err := publicOnly(netip.AddrPortFrom(netip.MustParseAddr(address), 443))
		if (err == nil) != public {
			t.Errorf("%s: %v", address, err)
		}
	}
}
