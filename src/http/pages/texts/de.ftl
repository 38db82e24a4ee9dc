site-title = { $site } Hilfe-Center
help-center = Hilfe-Center
skip = Zum Inhalt springen
breadcrumbs = Sie sind hier
languages = Sprache
contact = Noch Fragen?

search = Suchen
search-field = Hilfe-Center durchsuchen
search-hint = Wobei brauchen Sie Hilfe?

home-heading = Wie können wir helfen?
topics = Themen
topic-articles = Alle { $count } Artikel
more-articles = Weitere Artikel
all-articles = Alle Artikel
latest = Neu und aktualisiert
feed = Neue und aktualisierte Artikel

updated = Aktualisiert am { $date }
minutes = { $count } Min. Lesezeit
print = Drucken
contents = Auf dieser Seite
actions = Das können Sie jetzt tun
related = Ähnliche Artikel
neighbors = Mehr zum Thema „{ $topic }“
previous = Zurück
next = Weiter
not-translated = Diese Seite gibt es noch nicht in Ihrer Sprache. Sie lesen sie auf { $language }.

results =
    { $count ->
        [one] { $count } Ergebnis für „{ $query }“
       *[other] { $count } Ergebnisse für „{ $query }“
    }
topic-filter = Thema
language-filter = Sprache
all-topics = Alle Themen
all-languages = Alle Sprachen
filters = Filter
remove-filter = Filter „{ $value }“ entfernen
paging = Seiten
page-of = Seite { $page } von { $pages }
previous-page = Vorherige Seite
next-page = Nächste Seite

answer = Antwort
answer-foreign = Bisher nur auf { $language }
answer-stale = Vielleicht nicht mehr aktuell: Das sollte am { $date } geprüft werden.
answer-was-it = War es das?
answer-yes = Ja
answer-no = Nein
answer-thanks = Danke, gut zu wissen.
answer-rejected = Schade, dass es das nicht war
answer-none = Darauf haben wir noch keine Antwort
answer-closest = Diese Artikel kommen dem am nächsten.
answer-suggested = Meinen Sie das?
answer-market = Die Antwort hängt vom Land ab. Welches ist Ihres?

suggestions = Vorschläge
instant-all = Alle Ergebnisse für „{ $query }“
instant-count =
    { $count ->
        [one] { $count } Vorschlag
       *[other] { $count } Vorschläge
    }

was-helpful = War das hilfreich?
feedback-why = Das tut uns leid. Woran lag es?
feedback-comment = Was sollten wir noch wissen? (optional)
feedback-thanks = Danke, gut zu wissen.
feedback-sorry = Danke. Wir sehen uns diesen Artikel noch einmal an.
reason-outdated = Nicht mehr aktuell
reason-unclear = Schwer verständlich
reason-incomplete = Es fehlt etwas
reason-wrong = Es hat nicht funktioniert
reason-other = Etwas anderes

contact-form = Schreiben Sie uns
contact-heading = Schreiben Sie uns
contact-lead = Wobei brauchen Sie Hilfe? Wir antworten Ihnen per E-Mail.
contact-answers = Beantwortet das schon Ihre Frage?
contact-other = Weitere Kontaktmöglichkeiten
contact-privacy = Wir nutzen Ihre E-Mail-Adresse nur, um Ihnen zu antworten.
message = Ihre Nachricht
email = Ihre E-Mail-Adresse
name = Ihr Name (optional)
trap = Bitte leer lassen
send = Senden
send-anyway = Trotzdem senden
message-sent-heading = Ihre Nachricht ist unterwegs
message-sent = Danke für Ihre Nachricht. Wir antworten Ihnen per E-Mail.
message-missing = Bitte schreiben Sie, wobei Sie Hilfe brauchen.
message-too-long = Ihre Nachricht ist zu lang: Möglich sind höchstens { $limit } Zeichen.
email-wrong = Diese E-Mail-Adresse scheint unvollständig zu sein. Bitte schreiben Sie sie so: name@example.com.
name-wrong = Dieser Name ist zu lang oder hat mehrere Zeilen.
not-sent-yet = Noch nicht gesendet: Bitte sehen Sie zuerst nach, ob einer dieser Artikel Ihre Frage beantwortet.
unsent-heading = Das konnte nicht gesendet werden
unsent = Bitte gehen Sie zurück und versuchen Sie es noch einmal.
too-many = Das war viel in kurzer Zeit. Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.

nothing = Nichts gefunden für „{ $query }“
tips = Das hilft oft:
tip-fewer = Suchen Sie mit weniger Wörtern, nur den wichtigsten.
tip-spelling = Prüfen Sie die Schreibweise.
tip-other = Versuchen Sie ein anderes Wort für dieselbe Sache.
search-unfiltered = In allen Themen und Sprachen suchen
did-you-mean = Meinten Sie „{ $query }“?
similar = Ähnlich zu Ihrer Eingabe
by-meaning = Ähnliche Bedeutung
popular = Häufig gelesen
browse-topics = Oder stöbern Sie nach Themen

too-long-heading = Das ist zu lang für eine Suche
too-long = Möglich sind höchstens { $limit } Zeichen. Ein paar wichtige Wörter genügen.
refused-heading = So können wir nicht suchen
refused = Ein Teil der Adresse dieser Seite stimmt nicht. Bitte suchen Sie noch einmal.
not-found-heading = Diese Seite gibt es nicht
not-found = Vielleicht ist sie umgezogen. Mit der Suche finden Sie sie bestimmt:
not-ready-heading = Einen Moment bitte
not-ready = Das Hilfe-Center startet gerade. Diese Seite lädt sich von selbst neu.
failed-heading = Da ist etwas schiefgegangen
failed = Der Fehler liegt bei uns. Bitte versuchen Sie es gleich noch einmal.

date = { $day }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    } { $year }

language = { $tag ->
        [ar] Arabisch
        [de] Deutsch
        [en] Englisch
        [es] Spanisch
        [fr] Französisch
        [ja] Japanisch
        [ko] Koreanisch
        [pt] Portugiesisch
        [ru] Russisch
        [th] Thailändisch
        [zh-Hans] Chinesisch (vereinfacht)
        [zh-Hant] Chinesisch (traditionell)
       *[other] { $name }
    }

widget-open = Hilfe
widget-close = Schließen
widget-back = Zurück
widget-suggested = Hilfe zu dieser Seite
widget-results = Artikel
widget-nothing = Nichts gefunden. Versuchen Sie es mit anderen Wörtern.
widget-read-more = Artikel lesen
widget-open-page = Seite öffnen
widget-loading = Wird geladen …
widget-failed = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
