package ingest

import (
	"mime"
	"net/mail"
	"strings"
	"time"
)

// mailLabel knows the words before the lines at the head of a mail, as programs write
// them above what is saved or forwarded, and what a line tells: "title", "date".
func mailLabel(line string) (tells, value string, ok bool) {
	label, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", "", false
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(label) {
	case "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "тема":
		return "title", value, true
	case "date", "sent":
		return "date", value, true
	case "from", "to", "cc", "bcc", "reply-to", "message-id", "received", "return-path", "delivered-to", "x-mailer", "mime-version",
		"content-type", "content-transfer-encoding", "von", "an", "gesendet", "datum", "de", "à", "envoyé", "para", "enviado", "от", "кому", "отправлено":
		return "", value, true
	}
	return "", "", false
}

// readMail takes title and date from the head of a mail: two or more lines with its
// labels at the top of the text. It reports whether there is one; its lines are then
// no headline, however they are cut.
func (f *facts) readMail(body string) bool {
	const from = "the head of a mail"
	title, date, n := "", "", 0
	for line := range strings.SplitSeq(body[:min(len(body), headBytes)], "\n") {
		tells, value, ok := mailLabel(line)
		if !ok {
			break
		}
		n++
		switch tells {
		case "title":
			title = value
			if words, err := new(mime.WordDecoder).DecodeHeader(value); err == nil {
				title = words
			}
		case "date":
			date = value
		}
	}
	if n < 2 {
		return false
	}
	f.title.set(title, from)
	if t, err := mail.ParseDate(date); err == nil {
		f.published.set(t.Format(time.RFC3339), from)
	}
	return true
}
