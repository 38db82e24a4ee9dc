CREATE TABLE messages (
    -- Random, so that no two have the same, of whatever server.
    id TEXT PRIMARY KEY,
    -- Milliseconds since 1970, UTC.
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    locale TEXT NOT NULL,
    -- Where it was written.
    page TEXT,
    -- The search that it follows.
    query_id TEXT
);

-- Where a message has to go, one row for each place.
CREATE TABLE deliveries (
    message TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    -- 'webhook' or 'mail'.
    place TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When to try next, in milliseconds since 1970; nothing once it has arrived.
    due INTEGER,
    -- Why the last attempt failed.
    error TEXT,
    PRIMARY KEY (message, place)
) WITHOUT ROWID;

CREATE INDEX deliveries_by_due ON deliveries (place, due);
