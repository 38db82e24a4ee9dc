CREATE TABLE events (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Milliseconds since 1970, UTC.
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- What it is about: a query or a suggestion that the server gave out; of a vote, who votes.
    about TEXT NOT NULL,
    -- What is counted once has a name here.
    once TEXT UNIQUE,
    article TEXT,
    locale TEXT,
    -- Changes with the article.
    revision TEXT,
    -- All else, as JSON.
    details TEXT NOT NULL
);

CREATE INDEX events_by_kind ON events (kind, at);
CREATE INDEX events_by_about ON events (about, kind);
