# The texts of the pages. Every language has a file with these messages, and
# each message is a whole sentence, so that it can be worded naturally.

# Around every page.
site-title = { $site } Help Center
help-center = Help Center
skip = Skip to the content
breadcrumbs = You are here
languages = Language
contact = Still need help?

# The search field.
search = Search
search-field = Search the help center
search-hint = What do you need help with?

# Home and topics.
home-heading = How can we help?
topics = Topics
topic-articles = All { $count } articles
more-articles = More articles
all-articles = All articles
latest = New and updated
feed = New and updated articles

# An article.
updated = Updated on { $date }
minutes = { $count } min read
print = Print
contents = On this page
actions = What you can do now
related = Related articles
neighbors = More in “{ $topic }”
previous = Previous
next = Next
not-translated = This page isn’t available in your language yet. Here it is in { $language }.

# Search results.
results =
    { $count ->
        [one] { $count } result for “{ $query }”
       *[other] { $count } results for “{ $query }”
    }
topic-filter = Topic
language-filter = Language
all-topics = All topics
all-languages = All languages
filters = Filters
remove-filter = Remove the filter “{ $value }”
paging = Pages
page-of = Page { $page } of { $pages }
previous-page = Previous page
next-page = Next page

# The answer on top of search results.
answer = Answer
answer-foreign = Only in { $language } so far
answer-stale = This may be out of date: it was due for a check on { $date }.
answer-was-it = Was this it?
answer-yes = Yes
answer-no = No
answer-thanks = Thank you, good to know.
answer-rejected = Sorry that this wasn’t it
answer-none = We have no answer to this yet
answer-closest = These articles come closest.
answer-suggested = Is this what you mean?
answer-market = The answer depends on the country. Which one is yours?

# While somebody types into the search field.
suggestions = Suggestions
instant-all = All results for “{ $query }”
instant-count =
    { $count ->
        [one] { $count } suggestion
       *[other] { $count } suggestions
    }

# Whether an article helped.
was-helpful = Was this helpful?
feedback-why = Sorry about that. What was the problem?
feedback-comment = Anything we should know? (optional)
feedback-thanks = Thank you, good to know.
feedback-sorry = Thank you. We will look at this article again.
reason-outdated = It is out of date
reason-unclear = It is hard to understand
reason-incomplete = Something is missing
reason-wrong = It did not work
reason-other = Something else

# The form to reach a person.
contact-form = Write to us
contact-heading = Write to us
contact-lead = Tell us what you need help with. We reply by e-mail.
contact-answers = Does one of these answer it?
contact-other = Other ways to reach us
contact-privacy = We use your e-mail address only to answer you.
message = Your message
email = Your e-mail address
name = Your name (optional)
trap = Leave this empty
send = Send
send-anyway = Send anyway
message-sent-heading = Your message has been sent
message-sent = Thank you for writing. We will reply to you by e-mail.
message-missing = Please write what you need help with.
message-too-long = Your message is too long: it may have { $limit } characters at most.
email-wrong = This e-mail address looks incomplete. Please write it as name@example.com.
name-wrong = This name is too long or has several lines.
not-sent-yet = Not sent yet: please see first whether one of these articles answers it.
unsent-heading = This could not be sent
unsent = Please check what you entered and try again.
too-many = That was a lot in a short time. Please wait a moment and try again.

# When nothing is found.
nothing = Nothing found for “{ $query }”
tips = This often helps:
tip-fewer = Use fewer words, only those that matter.
tip-spelling = Check the spelling.
tip-other = Try another word for the same thing.
search-unfiltered = Search in all topics and languages
did-you-mean = Did you mean “{ $query }”?
similar = Close to what you typed
by-meaning = Similar meaning
popular = Popular articles
browse-topics = Or browse by topic

# When something is wrong.
too-long-heading = That’s too long for a search
too-long = A question may have { $limit } characters at most. A few words that matter are enough.
refused-heading = We can’t search this way
refused = Part of this page’s address is wrong. Please search again.
not-found-heading = This page doesn’t exist
not-found = It may have moved. A search will probably find it:
not-ready-heading = One moment, please
not-ready = The help center is starting. This page reloads by itself.
failed-heading = Something went wrong
failed = It’s our fault, not yours. Please try again in a moment.

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

# Names of languages; others go by the name they have themselves.
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
        [zh-Hans] Simplified Chinese
        [zh-Hant] Traditional Chinese
       *[other] { $name }
    }

# The widget on other sites.
widget-open = Help
widget-close = Close
widget-back = Back
widget-suggested = Help for this page
widget-results = Articles
widget-nothing = Nothing found. Try other words.
widget-read-more = Read the article
widget-open-page = Open the page
widget-loading = Loading…
widget-failed = That did not work. Please try again.
