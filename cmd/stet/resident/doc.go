// Package resident keeps in memory what the screens use of the program, not all that its
// start touched. It is imported for its effect.
//
// Some 150 packages have something to set up before main runs, each somewhere else in the
// file, and with a page that is asked for Linux maps the fifteen around it: of 25 MB of
// code and constants 19 lay in memory, where the screens use 3. So, where the output is a
// terminal, what is mapped is let go of, and from then on a page is mapped when it is used
// and none around it. Nothing is lost: the file still has the pages, most often in the
// system's cache. It imports next to nothing, so that Go sets it up before most others.
//
// Elsewhere, and on other systems, nothing is done: what serves a desk, or runs in a script,
// makes no call that a hardened service may be ended for.
package resident
