package webhook_test

import (
	"testing"
	"time"

	"manydesk/desk/channels/webhook"
)

// The vector that Standard Webhooks publishes for its libraries.
func TestLibrariesOfReceiversVerifyTheSignature(t *testing.T) {
	t.Parallel()
	got, err := webhook.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Fatalf("%s, %v", got, err)
	}
}
