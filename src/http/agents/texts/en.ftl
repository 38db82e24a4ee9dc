# The texts of the agents' console.

# Around every page.
title = { $site } Agents
agents = Agents
skip = Skip to the content
search = Search
search-field = Search all articles
new-article = New article
sign-out = Sign out
back = Back to tickets
problem = That did not work
date = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $day }, { $year }
language = { $tag ->
    [ar] Arabic
    [de] German
    [en] English
    [es] Spanish
    [fr] French
    [ja] Japanese
    [ko] Korean
    [pt] Portuguese
    [ru] Russian
    [th] Thai
    [zh-Hans] Chinese (Simplified)
    [zh-Hant] Chinese (Traditional)
   *[other] { $name }
}

# Signing in.
sign-in = Sign in
sign-in-heading = { $site }: for agents
key = Your key
key-hint = Whoever runs the help center makes keys with “zhida keys”.
wrong-key = This key is unknown or has expired. Ask for a new one.
no-keys = Nobody has a key yet. Make one on the server, and write what it prints to zhida.toml:

# A ticket.
ticket = Ticket
subject = Subject
message = Message
about-customer = Language, market, product
customer-locale = The customer’s language
as-ticket = The language of the ticket
market = Market
product = Product
any = Any
find = Find solutions
open-file = Open a mail file
keys = Ctrl+Enter finds · J K next, previous · O opens · C copies · S solved it · W wrong · / searches
empty = Paste a ticket. What solves its problems stands here, with the sentence that proves it and a reply to send.
recent = Solved a ticket lately
usual = Solve most tickets

# What solves it.
says-nothing = Nothing is left to search for without greetings, signatures and quoted mail. Paste what the customer asks.
by-words = Found by words alone: search by meaning is not ready.
left-out = { $count ->
    [one] The ticket seems to have one more problem, which was not looked into.
   *[other] The ticket seems to have { $count } more problems, which were not looked into.
}
to-reply = To the reply
problem-number = Problem { $count }
no-solution = No article solves this.
missing = An article is missing: write it
helps = { $count } % sure
helped = { $count ->
    [one] solved { $count } ticket
   *[other] solved { $count } tickets
}
internal = Internal
stale = To be reviewed
insert = Insert
copy = Copy
copied = Copied
solved-it = Solved it
wrong = Wrong
to-send = Text to send
not-to-send = Internal: for you to know, not to send.
reply = Reply to send ({ $language })
entities = In this ticket
entity-order = Order
entity-tracking = Parcel
entity-email = E-mail
entity-phone = Phone
entity-url = Link

# Searching.
found = { $count ->
    [0] Nothing found
    [one] { $count } article
   *[other] { $count } articles
}
filter = Filter
previous-page = Previous page
next-page = Next page
filter-category = Category
filter-product = Product
filter-market = Market
filter-locale = Language
meant = Did you mean “{ $query }”?

# An article.
updated = Updated on { $date }
as-customers = As customers see it
stale-since = To be reviewed since { $date }: check before you quote it.
questions = What it answers, in customers’ words
translations = In other languages
related = Related articles

# A missing article.
draft-title = Title, as customers would ask
draft-locale = Language, as a tag
draft-internal = For agents only
draft-questions = What it answers, one question a line
draft-body = Text, in Markdown
draft-save = Save as draft
draft-download = Download
draft-needs-title = Give the article a title.
draft-needs-locale = Write the language as a tag, such as en or zh-Hans.
draft-not-saved = The draft could not be saved. Download it instead, and tell whoever runs the help center.
draft-no-folder = No folder for drafts is configured. Download the file instead.
draft-saved = The draft is saved
draft-next = Nobody sees it yet. Finish it, move it into the content folder and take out “status: draft”.

# How the help center does.
insights = Insights
overview = Overview
from-day = From
to-day = To
all = All
show = Show
filter-channel = Channel
channel-page = Help center
channel-widget = Widget
channel-api = API
channel-chat = Chat
chart-use = Searches, visits, and visits that asked a person, day by day
chart-outcomes = What searches led to, day by day
chart-table = The numbers as a table
shares = “Answered”, “Suggested” and “No answer” are shares of the searches that asked for an answer, “Nothing found” and “Opened” of all searches.
number = { $count }
minutes = { $count } min
seconds = { $count } s

# What the figures mean.
explain-nothing_found = Of all searches, those whose words are in no article.
explain-visits = All that one visitor does on one day is one visit.
explain-self_service_score = Visits for each one that asked a person. The higher, the better.
explain-deflection = Of the visits that were helped or asked a person, those that were helped and asked nobody.
explain-seconds_to_help = From the first search of a visit until a result that helps is opened. Half of them take less.

# The reports.
report-days = By day
report-days-about = Searches and visits on each day.
report-locales = By language
report-locales-about = Searches and visits in each language of the visitors.
report-markets = By market
report-markets-about = Searches and visits for each market. Those for no market in particular stand under “–”.
report-channels = By channel
report-channels-about = Searches and visits by where they were made: in the help center, in the widget, in a chat or through the API.
report-questions = Asked most
report-questions-about = What visitors search for most. To protect them, a text is shown only when enough different visitors typed it. Who comes back on another day counts as another visitor.
report-rising = Rising
report-rising-about = What was searched for in the last 7 days much more than in the days before, the steepest rise first. Choose more than 7 days, so that there is something to compare with. To protect visitors, a text is shown only when enough different visitors typed it.
report-articles = Articles
report-articles-about = What readers made of each article, the most read first. “Opened” counts the times it was opened from search results; language, market and channel choose only among those. The true share of readers whom it helps lies between “Helpful at least” and “Helpful at most” with 95 % probability: the fewer the votes, the wider apart. “Reason” is what readers whom it did not help said most.
report-comments = Comments
report-comments-about = What readers wrote about articles, the last first.
report-stale = To be reviewed
report-stale-about = Articles that should have been reviewed by now, the most read first.
report-translation-demand = Translations wanted
report-translation-demand-about = Articles that visitors opened, or got as the answer, though they searched in another language. What is wanted most comes first.
report-old-translations = Old translations
report-old-translations-about = Translations that were updated before another language of the same article, the most read first.
report-reuse = Used by agents
report-reuse-about = What agents made of the articles that were suggested for their tickets. “Used” is the share that was put into a reply or solved the problem.
report-nothing = Nothing to show for these days and this choice.
days-only = Only the days count here: language, market and channel make no difference.
rows-left-out = { $count ->
    [one] The spreadsheet has one more row.
   *[other] The spreadsheet has { $count } more rows.
}
spreadsheet = Download as a spreadsheet (CSV)

# What visitors do not find.
gaps = Gaps
gaps-about = What visitors looked for and did not find: most of the searches for it helped nobody. Nothing was found or opened, what was opened did not help, or the visitor went on to ask a person. What agents missed for a ticket counts, too. Questions that mean the same are one gap; what was asked most comes first.
gaps-private = To protect visitors, a wording is shown only when enough different visitors typed it. Where no wording may be shown, the gap is named by the words that enough visitors used.
gaps-careful = Choose what is to become of a gap. You see the change first: nothing is written before you accept it.
gaps-nothing = No gaps for these days and this choice.
gap-words = These words are shared by differently worded questions, none of which enough visitors typed.
gap-times = { $count ->
    [one] { $count } search in vain
   *[other] { $count } searches in vain
}
gap-visitors = { $count ->
    [one] { $count } visitor
   *[other] { $count } visitors
}
gap-wordings = { $count ->
    [one] { $count } wording
   *[other] { $count } wordings
}
gap-shown = In visitors’ words
gap-hidden = { $count ->
    [one] One more wording is not shown: too few visitors typed it.
   *[other] { $count } more wordings are not shown: too few visitors typed them.
}
gap-nearest = Nearest articles
gap-no-nearest = No article comes near it.
gap-outcomes = What is to become of it
gap-article = Write an article
gap-article-about = The article starts as a draft in the content folder. Nobody sees it until its status is changed.
gap-category = Category, if it has one
gap-question = An article answers it
gap-question-about = The question is added to those that the article answers, so that searches for it find the article.
gap-question-article = The article that answers it
gap-question-text = The question, as customers ask it
gap-synonym = Add a synonym
gap-synonym-about = Customers use other words than the articles. Once added, one is searched for wherever the other is.
gap-synonym-words = Words that mean the same, one a line
gap-synonym-hint = The word that customers use and the word of the articles.
gap-synonym-language = Language, as a tag; empty for all languages
gap-ignore = Ignore it
gap-ignore-about = For what the help center should not answer. The gap goes on the list of questions to ignore and is not shown any more.
see-change = See the change

# Changes of the content.
changes = Changes
changes-about = What was changed in the content folder from here, the last change first. A change can be undone as long as nobody has changed the file since.
changes-nothing = Nothing was changed yet.
change-check = Check the change
change-check-about = Nothing is written yet. Lines with + are added, lines with - are taken away.
change-other = Somebody changed the file after you looked at it, so nothing was written. This is the change as it would be now.
difference = Difference
change-needs-editor = Somebody with an editor’s key can make this change.
change-accept = Make this change
change-patch = Download as a patch
change-patch-hint = Where the content folder is kept in Git, or cannot be written from here, download the patch and use “git apply”.
back-to-gaps = Back to the gaps
change-number = No. { $count }
change-article = New article
change-question = Question added to an article
change-synonym = Synonym added
change-ignore = Question to ignore
change-written = Article written
change-deleted = Article deleted
change-undone = Undone
change-undoes = Undoes no. { $count }
undo = Undo

# What a change does to searches.
replay = What it does to searches
replay-about = { $count ->
    [0] There are no searches yet to try it on.
    [one] The last searches were made again by words, before and after this change: { $count } in all.
   *[other] The last searches were made again by words, before and after this change: { $count } different ones.
}
replay-same = All of them find the same as before.
replay-query = Search
replay-times = Times
replay-before = Before
replay-after = After
replay-verdict = Verdict
replay-hidden = Not shown: too few visitors typed it
replay-left-out = { $count ->
    [one] One more search finds something else.
   *[other] { $count } more searches find something else.
}
verdict-better = Better
verdict-better-about = What visitors opened rises, what did not help sinks, or something is found at last.
verdict-worse = Worse
verdict-worse-about = What visitors opened sinks, what did not help rises, or nothing is found any more.
verdict-moved = Different
verdict-moved-about = The results differ, and nothing tells which are better.

# The columns of reports.
column-day = Day
column-locale = Language
column-market = Market
column-channel = Channel
column-searches = Searches
column-nothing_found = Nothing found
column-answered = Answered
column-suggested = Suggested
column-unknown = No answer
column-opened = Opened
column-visits = Visits
column-helped = Visits helped
column-escalated = Asked a person
column-self_service_score = Self-service score
column-deflection = Deflection
column-satisfaction = Satisfaction (1–5)
column-ratings = Ratings
column-seconds_to_help = Median time to help
column-question = Question
column-visitors = Visitors
column-failed = Not helped
column-searches_lately = Searches in the last 7 days
column-searches_expected = Expected
column-asked_in = Searched in
column-id = Article ID
column-title = Article
column-views = Views
column-helpful = Helpful
column-unhelpful = Not helpful
column-helpfulness = Found helpful
column-helpfulness_from = Helpful at least
column-helpfulness_to = Helpful at most
column-reason = Reason
column-comment = Comment
column-review_by = Review by
column-updated = Updated
column-newer_locale = Newer in
column-newer_updated = Newer one updated
column-inserted = Put into a reply
column-solved = Solved it
column-rejected = Wrong
column-reused = Used
helpful-yes = Yes
helpful-no = No
reason-outdated = Out of date
reason-unclear = Hard to understand
reason-incomplete = Something is missing
reason-wrong = It did not work
reason-other = Something else
