package people

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// The jobs by which letters are asked for; desk/flows/notify writes them. Their
// data is a Letter, their subject the credential it lets use.
const (
	InvitationLetter = "notify.invitation"
	ResetLetter      = "notify.password_reset"
	CodeLetter       = "notify.sign_in_code"
)

// Letter is what a letter that lets somebody in needs to be written. What lets
// in is sealed, because jobs outlive the moment and are looked at by people.
type Letter struct {
	To       string `json:"to"`
	Name     string `json:"name,omitempty"`
	Language string `json:"language"`
	// By is who invites, Provider the company they invite to.
	By       string    `json:"by,omitempty"`
	Provider string    `json:"provider,omitempty"`
	Expires  time.Time `json:"expires"`
	Sealed   []byte    `json:"sealed"`
}

// Secret is what the letter carries: the token of its link, and for clients the code to type.
type Secret struct {
	Token string `json:"token"`
	Code  string `json:"code,omitempty"`
}

// job seals the secret into a letter and makes the job of it.
func (p *People) job(name string, id desk.CredentialID, l Letter, s Secret) (desk.Job, error) {
	plain, err := json.Marshal(s)
	if err != nil {
		return desk.Job{}, fmt.Errorf("encode a letter's secret: %w", err)
	}
	if l.Sealed, err = p.house.Seal(plain, letterPlace(id.Any())); err != nil {
		return desk.Job{}, err
	}
	data, err := json.Marshal(l)
	if err != nil {
		return desk.Job{}, fmt.Errorf("encode a letter: %w", err)
	}
	return desk.Job{Name: name, Lane: desk.MailLane, Subject: id.Any(), Data: data}, nil
}

// OpenLetter reads a job's data with its secret, for whoever writes the letter.
func OpenLetter(house *tenants.House, subject desk.AnyID, data []byte) (Letter, Secret, error) {
	var l Letter
	var s Secret
	if err := json.Unmarshal(data, &l); err != nil {
		return l, s, fmt.Errorf("read a letter: %w", err)
	}
	plain, err := house.Unseal(l.Sealed, letterPlace(subject))
	if err != nil {
		return l, s, err
	}
	if err := json.Unmarshal(plain, &s); err != nil {
		return l, s, fmt.Errorf("read a letter's secret: %w", err)
	}
	return l, s, nil
}

// decoy takes the time that a letter takes, for an address that gets none: the
// same number of statements of the same kind and a sealing, so that how long
// the answer took says nothing about who is here.
func (p *People) decoy(ctx context.Context, tx tenants.SharedTx, inserts int) error {
	if _, err := p.job("", desk.CredentialID{}, Letter{To: "nobody"}, Secret{Token: p.dummy}); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "delete from manydesk.credentials where user_id = $1 and kind = 'reset'", desk.NewUserID(tx.Now())); err != nil {
		return fmt.Errorf("take a letter's time: %w", err)
	}
	for range inserts {
		_, err := tx.Exec(ctx, "insert into manydesk.credentials (hash, id, kind, user_id) select $1, $2, 'reset', $2 where false", []byte(p.dummy), desk.NewUserID(tx.Now()))
		if err != nil {
			return fmt.Errorf("take a letter's time: %w", err)
		}
	}
	return nil
}

func letterPlace(id desk.AnyID) string { return "letter:" + id.UUID() }
