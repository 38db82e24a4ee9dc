-- Who did it, under a name that is the same for a day; nobody where an agent did it.
ALTER TABLE events ADD COLUMN visitor TEXT;

-- Votes had it in another place.
UPDATE events SET visitor = about, about = '' WHERE kind = 'voted';

CREATE INDEX events_by_time ON events (at);
