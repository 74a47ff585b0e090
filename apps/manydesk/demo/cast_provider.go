package demo

// The provider: six people, each with languages and the customers they serve.
type person struct {
	email, name, language string
	role                  string
	serves                []string
}

var provider = struct {
	slug, name string
	people     []person
}{
	slug: "linia", name: "Линия поддержки",
	people: []person{
		// The first of them owns the installation.
		{"vera@linia.example", "Вера Соколова", "ru", "dispatcher", []string{"acme", "rom", "lis", "nrd", "vek"}},
		{"maria@linia.example", "Мария Белова", "ru", "agent", []string{"acme", "rom", "lis", "nrd", "vek"}},
		{"oleg@linia.example", "Олег Карпов", "ru", "engineer", []string{"acme", "lis", "vek"}},
		{"ira@linia.example", "Ирина Дёмина", "ru", "agent", []string{"rom", "acme", "vek"}},
		{"tom@linia.example", "Tom Avery", "en", "agent", []string{"nrd", "lis"}},
		{"anton@linia.example", "Антон Лысенко", "ru", "engineer", []string{"rom", "nrd", "acme"}},
	},
}
