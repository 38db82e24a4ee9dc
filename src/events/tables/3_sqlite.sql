-- Numbers are never given out twice: who has read up to one goes on after it.
CREATE TABLE numbered (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    once TEXT UNIQUE,
    article TEXT,
    locale TEXT,
    revision TEXT,
    details TEXT NOT NULL,
    visitor TEXT
);

INSERT INTO numbered (id, at, kind, about, once, article, locale, revision, details, visitor)
    SELECT id, at, kind, about, once, article, locale, revision, details, visitor FROM events;

DROP TABLE events;

ALTER TABLE numbered RENAME TO events;

CREATE INDEX events_by_kind ON events (kind, at);
CREATE INDEX events_by_about ON events (about, kind);
CREATE INDEX events_by_time ON events (at);
