package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type presenceIn struct {
	TicketPath
	Body struct {
		State string `json:"state" enum:"viewing,typing,idle,gone"`
	}
}

// claimed is how long a soft claim lasts after the last word typed.
const claimed = 90 * time.Second

// seenNow is what others hear of somebody at a ticket.
type seenNow struct {
	By    Person   `json:"by"`
	State string   `json:"state,omitempty"`
	Until *Instant `json:"until,omitempty"`
}

// presenceRoutes tell others who is at a ticket. Nothing of it is stored: it
// lives in the live channel and, claims, for 90 seconds in Redis.
func (a *App) presenceRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/tickets/{number}"
	view(r, "PUT "+at+"/presence", Op{ID: "setPresence", Tag: "Tickets", Summary: "Say that the person looks or types", Needs: []access.Permission{access.TicketRead}, Frozen: true},
		func(ctx context.Context, tx tenants.ReadTx, in *presenceIn) (Nothing, error) {
			t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			if err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.sayHere(ctx, tx, hintPresence, t, seenNow{State: in.Body.State})
		})
	claim := []access.Permission{access.TicketReply}
	view(r, "PUT "+at+"/claim", Op{ID: "claimTicket", Tag: "Tickets", Summary: "Say that the person is answering; lasts 90 seconds", Needs: claim, Errors: []desk.Code{desk.InUse}}, a.claim)
	view(r, "DELETE "+at+"/claim", Op{ID: "releaseClaim", Tag: "Tickets", Summary: "Answering no more", Needs: claim}, a.unclaim)
}

func (a *App) sayHere(ctx context.Context, tx tenants.ReadTx, name string, t *tickets.Ticket, now seenNow) error {
	now.By = personOf(string(tx.Actor().Kind), tx.Actor().ID, tx.Actor().Name)
	data, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("encode presence: %w", err)
	}
	a.publish(ctx, jobs.Hint{Name: name, Tenant: tx.Tenant().ID, Subject: t.ID.Any(), Data: data})
	return nil
}

func claimKeyOf(tx tenants.ReadTx, t *tickets.Ticket) string {
	return fmt.Sprintf("claim:%d:%s", tx.Tenant().ID, t.ID.UUID())
}

// claim takes the ticket's pen for a while. InUse, with who has it, while another does.
func (a *App) claim(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (Nothing, error) {
	t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
	if err != nil {
		return Nothing{}, err
	}
	until := Instant(tx.Now().Add(claimed))
	if a.Redis != nil {
		holder, err := a.hold(ctx, claimKeyOf(tx, t), tx.Actor())
		if err != nil {
			a.log.Warn("a claim was not kept", "error", err.Error())
		} else if holder != nil {
			return Nothing{}, desk.Refuse(desk.InUse, "where", holder.Name).With("by", holder)
		}
	}
	return Nothing{}, a.sayHere(ctx, tx, hintClaim, t, seenNow{State: "replying", Until: &until})
}

// hold sets or renews a claim; it answers who else has it.
func (a *App) hold(ctx context.Context, key string, actor desk.Actor) (*Person, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	me := personOf(string(actor.Kind), actor.ID, actor.Name)
	mine, err := json.Marshal(me)
	if err != nil {
		return nil, err
	}
	won, err := a.Redis.SetNX(ctx, key, mine, claimed).Result()
	if err != nil || won {
		return nil, err
	}
	held, err := a.Redis.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var other Person
	if err := json.Unmarshal(held, &other); err != nil || other.ID == me.ID {
		return nil, a.Redis.Set(ctx, key, mine, claimed).Err()
	}
	return &other, nil
}

func (a *App) unclaim(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (Nothing, error) {
	t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
	if err != nil {
		return Nothing{}, err
	}
	if a.Redis != nil {
		me := personOf(string(tx.Actor().Kind), tx.Actor().ID, tx.Actor().Name)
		if mine, err := json.Marshal(me); err == nil {
			short, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			if held, err := a.Redis.Get(short, claimKeyOf(tx, t)).Bytes(); err == nil && string(held) == string(mine) {
				a.Redis.Del(short, claimKeyOf(tx, t))
			}
		}
	}
	return Nothing{}, a.sayHere(ctx, tx, hintClaim, t, seenNow{})
}
