package main

import (
	"fmt"
	"net"
	"path/filepath"
	"text/tabwriter"
	"time"

	"manydesk/apps/manydesk/demo"
	"manydesk/tenants"
)

// announce tells the person at the keyboard where everything is.
func (w *works) announce(p *program, stands *parts, door net.Addr, demoed bool, took time.Duration) {
	ru := w.cfg.Language == "ru"
	say := func(russian, english string) string {
		if ru {
			return russian
		}
		return english
	}
	out := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(out, "\nManydesk %s\t%s\n\n", version, fmt.Sprintf(say("готов за %.1f с", "ready in %.1f s"), took.Seconds()))
	fmt.Fprintf(out, "%s\t%s\n", say("Консоль", "Console"), w.links.Console("/"))
	if !demoed {
		fmt.Fprintf(out, "\t%s\n", say("первый вход создаёт владельца и первого заказчика", "the first visit creates the owner and the first customer"))
	}
	people, err := demo.Read(filepath.Join(w.cfg.Data, "demo.json"))
	if err == nil {
		for _, t := range people.Tenants {
			fmt.Fprintf(out, "%s\t%s\t%s\n", say("Портал", "Portal"), w.links.Portal(tenants.Tenant{Slug: t.Slug}, "/"), t.Mail)
		}
	}
	if stands.catcher != nil {
		fmt.Fprintf(out, "%s\t%s\n", say("Исходящая почта", "Outgoing mail"), stands.catcher.PageURL())
	}
	fmt.Fprintf(out, "%s\t%s\n", say("Приём писем", "Incoming mail"), "smtp://"+door.String())
	if err == nil {
		fmt.Fprintf(out, "\n%s\t%s\n", say("Люди", "People"), say("пароль у всех: ", "everybody's password: ")+people.Password)
		for _, one := range people.Staff {
			fmt.Fprintf(out, "%s\t%s\t%s\n", one.Name, one.Email, one.Role)
		}
		for _, one := range people.Clients {
			fmt.Fprintf(out, "%s\t%s\t%s\n", one.Name, one.Email, one.Tenant)
		}
	}
	fmt.Fprintf(out, "\n%s\n", say("Остановить: Ctrl-C", "Stop: Ctrl-C"))
	_ = out.Flush()
}
