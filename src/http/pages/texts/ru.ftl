site-title = Справочный центр { $site }
help-center = Справочный центр
skip = Перейти к содержанию
breadcrumbs = Вы здесь
languages = Язык
contact = Остались вопросы?

search = Найти
search-field = Поиск по справочному центру
search-hint = Опишите свой вопрос

home-heading = Чем мы можем помочь?
topics = Темы
topic-articles =
    { $count ->
        [one] Вся { $count } статья
        [few] Все { $count } статьи
       *[other] Все { $count } статей
    }
more-articles = Другие статьи
all-articles = Все статьи
latest = Новое и обновлённое
feed = Новые и обновлённые статьи

updated = Обновлено { $date }
minutes =
    { $count ->
        [one] { $count } минута чтения
        [few] { $count } минуты чтения
        [many] { $count } минут чтения
       *[other] { $count } минуты чтения
    }
print = Распечатать
contents = На этой странице
actions = Что можно сделать сейчас
related = Похожие статьи
neighbors = Ещё по теме «{ $topic }»
previous = Предыдущая
next = Следующая
not-translated = Этой страницы пока нет на вашем языке. Язык текста: { $language }.

results =
    { $count ->
        [one] { $count } результат по запросу «{ $query }»
        [few] { $count } результата по запросу «{ $query }»
       *[other] { $count } результатов по запросу «{ $query }»
    }
topic-filter = Тема
language-filter = Язык
all-topics = Все темы
all-languages = Все языки
filters = Фильтры
remove-filter = Убрать фильтр «{ $value }»
paging = Страницы
page-of = Страница { $page } из { $pages }
previous-page = Предыдущая страница
next-page = Следующая страница

answer = Ответ
answer-foreign = Пока только на языке: { $language }
answer-stale = Сведения могли устареть: проверка планировалась на { $date }.
answer-was-it = Это то, что вы искали?
answer-yes = Да
answer-no = Нет
answer-thanks = Спасибо, что сообщили.
answer-rejected = Жаль, что это не то
answer-none = На этот вопрос у нас пока нет ответа
answer-closest = Ниже самые близкие статьи.
answer-suggested = Вы имели в виду это?
answer-market = Ответ зависит от страны. Выберите свою:

suggestions = Подсказки
instant-all = Все результаты по запросу «{ $query }»
instant-count =
    { $count ->
        [one] { $count } подсказка
        [few] { $count } подсказки
        [many] { $count } подсказок
       *[other] { $count } подсказки
    }

was-helpful = Это было полезно?
feedback-why = Жаль, что не помогло. Что было не так?
feedback-comment = Расскажите подробнее (необязательно)
feedback-thanks = Спасибо, что сообщили.
feedback-sorry = Спасибо. Мы ещё раз проверим эту статью.
reason-outdated = Сведения устарели
reason-unclear = Трудно понять
reason-incomplete = Чего-то не хватает
reason-wrong = Не сработало
reason-other = Другое

contact-form = Написать нам
contact-heading = Напишите нам
contact-lead = Расскажите, с чем вам помочь. Мы ответим по электронной почте.
contact-answers = Может быть, ответ уже есть здесь?
contact-other = Другие способы связи
contact-privacy = Адрес почты нужен нам только для ответа.
message = Ваше сообщение
email = Ваша электронная почта
name = Ваше имя (необязательно)
trap = Оставьте это поле пустым
send = Отправить
send-anyway = Всё равно отправить
message-sent-heading = Сообщение отправлено
message-sent = Спасибо, что написали. Мы ответим вам по электронной почте.
message-missing = Напишите, с чем вам помочь.
message-too-long = Сообщение слишком длинное: в нём может быть не больше { $limit } символов.
email-wrong = Похоже, адрес почты указан не полностью. Введите его в таком виде: name@example.com.
name-wrong = Имя слишком длинное или занимает несколько строк.
not-sent-yet = Сообщение ещё не отправлено: посмотрите сначала, нет ли ответа в этих статьях.
unsent-heading = Не удалось отправить
unsent = Вернитесь назад и попробуйте ещё раз.
too-many = Слишком много попыток за короткое время. Подождите немного и попробуйте ещё раз.

nothing = По запросу «{ $query }» ничего не найдено
tips = Попробуйте так:
tip-fewer = Оставьте только главные слова.
tip-spelling = Проверьте, нет ли опечаток.
tip-other = Назовите то же самое другим словом.
search-unfiltered = Искать во всех темах и на всех языках
did-you-mean = Возможно, вы имели в виду «{ $query }»?
similar = Похоже на ваш запрос
by-meaning = Близко по смыслу
popular = Популярные статьи
browse-topics = Или посмотрите по темам

too-long-heading = Слишком длинный запрос
too-long = В запросе может быть не больше { $limit } символов. Хватит нескольких главных слов.
refused-heading = Так искать не получится
refused = В адресе этой страницы ошибка. Повторите поиск.
not-found-heading = Такой страницы нет
not-found = Возможно, она переехала. Попробуйте найти её поиском:
not-ready-heading = Одну минуту
not-ready = Справочный центр запускается. Страница обновится сама.
failed-heading = Что-то пошло не так
failed = Это ошибка на нашей стороне. Попробуйте ещё раз чуть позже.

date = { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    } { $year } г.

language = { $tag ->
        [ar] арабский
        [de] немецкий
        [en] английский
        [es] испанский
        [fr] французский
        [ja] японский
        [ko] корейский
        [pt] португальский
        [ru] русский
        [th] тайский
        [zh-Hans] китайский (упрощённый)
        [zh-Hant] китайский (традиционный)
       *[other] { $name }
    }

widget-open = Помощь
widget-close = Закрыть
widget-back = Назад
widget-suggested = Помощь по этой странице
widget-results = Статьи
widget-nothing = Ничего не найдено. Попробуйте другие слова.
widget-read-more = Читать статью
widget-open-page = Открыть страницу
widget-loading = Загрузка…
widget-failed = Не получилось. Попробуйте ещё раз.
