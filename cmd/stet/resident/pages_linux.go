//go:build amd64 || arm64

package resident

import (
	"os"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// init begins before most packages set themselves up, see the package's doc.
func init() {
	if _, err := unix.IoctlGetTermios(1, unix.TCGETS); err == nil {
		spans := ofProgram()
		mapSingly(spans)
		letGo(spans)
	}
}

// LetGo takes the pages of the program's file out of memory. Those that are used come back.
func LetGo() { letGo(ofProgram()) }

func letGo(spans []span) {
	for _, s := range spans {
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, s.at, s.size, unix.MADV_DONTNEED) // it is advice
	}
}

// ofProgram is where the program's file lies in memory; none where the system does not tell.
func ofProgram() []span {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return nil
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return nil
	}
	return unchanged(program, string(maps))
}

// span is a range of this process's memory, in bytes.
type span struct{ at, size uintptr }

// unchanged is where a file lies in memory that cannot be written and was not: what the
// loader filled in, or a debugger, is in no file and must stay. smaps is as proc(5) has it.
func unchanged(file, smaps string) (spans []span) {
	var here span // the one of which lines tell; empty where it is to be left alone
	for line := range strings.Lines(smaps) {
		switch {
		case line[0] >= 'a' || line[0] <= '9': // a range, where the names below it begin with a capital
			here = rangeOf(line, file)
		case here.size > 0 && strings.HasPrefix(line, "Anonymous:") && strings.Fields(line)[1] == "0":
			spans = append(spans, here)
		}
	}
	return spans
}

// rangeOf reads "from-to mode offset device inode path"; empty for another file than this
// one, and for what can be written.
func rangeOf(line, file string) span {
	at, rest, _ := strings.Cut(line, " ")
	mode, rest, _ := strings.Cut(rest, " ")
	_, path, _ := strings.Cut(rest, "/")
	if mode != "r-xp" && mode != "r--p" || "/"+strings.TrimSuffix(path, "\n") != file {
		return span{}
	}
	from, to, _ := strings.Cut(at, "-")
	return span{address(from), address(to) - address(from)}
}

func address(hex string) uintptr {
	n, _ := strconv.ParseUint(hex, 16, 64) // the kernel's
	return uintptr(n)
}

// From linux/userfaultfd.h (Linux 6.7 and later).
const (
	userModeOnly     = 1
	apiVersion       = 0xAA
	apiCall          = 0xC018AA3F // UFFDIO_API
	registerCall     = 0xC020AA00 // UFFDIO_REGISTER
	writeProtect     = 1 << 1     // UFFDIO_REGISTER_MODE_WP
	writesAreOnlyLog = 1 << 15    // UFFD_FEATURE_WP_ASYNC
)

// mapSingly has each page of the spans mapped when it is used, and none around it: so the
// kernel treats memory of which it is to note the writes. These are never written, so there
// is nothing to note and nobody to wake. The descriptor stays open as long as the program
// runs, since the spans are as before when it is closed. False where the system cannot do it.
func mapSingly(spans []span) bool {
	fd, _, failed := unix.Syscall(unix.SYS_USERFAULTFD, unix.O_CLOEXEC|unix.O_NONBLOCK|userModeOnly, 0, 0)
	if failed != 0 {
		return false
	}
	api := struct{ version, features, ioctls uint64 }{apiVersion, writesAreOnlyLog, 0}
	if _, _, failed = unix.Syscall(unix.SYS_IOCTL, fd, apiCall, uintptr(unsafe.Pointer(&api))); failed != 0 {
		_ = unix.Close(int(fd))
		return false
	}
	for _, s := range spans {
		register := struct{ at, size, mode, ioctls uint64 }{uint64(s.at), uint64(s.size), writeProtect, 0}
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, fd, registerCall, uintptr(unsafe.Pointer(&register)))
	}
	return true
}
