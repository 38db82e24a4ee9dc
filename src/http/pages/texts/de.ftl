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

updated = Aktualisiert am { $date }
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
