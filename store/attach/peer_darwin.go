package attach

import "golang.org/x/sys/unix"

// maxPath is how long a socket's path may be, in bytes.
const maxPath = 103

// peerUser is the user at the other end of a Unix socket.
func peerUser(fd int) (int, error) {
	c, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(c.Uid), nil
}
