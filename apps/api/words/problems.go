package words

import "manydesk/desk"

var problems = map[desk.Code]sentences{
	desk.ValidationFailed: {ru: "Проверьте отмеченные поля.", en: "Check the marked fields."},
	desk.BodyUnreadable: {
		ru: "Тело запроса не читается.", en: "The body cannot be read.",
		ruDetail: "Тело запроса не читается: {why}.", enDetail: "The body cannot be read: {why}.",
	},
	desk.BodyRequired: {ru: "Нужно тело запроса.", en: "A body is needed."},
	desk.UnsupportedType: {
		ru: "Такой тип содержимого не принимаем.", en: "This content type is not accepted.",
		ruDetail: "Нужен тип {type}.", enDetail: "Send {type}.",
	},
	desk.TooLarge: {
		ru: "Слишком много данных.", en: "Too much data.",
		ruDetail: "Не больше {limit}.", enDetail: "At most {limit}.",
	},
	desk.BadHost:   {ru: "Неверный адрес сайта.", en: "Wrong host."},
	desk.BadCursor: {ru: "Страница устарела, начните сначала.", en: "This page has expired, start again."},
	desk.BadFilter: {
		ru: "Условие непонятно.", en: "The filter is not understood.",
		ruDetail: "Условие непонятно: {where}.", enDetail: "The filter is not understood: {where}.",
	},
	desk.SignInRequired: {ru: "Войдите.", en: "Sign in."},
	desk.SignInFailed:   {ru: "Неверная почта или пароль.", en: "Wrong e-mail or password."},
	desk.SecondFactor:   {ru: "Введите код из приложения.", en: "Enter the code from your app."},
	desk.Reauthenticate: {ru: "Подтвердите пароль ещё раз.", en: "Confirm your password again."},
	desk.Denied: {
		ru: "На это нет права.", en: "You may not do this.",
		ruDetail: "Нет права «{right}». Его даёт {who}.", enDetail: "You need the right “{right}”. {who} can grant it.",
	},
	desk.CrossOrigin: {ru: "Запрос пришёл с другого сайта.", en: "The request came from another site."},
	desk.ScopeMissing: {
		ru: "Ключу не хватает права.", en: "The key lacks a scope.",
		ruDetail: "Ключу не хватает права {scope}.", enDetail: "The key lacks the scope {scope}.",
	},
	desk.TenantSuspended: {
		ru: "Заказчик приостановлен.", en: "The customer is suspended.",
		ruDetail: "{customer}: обслуживание приостановлено.", enDetail: "{customer} is suspended.",
	},
	desk.TenantReadOnly: {ru: "Только чтение до оплаты.", en: "Read-only until paid."},
	desk.EngagementEnded: {
		ru: "Сотрудничество окончено.", en: "The engagement has ended.",
		ruDetail: "Сотрудничество с «{customer}» окончено.", enDetail: "The engagement with {customer} has ended.",
	},
	desk.NotFound: {ru: "Не найдено или нет доступа.", en: "Not found, or not yours to see."},
	desk.Gone: {
		ru: "Удалено.", en: "Removed.",
		ruDetail: "Удалено {when}.", enDetail: "Removed {when}.",
	},
	desk.MethodNotAllowed: {ru: "Здесь это действие невозможно.", en: "Not possible here."},
	desk.NotAcceptable:    {ru: "Такой формат не отдаём.", en: "No such format."},
	desk.ArrivedMeanwhile: {
		ru: "Пока вы писали, пришёл ответ.", en: "An answer arrived while you were writing.",
		ruDetail: "{who}: ответ в {when}.", enDetail: "{who} answered at {when}.",
	},
	desk.TransitionRefused: {
		ru: "Такой переход невозможен.", en: "This change of status is not allowed.",
		ruDetail: "Из «{from}» в «{to}» нельзя.", enDetail: "“{from}” cannot become “{to}”.",
	},
	desk.ClosedIsFinal:   {ru: "Заявка закрыта, создайте связанную.", en: "The ticket is closed, open a linked one."},
	desk.UntilRequired:   {ru: "До какого времени отложить?", en: "Postpone until when?"},
	desk.CommentRequired: {ru: "Нужен комментарий.", en: "A comment is needed."},
	desk.TasksOpen: {
		ru: "Не все обязательные задачи этапа выполнены.", en: "The stage has required tasks that are not done.",
		ruDetail: "Сначала выполните: {tasks}.", enDetail: "Do these first: {tasks}.",
	},
	desk.StageNotOpen: {
		ru: "Этап сейчас не идёт.", en: "The stage is not under way.",
		ruDetail: "Этап «{stage}» сейчас не идёт.", enDetail: "The stage “{stage}” is not under way.",
	},
	desk.ProcessRuns: {
		ru: "Процесс уже идёт.", en: "A process is under way already.",
		ruDetail: "Уже идёт процесс «{process}». Начните другой вместо него, если он больше не нужен.",
		enDetail: "The process “{process}” is under way. Begin another instead of it if it is no longer wanted.",
	},
	desk.MacroStopped: {
		ru: "Макрос не применён: одно из действий сделать нельзя.", en: "The macro was not applied: one of its actions cannot be done.",
		ruDetail: "Макрос не применён. Действие {n}, {what}: {why}", enDetail: "The macro was not applied. Action {n}, {what}: {why}",
	},
	desk.AlreadyExists: {ru: "Такое уже есть.", en: "This already exists."},
	desk.InUse: {
		ru: "Уже используется, изменить нельзя.", en: "In use, this can no longer be changed.",
		ruDetail: "Используется в {where}.", enDetail: "In use by {where}.",
	},
	desk.LastOwner: {ru: "Нужен хотя бы один владелец.", en: "One owner must remain."},
	desk.LimitReached: {
		ru: "Достигнут предел.", en: "The limit is reached.",
		ruDetail: "Достигнут предел: {n}.", enDetail: "The limit of {n} is reached.",
	},
	desk.AcrossTenants: {ru: "Заявки разных заказчиков не связываются.", en: "Tickets of different customers cannot be joined."},
	desk.ForeignWords: {
		ru: "В тексте чужие данные.", en: "The text names another customer.",
		ruDetail: "В тексте чужие данные: {words}.", enDetail: "The text names another customer: {words}.",
	},
	desk.ChangedMeanwhile: {
		ru: "Уже изменено.", en: "Changed meanwhile.",
		ruDetail: "Уже изменено: {who}, {what}.", enDetail: "Changed by {who}: {what}.",
	},
	desk.VersionRequired: {ru: "Укажите If-Match.", en: "Send If-Match."},
	desk.KeyReused:       {ru: "Ключ уже был у другого запроса.", en: "The key was used for another request."},
	desk.KeyInProgress:   {ru: "Этот запрос ещё выполняется.", en: "This request is still running."},
	desk.FileRefused:     {ru: "Файл такого вида не принимаем.", en: "Files of this kind are not accepted."},
	desk.UploadOffset: {
		ru: "Загрузка остановилась в другом месте.", en: "The upload stopped elsewhere.",
		ruDetail: "Продолжите с байта {byte}.", enDetail: "Resume at byte {byte}.",
	},
	desk.ConditionInvalid: {
		ru: "Условие неверно.", en: "The condition is wrong.",
		ruDetail: "Условие {node}: {why}.", enDetail: "Condition {node}: {why}.",
	},
	desk.CalendarNeverOpens: {ru: "Календарь никогда не открывается.", en: "The calendar never opens."},
	desk.RateLimited: {
		ru: "Слишком часто, повторите позже.", en: "Too many requests, retry later.",
		ruDetail: "Слишком часто, повторите через {n, plural, one{# секунду} few{# секунды} many{# секунд} other{# секунды}}.",
		enDetail: "Too many requests, retry in {n, plural, one{# second} other{# seconds}}.",
	},
	desk.TooManyStreams: {ru: "Открыто слишком много вкладок.", en: "Too many open streams."},
	desk.Internal: {
		ru: "Ошибка у нас.", en: "Our fault.",
		ruDetail: "Ошибка у нас, номер {request_id}.", enDetail: "Our fault, quote {request_id}.",
	},
	desk.Unavailable: {ru: "Сервис перезапускается.", en: "Restarting."},
	desk.TimedOut:    {ru: "Не успели, повторите.", en: "Took too long, try again."},
}
