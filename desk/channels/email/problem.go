package email

// Problem names something wrong with a message that was read all the same.
type Problem string

// The problems of messages.
const (
	NoFrom          Problem = "no_from"
	SeveralFroms    Problem = "several_froms"
	BadFrom         Problem = "bad_from"
	NoMessageID     Problem = "no_message_id"
	SeveralSubjects Problem = "several_subjects"
	BadDate         Problem = "bad_date"
	BrokenHeader    Problem = "broken_header"
	BrokenStructure Problem = "broken_structure"
	BrokenEncoding  Problem = "broken_encoding"
	UnknownCharset  Problem = "unknown_charset"
	BrokenCharset   Problem = "broken_charset"
	HiddenMarks     Problem = "hidden_marks"
	TextCut         Problem = "text_cut"
	TooManyParts    Problem = "too_many_parts"
	Unreadable      Problem = "unreadable"
	ManyHops        Problem = "many_hops"
)

var sentences = map[Problem][2]string{
	NoFrom:          {"В письме нет отправителя.", "The message has no From address."},
	SeveralFroms:    {"У письма несколько отправителей, взят первый.", "The message has several From addresses; the first is taken."},
	BadFrom:         {"Адрес отправителя записан с ошибкой.", "The From address is malformed."},
	NoMessageID:     {"У письма нет номера (Message-ID), он составлен по содержанию.", "The message has no Message-ID; one is made from its content."},
	SeveralSubjects: {"В письме несколько тем, взята первая.", "The message has several subjects; the first is taken."},
	BadDate:         {"Дата письма не читается.", "The date of the message cannot be read."},
	BrokenHeader:    {"Заголовок письма повреждён.", "The header of the message is damaged."},
	BrokenStructure: {"Письмо обрывается или составлено с ошибкой, прочитано что удалось.", "The message is cut off or malformed; what could be read is here."},
	BrokenEncoding:  {"Часть письма повреждена при пересылке, прочитано что удалось.", "A part of the message is damaged in transfer; what could be read is here."},
	UnknownCharset:  {"Кодировка текста неизвестна, подобрана по содержанию.", "The charset of the text is unknown; it was guessed from the content."},
	BrokenCharset:   {"Текст не соответствует своей кодировке, часть знаков заменена.", "The text does not match its charset; some characters are replaced."},
	HiddenMarks:     {"Тема или имя содержали невидимые знаки, они убраны.", "The subject or a name held invisible marks; they are removed."},
	TextCut:         {"Текст слишком длинный, целиком он во вложении.", "The text is too long; all of it is attached."},
	TooManyParts:    {"В письме слишком много частей, лишние остались в исходном письме.", "The message has too many parts; the rest stay in the original."},
	Unreadable:      {"Письмо не читается, исходное письмо приложено.", "The message cannot be read; the original is attached."},
	ManyHops:        {"Письмо прошло через слишком много серверов.", "The message passed too many servers."},
}

// Sentence says the problem in words, in Russian for "ru" and in English otherwise.
func (p Problem) Sentence(language string) string {
	s, ok := sentences[p]
	if !ok {
		return string(p)
	}
	if language == "ru" {
		return s[0]
	}
	return s[1]
}

// MarshalText writes the code and the English sentence: "no_from: The message has no From address."
func (p Problem) MarshalText() ([]byte, error) {
	return []byte(string(p) + ": " + p.Sentence("en")), nil
}

func (m *Message) problem(p Problem) {
	for _, known := range m.Problems {
		if known == p {
			return
		}
	}
	m.Problems = append(m.Problems, p)
}
