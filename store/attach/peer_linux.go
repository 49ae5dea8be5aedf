package attach

import "syscall"

// maxPath is how long a socket's path may be, in bytes.
const maxPath = 107

// peerUser is the user at the other end of a Unix socket.
func peerUser(fd int) (int, error) {
	c, err := syscall.GetsockoptUcred(fd, syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(c.Uid), nil
}
