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
