package attach

import (
	"io/fs"
	"net"
	"os"
	"time"
)

// lookEvery is how often an owner looks whether its socket is still there.
const lookEvery = 5 * time.Second

// renew makes the socket anew whenever it has gone: a server runs for weeks, and where
// sockets lie is emptied meanwhile, at a logout or by age. Without it nobody could
// attach until the owner ends, and all would be told that the store is held.
func (s *server) renew(listen func() (net.Listener, error)) {
	s.all.Go(func() {
		for {
			pause(s.reads, lookEvery)
			s.mu.Lock()
			l, over := s.socket, s.draining
			s.mu.Unlock()
			switch {
			case over:
				return
			case l != nil && lies(l):
				continue
			case l != nil:
				l.Close() //nolint:errcheck // before another lies there: closing removes what has its name
				s.mu.Lock()
				s.socket = nil
				s.mu.Unlock()
			}
			if l, err := listen(); err == nil { // else there is a place again at another look
				s.Serve(l)
			}
		}
	})
}

// lies reports whether a socket has its name still.
func lies(l net.Listener) bool {
	info, err := os.Lstat(l.Addr().String())
	return err == nil && info.Mode()&fs.ModeSocket != 0
}
