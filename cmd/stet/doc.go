// Command stet tags the sentences of news articles as sourced, contested or
// contextual, and keeps every decision in one file.
//
// # The contract
//
// Names of commands and flags, exit codes and the shape of --json output are a
// contract: scripts use them, and a test walks the whole tree of commands.
//
//   - Exit codes: 0 done, 1 failed, 2 used wrongly (or no terminal for a
//     screen), 3 damage or a broken proof was found, 4 another program holds the
//     store.
//   - Data goes to standard output, talk to standard error. An error is one
//     line: "stet: what happened. Whether the work is safe. The next step".
//   - Nothing that came from outside (texts, titles, names, paths) reaches a
//     terminal but through [annotations.Visible]; JSON has such characters
//     escaped, so that it is the same JSON and still harmless.
//   - No network unless asked: import --url, without a file, fetches one page; merge
//     --ssh runs ssh; serve listens.
//   - New files can be read by their owner alone.
//
// # Layout
//
// One file a command: newX builds the command and its flags, runX does the
// work and can be called by a test. Everything a command needs of the world
// comes in by [environment]; no package-level variable changes.
//
// # Where it fails
//
// One program has a store open at a time; others work through it. A command that
// needs the file for itself (compact, restore, check), or any where there are no such
// sockets, waits for --wait and then ends with code 4.
package main
