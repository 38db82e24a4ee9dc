site-title = Centre d’aide { $site }
help-center = Centre d’aide
skip = Aller au contenu
breadcrumbs = Vous êtes ici
languages = Langue
contact = Besoin d’aide supplémentaire ?

search = Rechercher
search-field = Rechercher dans le centre d’aide
search-hint = Quelle est votre question ?

home-heading = Comment pouvons-nous vous aider ?
topics = Rubriques
topic-articles = Voir les { $count } articles
more-articles = Autres articles
all-articles = Tous les articles
latest = Nouveautés et mises à jour
feed = Articles nouveaux ou mis à jour

updated = Mis à jour le { $date }
minutes = { $count } min de lecture
print = Imprimer
contents = Sur cette page
actions = Ce que vous pouvez faire
related = Articles associés
neighbors = Plus d’articles dans « { $topic } »
previous = Précédent
next = Suivant
not-translated = Cette page n’existe pas encore dans votre langue. La voici en { $language }.

results =
    { $count ->
        [one] { $count } résultat pour « { $query } »
       *[other] { $count } résultats pour « { $query } »
    }
topic-filter = Rubrique
language-filter = Langue
all-topics = Toutes les rubriques
all-languages = Toutes les langues
filters = Filtres
remove-filter = Retirer le filtre « { $value } »
paging = Pages
page-of = Page { $page } sur { $pages }
previous-page = Page précédente
next-page = Page suivante

answer = Réponse
answer-foreign = Pour l’instant seulement en { $language }
answer-stale = Ces informations datent peut-être : elles devaient être revues le { $date }.
answer-was-it = Est-ce ce que vous cherchiez ?
answer-yes = Oui
answer-no = Non
answer-thanks = Merci de nous l’avoir dit.
answer-rejected = Désolés que ce ne soit pas cela
answer-none = Nous n’avons pas encore de réponse à cela
answer-closest = Ces articles s’en approchent le plus.
answer-suggested = Est-ce cela que vous cherchez ?
answer-market = La réponse dépend du pays. Quel est le vôtre ?

suggestions = Suggestions
instant-all = Voir tous les résultats pour « { $query } »
instant-count =
    { $count ->
        [one] { $count } suggestion
       *[other] { $count } suggestions
    }

was-helpful = Cela vous a-t-il été utile ?
feedback-why = Nous en sommes désolés. Quel était le problème ?
feedback-comment = Autre chose à nous dire ? (facultatif)
feedback-thanks = Merci de nous l’avoir dit.
feedback-sorry = Merci. Nous allons revoir cet article.
reason-outdated = Ce n’est plus à jour
reason-unclear = C’est difficile à comprendre
reason-incomplete = Il manque des informations
reason-wrong = Cela n’a pas fonctionné
reason-other = Autre raison

contact-form = Écrivez-nous
contact-heading = Écrivez-nous
contact-lead = Dites-nous comment nous pouvons vous aider. Nous vous répondrons par e-mail.
contact-answers = L’une de ces réponses vous aide-t-elle ?
contact-other = Autres moyens de nous contacter
contact-privacy = Votre adresse e-mail nous sert uniquement à vous répondre.
message = Votre message
email = Votre adresse e-mail
name = Votre nom (facultatif)
trap = Laissez ce champ vide
send = Envoyer
send-anyway = Envoyer quand même
message-sent-heading = Votre message est parti
message-sent = Merci de nous avoir écrit. Nous vous répondrons par e-mail.
message-missing = Veuillez écrire votre question ou votre problème.
message-too-long = Votre message est trop long : il peut compter { $limit } caractères au maximum.
email-wrong = Cette adresse e-mail semble incomplète. Écrivez-la sous la forme nom@example.com.
name-wrong = Ce nom est trop long ou tient sur plusieurs lignes.
not-sent-yet = Message pas encore envoyé : regardez d’abord si l’un de ces articles répond à votre question.
unsent-heading = L’envoi n’a pas abouti
unsent = Revenez en arrière et réessayez.
too-many = Trop de tentatives en peu de temps. Patientez un instant, puis réessayez.

nothing = Aucun résultat pour « { $query } »
tips = Quelques pistes :
tip-fewer = Utilisez moins de mots : seulement les plus importants.
tip-spelling = Vérifiez l’orthographe.
tip-other = Essayez un autre mot qui veut dire la même chose.
search-unfiltered = Rechercher dans toutes les rubriques et toutes les langues
did-you-mean = Vouliez-vous dire « { $query } » ?
similar = Proche de votre recherche
by-meaning = Sens proche
popular = Articles les plus lus
browse-topics = Ou parcourez les rubriques

too-long-heading = Votre recherche est trop longue
too-long = Elle peut compter { $limit } caractères au maximum. Quelques mots-clés suffisent.
refused-heading = Cette recherche n’est pas possible
refused = Une partie de l’adresse de cette page est incorrecte. Relancez la recherche.
not-found-heading = Cette page n’existe pas
not-found = Elle a peut-être été déplacée. Une recherche devrait la retrouver :
not-ready-heading = Un instant, s’il vous plaît
not-ready = Le centre d’aide démarre. Cette page se recharge toute seule.
failed-heading = Une erreur s’est produite
failed = L’erreur vient de nous. Veuillez réessayer dans un instant.

date = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    } { $year }

language = { $tag ->
        [ar] arabe
        [de] allemand
        [en] anglais
        [es] espagnol
        [fr] français
        [ja] japonais
        [ko] coréen
        [pt] portugais
        [ru] russe
        [th] thaï
        [zh-Hans] chinois simplifié
        [zh-Hant] chinois traditionnel
       *[other] { $name }
    }

widget-open = Aide
widget-close = Fermer
widget-back = Retour
widget-suggested = Aide pour cette page
widget-results = Articles
widget-nothing = Aucun résultat. Essayez d’autres mots.
widget-read-more = Lire l’article
widget-open-page = Ouvrir la page
widget-loading = Chargement…
widget-failed = Cela n’a pas fonctionné. Veuillez réessayer.
