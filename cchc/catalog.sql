-- What the documents say. Everything here can be computed again from the documents and the ledger; nothing is written after the build.
-- Ids and keys are unique, and the build sees to it: an index would be a third of the file, and grow in memory while it is written.
-- `search` columns hold folded text (no accents, đ as d, punctuation as blanks), a blank before each word.
-- `span_start`, `span_end` index the text of the document (`texts`). Unknown is NULL, never an empty guess.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE areas (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, short VARCHAR NOT NULL);

CREATE TABLE documents (
    id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    label VARCHAR NOT NULL,          -- how lists name it, unique
    name VARCHAR NOT NULL,           -- file name
    title VARCHAR, number VARCHAR, kind VARCHAR, authority VARCHAR, province VARCHAR, level VARCHAR,
    year INTEGER, year_end INTEGER, issued_on DATE, effective_on DATE, signed_by VARCHAR,
    legal_bases VARCHAR[] NOT NULL, characters INTEGER NOT NULL, -- length of the text
    targets INTEGER NOT NULL, tasks INTEGER NOT NULL, measures INTEGER NOT NULL, duties INTEGER NOT NULL,
    warnings INTEGER NOT NULL, review INTEGER NOT NULL, -- how many of each; review: items a person should look at
    sha256 VARCHAR NOT NULL,         -- of the file; '' where it is not known
    format VARCHAR NOT NULL, pages INTEGER NOT NULL,    -- pages: 0 where the format has none
    origin VARCHAR NOT NULL,         -- shipped: in the plans folder; imported: taken in by an official
    imported_by VARCHAR, imported_role VARCHAR, imported_at TIMESTAMP,  -- UTC
    corrected INTEGER NOT NULL       -- items an official put right, added or confirmed
);

-- The text of a document in parts, to be put together in their order: what is taken up at once is bounded however long it is.
CREATE TABLE texts (doc_id VARCHAR NOT NULL, part INTEGER NOT NULL, text VARCHAR NOT NULL);

-- What the rows of a document were made of (hash over its file, record and corrections), and what it is listed by (label
-- before equal ones are told apart; year 0 for none): a later catalog takes over the documents whose key is still the same.
CREATE TABLE made_of (
    doc_id VARCHAR NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL, year INTEGER NOT NULL, size INTEGER NOT NULL
);

CREATE TABLE warnings (doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, message VARCHAR NOT NULL);
-- What officials put right of what was read: a row a field; field '' for an item struck out, added or confirmed, item_id ''
-- for what the document says of itself. old and new are shown texts. placed is false for a correction whose words are no
-- longer found. entry is the ledger entry.
CREATE TABLE corrections (
    doc_id VARCHAR NOT NULL, item_id VARCHAR NOT NULL, position INTEGER NOT NULL, action VARCHAR NOT NULL,
    field VARCHAR NOT NULL, old VARCHAR, new VARCHAR, quote VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    author VARCHAR NOT NULL, role VARCHAR NOT NULL, recorded_at TIMESTAMP NOT NULL, placed BOOLEAN NOT NULL,
    entry VARCHAR NOT NULL
);
-- Files that gave no document, and why.
CREATE TABLE problems (name VARCHAR NOT NULL, message VARCHAR NOT NULL);

-- The four kinds of items begin with the same columns; an id is unique among all four. `position` orders all items of a
-- kind: plans newest first, inside a plan as in the document. `plan_label`, `plan_year`, `area_name` repeat what documents and areas hold: the file is
-- never changed, and a list then needs no join. `review` says why a person should look at the item. `page` counts from 1;
-- `corrected` says who put the item right and when.
CREATE TABLE targets (
    id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, plan_label VARCHAR NOT NULL, plan_year INTEGER,
    position BIGINT NOT NULL, area INTEGER, area_name VARCHAR, area_from VARCHAR,
    confidence DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL, review VARCHAR[] NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, corrected VARCHAR, search VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, comparator VARCHAR, value DOUBLE, unit VARCHAR, level VARCHAR,
    subject VARCHAR NOT NULL, group_name VARCHAR, except_text VARCHAR, due DATE, quote VARCHAR NOT NULL
);

CREATE TABLE tasks (
    id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, plan_label VARCHAR NOT NULL, plan_year INTEGER,
    position BIGINT NOT NULL, area INTEGER, area_name VARCHAR, area_from VARCHAR,
    confidence DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL, review VARCHAR[] NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, corrected VARCHAR, search VARCHAR NOT NULL,
    ordinal VARCHAR NOT NULL, content VARCHAR NOT NULL, products VARCHAR[] NOT NULL,
    lead VARCHAR[] NOT NULL, support VARCHAR[] NOT NULL,
    deadline_raw VARCHAR NOT NULL, deadline_kind VARCHAR NOT NULL, deadline_start DATE, deadline_end DATE,
    note VARCHAR NOT NULL
);

CREATE TABLE measures (
    id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, plan_label VARCHAR NOT NULL, plan_year INTEGER,
    position BIGINT NOT NULL, area INTEGER, area_name VARCHAR, area_from VARCHAR,
    confidence DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL, review VARCHAR[] NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, corrected VARCHAR, search VARCHAR NOT NULL,
    content VARCHAR NOT NULL
);

CREATE TABLE duties (
    id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, plan_label VARCHAR NOT NULL, plan_year INTEGER,
    position BIGINT NOT NULL, area INTEGER, area_name VARCHAR, area_from VARCHAR,
    confidence DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL, review VARCHAR[] NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, page INTEGER, corrected VARCHAR, search VARCHAR NOT NULL,
    agency VARCHAR, agency_from VARCHAR, content VARCHAR NOT NULL
);

CREATE TABLE agencies (
    key VARCHAR NOT NULL,
    name VARCHAR NOT NULL, short VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,           -- Vietnamese word for the kind of body
    kind_order INTEGER NOT NULL,
    is_group BOOLEAN NOT NULL,
    known BOOLEAN NOT NULL,          -- false: a name the reference list does not hold, kept as written
    written VARCHAR,                 -- the ways the documents write it, joined by "; "
    items INTEGER,                   -- how many tasks and duties mean it, directly or through others
    position INTEGER                 -- by kind, then name in Vietnamese order
);

-- Agencies the reference list does not hold, as each document writes them first.
CREATE TABLE agency_names (
    doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, key VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL
);
-- Each way an agency was written in a document.
CREATE TABLE agency_aliases (agency_key VARCHAR NOT NULL, alias VARCHAR NOT NULL);
-- Members of a group in the year of a document.
CREATE TABLE agency_members (doc_id VARCHAR NOT NULL, group_key VARCHAR NOT NULL, member_key VARCHAR NOT NULL);

-- How many tasks and duties of a document mean an agency, directly or through others.
CREATE TABLE agency_items (doc_id VARCHAR NOT NULL, agency_key VARCHAR NOT NULL, items INTEGER NOT NULL);

-- Who does what: one row an item, agency and role.
CREATE TABLE assignments (
    item_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,           -- task, duty
    doc_id VARCHAR NOT NULL, agency_key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,           -- as written in the document
    role VARCHAR NOT NULL,           -- lead, support
    position INTEGER NOT NULL
);

-- For each agency, the agencies through which a document means it: itself (via = ''), groups it belongs to, forerunners.
CREATE TABLE reach (doc_id VARCHAR NOT NULL, agency_key VARCHAR NOT NULL, via_key VARCHAR NOT NULL, via VARCHAR NOT NULL);
