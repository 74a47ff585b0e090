package people

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"manydesk/desk"
	"manydesk/tenants"
)

// totpState is the column totp. The secret lies sealed beside it; until On it
// only waits to be confirmed.
type totpState struct {
	On bool `json:"on,omitempty"`
	// Step is the last one used: a code overheard does not work twice.
	Step int64 `json:"step,omitempty"`
	// Recovery are SHA-256 of the codes not used yet; each has 80 random bits.
	Recovery []string `json:"recovery,omitempty"`
}

const (
	totpPeriod   = 30
	challengeTry = 5
)

// Enrolment is a second factor waiting for its first code.
type Enrolment struct {
	Secret string `json:"secret"`
	URL    string `json:"otpauth_url"`
}

// BeginTOTP makes a secret for an authenticator app; it counts after ConfirmTOTP.
//
// Errors: AlreadyExists when a second factor is on; Reauthenticate when the
// password was given too long ago: whoever found an open browser could else
// lock its owner out.
func (p *People) BeginTOTP(ctx context.Context, s Session) (Enrolment, error) {
	if err := p.justNow(s); err != nil {
		return Enrolment{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Manydesk", AccountName: s.User.Email, Period: totpPeriod, SecretSize: 20})
	if err != nil {
		return Enrolment{}, fmt.Errorf("make a second factor: %w", err)
	}
	sealed, err := p.house.Seal([]byte(key.Secret()), totpPlace(s.User.ID))
	if err != nil {
		return Enrolment{}, err
	}
	err = p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, "update manydesk.users set totp_secret = $2, totp = '{}' where id = $1 and not coalesce((totp->>'on')::boolean, false)", s.User.ID, sealed)
		if err == nil && n == 0 {
			return desk.Refuse(desk.AlreadyExists, "what", "totp")
		}
		return err
	})
	return Enrolment{key.Secret(), key.URL()}, err
}

// ConfirmTOTP turns the second factor on by its first code and gives ten
// recovery codes, shown once. Other sessions of the person end.
//
// Errors: wrong_code on code; AlreadyExists when it is on; RateLimited.
func (p *People) ConfirmTOTP(ctx context.Context, s Session, code string, from From) (recovery []string, err error) {
	if err := s.byHand(); err != nil {
		return nil, err
	}
	if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, s.User.Email); err != nil {
		return nil, err
	}
	wrong := false
	err = p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		row, err := p.find(ctx, tx.SharedReadTx, "u.id = $1 for update of u", s.User.ID)
		if err != nil {
			return err
		}
		if row.Totp.On {
			return desk.Refuse(desk.AlreadyExists, "what", "totp")
		}
		step, err := p.step(row, code, tx.Now())
		if err != nil {
			return err
		}
		if wrong = step == 0; wrong {
			return p.note(ctx, tx, note{user: row.ID, what: totpOn, from: from})
		}
		state := totpState{On: true, Step: step}
		recovery, state.Recovery = recoveryCodes()
		if err := setTOTP(ctx, tx, row.ID, state); err != nil {
			return err
		}
		if err := p.endSessions(ctx, tx, row.ID, s.ID); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: row.ID, what: totpOn, ok: true, from: from})
	})
	if err == nil && wrong {
		return nil, desk.Invalid(desk.Field("code", desk.WrongCode))
	}
	return recovery, err
}

// EndTOTP turns the second factor off, by the password.
//
// Errors: SignInFailed; RateLimited.
func (p *People) EndTOTP(ctx context.Context, s Session, password string, from From) error {
	if _, err := p.own(ctx, s, password, from, totpOff); err != nil {
		return err
	}
	err := p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "update manydesk.users set totp_secret = null, totp = '{}', version = version + 1 where id = $1", s.User.ID); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: s.User.ID, what: totpOff, ok: true, from: from})
	})
	p.sessions.clear()
	return err
}

// SecondFactor finishes a sign-in by a code of the app or a recovery code.
//
// Errors: wrong_code on code; SignInRequired when the challenge is unknown, over
// or tried out; RateLimited.
func (p *People) SecondFactor(ctx context.Context, challenge, code string, from From) (Granted, error) {
	if err := p.allow(ctx, from, signInsByAddress, Rule{}, ""); err != nil {
		return Granted{}, err
	}
	hash, ok := tokenHash(challenge)
	if !ok {
		return Granted{}, desk.Refuse(desk.SignInRequired)
	}
	var g Granted
	wrong := false
	err := p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		// The try is counted before the code is looked at, and stays counted.
		var user desk.UserID
		err := tx.QueryRow(ctx, `update manydesk.credentials set data = jsonb_set(data, '{tries}', to_jsonb(coalesce((data->>'tries')::integer, 0) + 1))
			where hash = $1 and kind = 'code' and data @> '{"second": true}' and expires_at > $2 and coalesce((data->>'tries')::integer, 0) < $3
			returning user_id`, []any{hash[:], tx.Now(), challengeTry}, &user)
		if isNoRows(err) {
			return desk.Refuse(desk.SignInRequired)
		}
		if err != nil {
			return fmt.Errorf("count a try: %w", err)
		}
		row, err := p.find(ctx, tx.SharedReadTx, "u.id = $1 for update of u", user)
		if err != nil {
			return err
		}
		state, used, err := p.spend(row, code, tx.Now())
		if err != nil {
			return err
		}
		if wrong = used == "" || UserState(row.State) != Active; wrong {
			return p.note(ctx, tx, note{user: user, what: secondFactor, from: from})
		}
		if err := setTOTP(ctx, tx, user, state); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "delete from manydesk.credentials where hash = $1", hash[:]); err != nil {
			return err
		}
		if g, err = p.startSession(ctx, tx, row.user(), from); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: user, what: used, ok: true, from: from})
	})
	if err == nil && wrong {
		return Granted{}, desk.Invalid(desk.Field("code", desk.WrongCode))
	}
	return g, err
}

// spend takes a code of the app, or a recovery code; used is empty when it is neither.
func (p *People) spend(row userRow, code string, now time.Time) (state totpState, used string, err error) {
	state = row.Totp
	if !state.On {
		return state, "", nil
	}
	code = strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
	if len(code) == 6 {
		step, err := p.step(row, code, now)
		if err != nil || step == 0 {
			return state, "", err
		}
		state.Step = step
		return state, secondFactor, nil
	}
	sum := recoveryHash(code)
	left := make([]string, 0, len(state.Recovery))
	for _, known := range state.Recovery {
		if subtle.ConstantTimeCompare([]byte(known), []byte(sum)) == 1 {
			used = recoveryCodeUsed
			continue
		}
		left = append(left, known)
	}
	state.Recovery = left
	return state, used, nil
}

// step finds the moment a code belongs to: this half minute, the one before or
// after, and later than the last one used (RFC 6238, 5.2). 0 for none.
func (p *People) step(row userRow, code string, now time.Time) (int64, error) {
	if row.TotpSecret == nil {
		return 0, nil
	}
	secret, err := p.house.Unseal(row.TotpSecret, totpPlace(row.ID))
	if err != nil {
		return 0, err
	}
	here, found := now.Unix()/totpPeriod, int64(0)
	for step := here - 1; step <= here+1; step++ {
		want, err := hotp.GenerateCodeCustom(string(secret), uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}) //nolint:gosec // after 1970
		if err != nil {
			return 0, fmt.Errorf("compute a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(strings.TrimSpace(code))) == 1 && step > row.Totp.Step {
			found = step
		}
	}
	return found, nil
}

func setTOTP(ctx context.Context, tx tenants.SharedTx, id desk.UserID, state totpState) error {
	text, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("encode the second factor: %w", err)
	}
	_, err = tx.Exec(ctx, "update manydesk.users set totp = $2, version = version + 1 where id = $1", id, string(text))
	if err != nil {
		return fmt.Errorf("store the second factor: %w", err)
	}
	return nil
}

// recoveryCodes are ten of "k7wq-2m5x-…", and what is stored of them.
func recoveryCodes() (codes, hashes []string) {
	for range 10 {
		var bits [10]byte
		fill(bits[:])
		code := strings.ToLower(base32.StdEncoding.EncodeToString(bits[:]))
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, recoveryHash(code))
	}
	return codes, hashes
}

func recoveryHash(code string) string {
	sum := sha256.Sum256([]byte("recovery:" + code))
	return hex.EncodeToString(sum[:])
}

func totpPlace(id desk.UserID) string { return "totp:" + id.UUID() }
