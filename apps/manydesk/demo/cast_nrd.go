package demo

var nrd = company{
	slug: "nrd", code: "NRD", name: "Nordlicht Logistics", language: "en", zone: "Europe/Berlin", brand: "#0b6f9c",
	domain: "nordlicht.example", address: "servicedesk@nordlicht.example", sender: "Nordlicht Service Desk",
	greeting:   "“Nordlicht service desk, how can I help?”",
	tone:       "Friendly, plain English, no jargon: half of the readers are not native speakers.",
	do:         []string{"Ask which office and which network: guest or corporate.", "Offer a callback for drivers on the road."},
	dont:       []string{"Never reset a password by phone without the code word."},
	escalation: [3]string{"Jonas Brandt", "+49 40 555 0118", "warehouse standstill"},
	types: []ticketType{
		{"incident", "Инцидент", "Incident", true, []field{
			{"office", "Офис", "Office", "choice", true, [][3]string{{"ham", "Гамбург", "Hamburg"}, {"bre", "Бремен", "Bremen"}, {"gdn", "Гданьск", "Gdańsk"}}, []string{"ham", "bre", "gdn"}},
		}},
		{"request", "Запрос", "Request", true, nil},
		{"access", "Доступ", "Access", true, []field{
			{"system", "Система", "System", "text", true, nil, []string{"Dispatch", "Invoicing", "Payroll"}},
		}},
		{"problem", "Проблема", "Problem", false, nil},
	},
	firms: []firm{
		{"Nordlicht Hamburg", "ham.nordlicht.example", true, []string{"Jonas Brandt", "Lena Vogt", "Piet Hansen"}},
		{"Nordlicht Bremen", "bre.nordlicht.example", false, []string{"Karin Wolff", "Mads Lund"}},
		{"Nordlicht Gdańsk", "gdn.nordlicht.example", false, []string{"Ewa Nowak", "Tomasz Zielinski"}},
		{"Elbe Cold Storage", "elbecold.example", false, []string{"Greta Simon"}},
	},
	places: []string{"the Hamburg office", "gate 4 in Bremen", "the Gdańsk warehouse", "the cold store"},
	units:  []string{"the label printer", "the handheld scanner", "the dispatch screen", "the meeting room display"},
	scenes: []scene{
		{
			"incident", 2,
			[]string{"VPN drops every 20 minutes, {place}", "VPN disconnects since this morning"},
			[]string{"Hello, since this morning the VPN drops every twenty minutes in {place}. Reconnecting works but I lose my session.", "The VPN kicks me out during calls. {place}, corporate network."},
			[]line{
				a("Hi {name}, thanks for writing. Could you tell me the client version? It is under Help, About."), c("5.8.2, since this morning."), n("5.8.2 renegotiates keys on roaming between access points. Pinned 5.8.1 for Hamburg."),
				a("That version reconnects whenever your laptop changes access points. We have rolled it back for your office: please restart the laptop once."), c("Two hours without a drop. Thank you!"),
			},
			"Rolled the client back to 5.8.1 and reported it to the vendor.", 5,
		},
		{
			"incident", 3,
			[]string{"Invoice PDF shows the wrong VAT rate", "Wrong totals on {n} invoices"},
			[]string{"Invoices to Poland show 19 % instead of 23 %. Three went out today, PDF attached.", "The total is right but the VAT line is wrong."},
			[]line{a("Hello {name}, thank you for the example, that made it easy to find. The customer group lost its tax country in yesterday's import. Fixed now."), c("New ones are right. What about the three that went out?"), a("We prepared credit notes for all three, they are waiting for your approval in Invoicing.")},
			"Restored the tax country, prepared credit notes.", 4,
		},
		{
			"incident", 1,
			[]string{"{unit} offline, trucks are waiting", "Nothing prints at {place}"},
			[]string{"{unit} is offline at {place}. Six trucks are waiting for papers.", "Labels do not print. We write by hand."},
			[]line{a("On it, {name}. As a bridge: print to PRN-BRE-02, it is ready and has paper."), c("That works, trucks are moving."), n("Print server ran out of disk, old spool files. Cleaned, alert added."), a("The printer is back as well. The cause was a full disk on the print server; an alert now warns us a week ahead.")},
			"Cleaned the spool, added an alert.", 3,
		},
		{
			"access", 3,
			[]string{"Access to Dispatch for a new colleague", "Locked out after holidays"},
			[]string{"Please give our new colleague access to Dispatch, read only, from Monday.", "My account is locked, I was away for three weeks."},
			[]line{a("Hi {name}, your manager approved it, access is open from Monday 07:00 local time."), c("Works, thanks!")},
			"Access granted after approval.", 4,
		},
		{
			"request", 4,
			[]string{"New headset", "A second screen for {place}"},
			[]string{"My headset crackles, could I have a new one?", "We need a second screen for the night shift."},
			[]line{a("Sure. It ships with tomorrow's shuttle; the old one can stay in the box by the reception."), c("Got it, perfect.")},
			"Sent with the shuttle.", 3,
		},
		{
			"problem", 3,
			[]string{"Recurring: handhelds lose Wi-Fi in aisle 7", "Recurring: slow logon on Mondays"},
			[]string{"Fifth report this month, see linked tickets.", "Logon takes four minutes on Mondays between 6 and 7."},
			[]line{n("Site survey done: the new racks shade the access point. One more AP ordered."), n("Installed, signal above −60 dBm along the aisle.")},
			"Root cause removed.", 1,
		},
	},
}
