-- A delivery is of a message, or of a notice, which has all that is sent in `body`.
CREATE TABLE outgoing (
    item TEXT NOT NULL,
    place TEXT NOT NULL,
    body TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When it was handed over, in milliseconds since 1970.
    at INTEGER NOT NULL DEFAULT 0,
    -- When to try next; nothing once it has arrived.
    due INTEGER,
    -- Why the last attempt failed.
    error TEXT,
    PRIMARY KEY (item, place)
) WITHOUT ROWID;

INSERT INTO outgoing (item, place, attempts, at, due, error)
    SELECT message, place, attempts, at, due, error FROM deliveries JOIN messages ON id = message;

DROP TABLE deliveries;

CREATE INDEX outgoing_by_due ON outgoing (place, due);
