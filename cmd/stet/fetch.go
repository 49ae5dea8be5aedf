package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"

	"stet.example/stet/annotations/ingest"
)

// Bounds on fetching a page.
const (
	fetchTime      = 30 * time.Second
	fetchBytes     = 20 << 20
	fetchRedirects = 5
)

// fetcher gets one page from the web, because a person asked for it by its
// address. It goes to public addresses only, sends no cookies and asks no proxy:
// whoever wrote the address cannot use it to look into the network around.
type fetcher struct {
	agent string
	may   func(netip.AddrPort) error // whether to connect there
	time  time.Duration
	bytes int64
	clock func() time.Time
}

// fetched is what an address gave.
type fetched struct {
	body    []byte
	from    *url.URL // after redirects
	media   string   // its type, as "text/html"
	charset string
	at      time.Time // UTC
}

func (a *app) fetcher(allowPrivate bool) *fetcher {
	version, _ := a.build()
	f := &fetcher{
		agent: "stet/" + version + " (fact-check annotation; one page, asked for by a person)",
		may:   publicOnly, time: fetchTime, bytes: fetchBytes, clock: a.clock,
	}
	if allowPrivate {
		f.may = func(netip.AddrPort) error { return nil }
	}
	return f
}

// errPrivate says that an address is not in the public network.
var errPrivate = errors.New("is not in the public network")

// privateRanges are the ranges that the methods of netip.Addr do not name.
//
//nolint:gochecknoglobals // a table
var privateRanges = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // this network
	netip.MustParsePrefix("100.64.0.0/10"),   // shared by a provider's customers
	netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
	netip.MustParsePrefix("192.0.2.0/24"),    // documentation
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // documentation
	netip.MustParsePrefix("203.0.113.0/24"),  // documentation
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved, and broadcast
	netip.MustParsePrefix("::/96"),           // IPv4 in an old dress
	netip.MustParsePrefix("64:ff9b:1::/48"),  // local translation
	netip.MustParsePrefix("100::/64"),        // discard
	netip.MustParsePrefix("2001::/23"),       // protocol assignments, Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),   // documentation
	netip.MustParsePrefix("2002::/16"),       // 6to4, which wraps any IPv4 address
	netip.MustParsePrefix("fec0::/10"),       // site-local, of old
}

// publicOnly refuses what is not a public address. It is asked about every
// address that a connection is about to be made to, after names were looked up,
// so a name that leads inside is refused too.
func publicOnly(to netip.AddrPort) error {
	ip := to.Addr().Unmap()
	if nat64 := netip.MustParsePrefix("64:ff9b::/96"); nat64.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return fmt.Errorf("%s %w", to.Addr(), errPrivate)
	}
	for _, r := range privateRanges {
		if r.Contains(ip) {
			return fmt.Errorf("%s %w", to.Addr(), errPrivate)
		}
	}
	return nil
}

// get fetches a page. Its errors say what happened and what to do next.
func (f *fetcher) get(ctx context.Context, address string) (*fetched, error) {
	u, err := webAddress(address)
	if err != nil {
		return nil, fetchFailed(address, err, "Give the whole address, as https://example.org/story")
	}
	inner, cancel := context.WithTimeout(ctx, f.time)
	defer cancel()
	req, err := http.NewRequestWithContext(inner, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fetchFailed(address, err, "Check the address")
	}
	req.Header.Set("User-Agent", f.agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5")
	client := f.client()
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return nil, f.explain(ctx, inner, address, err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	if err := checkStatus(address, resp); err != nil {
		return nil, err
	}
	out := &fetched{from: resp.Request.URL, at: f.clock().UTC().Truncate(time.Second)}
	out.from.Fragment = "" // a place in the page
	if err := out.takeType(resp.Header.Get("Content-Type")); err != nil {
		return nil, fetchFailed(address, err, "Only articles can be imported: pages, texts, documents, feeds")
	}
	if resp.ContentLength > f.bytes {
		return nil, f.tooLong(address)
	}
	out.body, err = io.ReadAll(io.LimitReader(resp.Body, f.bytes+1))
	switch {
	case int64(len(out.body)) > f.bytes:
		return nil, f.tooLong(address)
	case err != nil:
		return nil, f.explain(ctx, inner, address, err)
	}
	if out.media == "" {
		if sniffed := http.DetectContentType(out.body); !readableType(sniffed) {
			return nil, fetchFailed(address, fmt.Errorf("it answers with %s, which is no article", sniffed), "Only articles can be imported: pages, texts, documents, feeds")
		}
	}
	return out, nil
}

// webAddress takes an address of the web without a password in it.
func webAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil:
		return nil, errors.New("this is no address of the web")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("only http and https addresses are fetched")
	case u.Hostname() == "":
		return nil, errors.New("the address names no host")
	case u.User != nil:
		return nil, errors.New("the address holds a name or password")
	}
	return u, nil
}

// errRedirect says that an address sent stet where it does not go.
var errRedirect = errors.New("redirect refused")

func (f *fetcher) client() *http.Client {
	dialer := &net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			return f.may(to)
		},
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, DisableKeepAlives: true,
			MaxResponseHeaderBytes: 256 << 10, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > fetchRedirects {
				return fmt.Errorf("%w: it sends the reader on more than %d times", errRedirect, fetchRedirects)
			}
			if _, err := webAddress(req.URL.String()); err != nil {
				return fmt.Errorf("%w: it sends the reader to %s: %w", errRedirect, req.URL.Redacted(), err)
			}
			req.Header.Del("Referer")
			return nil
		},
	}
}

func fetchFailed(address string, err error, next string) error {
	if u, e := url.Parse(address); e == nil && u.User != nil {
		u.User = nil // a password is not for a log
		address = u.String()
	}
	return fmt.Errorf("%s could not be fetched: %w. Nothing was imported from there. %s", address, err, next)
}

func (f *fetcher) tooLong(address string) error {
	return fetchFailed(address, fmt.Errorf("it is longer than %d MiB", f.bytes>>20), "Save the article in a browser and import the file")
}

// explain says in words why a fetch failed.
func (f *fetcher) explain(outer, inner context.Context, address string, err error) error {
	const browser = "Open it in a browser, save the page and import the file"
	var outside *url.Error
	if errors.As(err, &outside) {
		err = outside.Err // without the address, which is named already
	}
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case outer.Err() != nil:
		return outer.Err()
	case inner.Err() != nil:
		return fetchFailed(address, fmt.Errorf("there was no whole answer after %v", f.time), "Try again later, or save the page in a browser and import the file")
	case errors.Is(err, errPrivate):
		var op *net.OpError
		if errors.As(err, &op) {
			err = op.Err
		}
		return fetchFailed(address, err, "If you mean a machine of your own network, add --allow-private")
	case errors.As(err, &dns):
		return fetchFailed(address, fmt.Errorf("its host %q is not known", dns.Name), "Check the spelling and the connection")
	case errors.As(err, &cert):
		return fetchFailed(address, fmt.Errorf("its certificate cannot be trusted: %w", cert.Err), browser)
	}
	return fetchFailed(address, err, browser)
}

func checkStatus(address string, resp *http.Response) error {
	next := "Try again later, or save the page in a browser and import the file"
	switch code := resp.StatusCode; {
	case code == http.StatusOK, code == http.StatusNonAuthoritativeInfo:
		return nil
	case code == http.StatusUnauthorized, code == http.StatusPaymentRequired, code == http.StatusForbidden, code == http.StatusUnavailableForLegalReasons:
		next = "It is not for everybody: open it in a browser where you may read it, save the page and import the file"
	case code == http.StatusNotFound, code == http.StatusGone:
		next = "Check the address, or look for the page in a web archive"
	}
	return fetchFailed(address, fmt.Errorf("the server answers %d %s", resp.StatusCode, http.StatusText(resp.StatusCode)), next)
}

// takeType notes what the server says the page is, and refuses what is no article.
func (p *fetched) takeType(header string) error {
	if strings.TrimSpace(header) == "" {
		return nil // by content, then
	}
	media, params, err := mime.ParseMediaType(header)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return nil //nolint:nilerr // a header that says nothing: by content, then
	}
	known := strings.ToLower(path.Ext(p.from.Path))
	if media == "application/octet-stream" && known != "" && strings.Contains(" "+extensions()+" ", " "+known+" ") {
		return nil
	}
	if !readableType(media) {
		return fmt.Errorf("it answers with %s, which is no article", media)
	}
	p.media, p.charset = media, params["charset"]
	return nil
}

// readableType reports whether an answer of this type can be an article.
func readableType(media string) bool {
	media, _, _ = strings.Cut(media, ";")
	switch media {
	case "application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/json",
		"application/x-ndjson", "application/jsonl", "application/pdf", "application/rtf", "application/epub+zip", "application/zip",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text",
		"multipart/related", "message/rfc822", "application/x-mimearchive":
		return true
	case "text/css", "text/javascript", "text/calendar", "text/csv", "text/vcard":
		return false
	}
	return strings.HasPrefix(media, "text/")
}

// options says what is known of the page to who reads it. What the server says
// of the format is a hint, as the ending of a file's name is: the content decides.
func (p *fetched) options(o ingest.Options) ingest.Options {
	o.Address, o.URL, o.Charset = p.from.String(), "", p.charset
	o.Name = path.Base(p.from.Path)
	if o.Name == "." || o.Name == "/" {
		o.Name = p.from.Hostname()
	}
	ending := ""
	switch p.media {
	case "text/html", "application/xhtml+xml":
		ending = ".html"
	case "text/markdown":
		ending = ".md"
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml":
		ending = ".xml"
	case "application/json", "application/x-ndjson", "application/jsonl":
		ending = ".jsonl"
	}
	if !strings.EqualFold(path.Ext(o.Name), ending) {
		o.Name += ending
	}
	return o
}
