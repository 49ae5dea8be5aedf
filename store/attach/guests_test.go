package attach

// guestsOf lists who is attached to this process.
func guestsOf(s *Store) []Peer {
	if at, _, err := s.look(); err == nil && at != nil && at.own != nil && at.own.server != nil {
		return at.own.server.attached()
	}
	return nil
}

// attached lists who is attached.
func (s *server) attached() (out []Peer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for g := range s.guests {
		if g.peer.PID != 0 {
			out = append(out, g.peer)
		}
	}
	return out
}
