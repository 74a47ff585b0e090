package webhook

import (
	"net/http"
	"strconv"
	"time"
)

// Fate is what an attempt means for the next one.
type Fate string

// The fates. Permanent is not worth another attempt: the receiver says 410 Gone,
// or the call cannot be made as it is.
const (
	Delivered Fate = "delivered"
	Temporary Fate = "temporary"
	Permanent Fate = "permanent"
)

// Reason is why an attempt failed, for the log of deliveries.
type Reason string

// The reasons.
const (
	Answered    Reason = "status"      // any answer but 2xx
	Redirected  Reason = "redirect"    // 3xx: redirects are not followed
	TimedOut    Reason = "timeout"     // nothing within the time
	Unresolved  Reason = "unresolved"  // the name is not known
	Unreachable Reason = "unreachable" // no connection, or it broke off
	Insecure    Reason = "insecure"    // TLS failed
	Interrupted Reason = "interrupted" // we were stopped meanwhile
	BadAddress  Reason = "address"     // not a public https address
	BadSecret   Reason = "secret"      // no usable secret
	TooLarge    Reason = "too_large"   // a body of more than 20 KB
)

// Outcome is what came of one attempt.
type Outcome struct {
	Fate   Fate
	Reason Reason
	// Status is the answer's, 0 without one.
	Status int
	// Reply is the beginning of the answer's body, as it came: at most 16 KB, not
	// to be trusted.
	Reply []byte
	// RetryAfter is how long the receiver asked to wait, at most a day.
	RetryAfter time.Duration
	At         time.Time
	Took       time.Duration
	// Cause is for our log.
	Cause error
}

func judged(answer *http.Response) Outcome {
	o := Outcome{Status: answer.StatusCode, Fate: Temporary, Reason: Answered}
	switch {
	case answer.StatusCode/100 == 2:
		o.Fate, o.Reason = Delivered, ""
	case answer.StatusCode == http.StatusGone:
		o.Fate = Permanent
	case answer.StatusCode/100 == 3:
		o.Reason = Redirected
	}
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && seconds > 0 && o.Fate == Temporary {
		o.RetryAfter = min(time.Duration(min(seconds, 1<<20))*time.Second, maxWait)
	}
	return o
}
