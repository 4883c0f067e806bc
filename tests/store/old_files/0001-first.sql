PRAGMA application_id=1852532080;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	cadence VARCHAR, 
	company VARCHAR, 
	title VARCHAR, 
	city VARCHAR, 
	school VARCHAR, 
	met VARCHAR, 
	met_on DATE, 
	via_id INTEGER, 
	birthday VARCHAR, 
	note VARCHAR, 
	first_due_on DATE, 
	snoozed_until DATE, 
	last_touch_on DATE, 
	due_on DATE, 
	dropped_on DATE, 
	drop_reason VARCHAR, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT status_known CHECK (status IN ('candidate', 'active', 'dropped')), 
	CONSTRAINT kind_known CHECK (kind IN ('friend', 'relative', 'coworker', 'association', 'professor', 'alumni', 'client', 'mentor', 'other')), 
	CONSTRAINT name_length CHECK (length(name) BETWEEN 1 AND 200), 
	CONSTRAINT cadence_set CHECK (cadence <> ''), 
	CONSTRAINT due_if_active CHECK (due_on IS NULL OR status = 'active'), 
	CONSTRAINT met_on_day CHECK (met_on LIKE '____-__-__'), 
	CONSTRAINT first_due_on_day CHECK (first_due_on LIKE '____-__-__'), 
	CONSTRAINT snoozed_until_day CHECK (snoozed_until LIKE '____-__-__'), 
	CONSTRAINT last_touch_on_day CHECK (last_touch_on LIKE '____-__-__'), 
	CONSTRAINT due_on_day CHECK (due_on LIKE '____-__-__'), 
	CONSTRAINT dropped_on_day CHECK (dropped_on LIKE '____-__-__'), 
	FOREIGN KEY(via_id) REFERENCES contact (id) ON DELETE SET NULL
);
INSERT INTO "contact" VALUES(1,'Ada Lovelace','ada lovelace','active','coworker','2 weeks','Analytical Engines','Mathematician','London','Taught at home',NULL,NULL,NULL,'1815-12-10','Plays chess.

	"Quoted", 100 % [bold]; -- DROP TABLE\\x, ünïcödé, 日本 🎉','2026-11-18','2026-12-01','2026-10-03','2026-12-01',NULL,NULL,'2026-11-16T09:00:00+00:00','2026-11-16T09:16:00+00:00');
INSERT INTO "contact" VALUES(2,'Zoë Quinn','zoe quinn','active','friend',NULL,'Café Ltd',NULL,'Saint-Étienne',NULL,NULL,NULL,NULL,NULL,'plays the O''Boe','2026-11-18',NULL,'2026-11-16',NULL,NULL,NULL,'2026-11-16T09:01:00+00:00','2026-11-16T09:15:00+00:00');
INSERT INTO "contact" VALUES(3,'Grace Hopper','grace hopper','active','mentor','2 months',NULL,NULL,NULL,NULL,'Open Source Summit','2026-11-13',1,'--02-29',NULL,'2026-11-15',NULL,'2026-11-16','2027-01-16',NULL,NULL,'2026-11-16T09:02:00+00:00','2026-11-16T09:13:00+00:00');
INSERT INTO "contact" VALUES(4,'Émilie du Châtelet','emilie du chatelet','candidate','other','6 months',NULL,NULL,'Cirey',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,NULL,NULL,NULL,NULL,'2026-11-16T09:03:00+00:00','2026-11-16T09:03:00+00:00');
INSERT INTO "contact" VALUES(5,'O''Brien, Pat','obrien pat','active','client','10 days',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,'2026-01-31','2026-02-10',NULL,NULL,'2026-11-16T09:04:00+00:00','2026-11-16T09:04:00+00:00');
INSERT INTO "contact" VALUES(6,'Pat O''Brien','pat obrien','active','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-16T09:05:00+00:00','2026-11-16T09:05:00+00:00');
INSERT INTO "contact" VALUES(7,'Gone Away','gone away','dropped','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,'2025-11-16',NULL,'2026-11-16','moved to another field; said so','2026-11-16T09:06:00+00:00','2026-11-16T09:17:00+00:00');
INSERT INTO "contact" VALUES(8,'Emmy Noether','emmy noether','candidate','other','6 months','Göttingen',NULL,NULL,NULL,'LinkedIn','2017-09-05',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-16T09:18:00+00:00','2026-11-16T09:18:00+00:00');
INSERT INTO "contact" VALUES(9,'Leonhard Euler','leonhard euler','active','professor','1 year','Academy','Professor',NULL,NULL,'LinkedIn','2017-09-06',NULL,NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-16T09:18:00+00:00','2026-11-16T09:19:00+00:00');
CREATE TABLE detail (
	contact_id INTEGER NOT NULL, 
	detail VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (contact_id, detail, "key"), 
	CONSTRAINT detail_known CHECK (detail IN ('email', 'phone', 'url', 'tag')), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "detail" VALUES(1,'email','ada@engines.example',0,'ada@engines.example');
INSERT INTO "detail" VALUES(1,'email','ada@home.example',1,'ada@home.example');
INSERT INTO "detail" VALUES(1,'phone','442079460001',0,'+44 20 7946 0001');
INSERT INTO "detail" VALUES(1,'tag','open source',0,'Open Source');
INSERT INTO "detail" VALUES(1,'tag','schach',1,'Schach');
INSERT INTO "detail" VALUES(1,'url','ada.example',0,'https://ada.example');
INSERT INTO "detail" VALUES(2,'email','z@q.example',0,'z@q.example');
INSERT INTO "detail" VALUES(2,'tag','chess',1,'chess');
INSERT INTO "detail" VALUES(2,'tag','eclair',0,'Éclair');
INSERT INTO "detail" VALUES(3,'tag','compilers',0,'compilers');
INSERT INTO "detail" VALUES(8,'email','emmy@x.example',0,'emmy@x.example');
INSERT INTO "detail" VALUES(8,'url','linkedin.example/emmy',0,'https://linkedin.example/emmy');
CREATE TABLE touchpoint (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contact_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	channel VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	direction VARCHAR NOT NULL, 
	note VARCHAR, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT channel_known CHECK (channel IN ('call', 'email', 'message', 'meeting', 'meal', 'letter', 'social', 'event', 'other')), 
	CONSTRAINT purpose_known CHECK (purpose IN ('catch-up', 'greeting', 'congratulate', 'thank', 'follow-up', 'give', 'ask')), 
	CONSTRAINT direction_known CHECK (direction IN ('out', 'in')), 
	CONSTRAINT day_day CHECK (day LIKE '____-__-__'), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
INSERT INTO "touchpoint" VALUES(1,1,'2026-08-20','other','catch-up','out',NULL,'2026-11-16T09:00:00+00:00','2026-11-16T09:00:00+00:00');
INSERT INTO "touchpoint" VALUES(2,5,'2026-01-31','other','catch-up','out',NULL,'2026-11-16T09:04:00+00:00','2026-11-16T09:04:00+00:00');
INSERT INTO "touchpoint" VALUES(3,7,'2025-11-16','other','catch-up','out',NULL,'2026-11-16T09:06:00+00:00','2026-11-16T09:06:00+00:00');
INSERT INTO "touchpoint" VALUES(4,1,'2026-10-01','call','ask','out','Asked for an introduction','2026-11-16T09:07:00+00:00','2026-11-16T09:07:00+00:00');
INSERT INTO "touchpoint" VALUES(5,1,'2026-10-02','social','thank','out',NULL,'2026-11-16T09:08:00+00:00','2026-11-16T09:12:00+00:00');
INSERT INTO "touchpoint" VALUES(6,1,'2026-10-03','meal','give','in','Straße
  Zweite Zeile','2026-11-16T09:09:00+00:00','2026-11-16T09:09:00+00:00');
INSERT INTO "touchpoint" VALUES(8,2,'2026-11-16','letter','greeting','out','Spoke about Compilers','2026-11-16T09:10:00+00:00','2026-11-16T09:10:00+00:00');
INSERT INTO "touchpoint" VALUES(9,3,'2026-11-16','other','catch-up','out',NULL,'2026-11-16T09:11:00+00:00','2026-11-16T09:11:00+00:00');
CREATE TABLE word (
	field VARCHAR NOT NULL, 
	word VARCHAR NOT NULL, 
	contact_id INTEGER NOT NULL, 
	PRIMARY KEY (field, word, contact_id), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "word" VALUES('city','london',1);
INSERT INTO "word" VALUES('company','analytical',1);
INSERT INTO "word" VALUES('company','engines',1);
INSERT INTO "word" VALUES('name','ada',1);
INSERT INTO "word" VALUES('name','lovelace',1);
INSERT INTO "word" VALUES('school','at',1);
INSERT INTO "word" VALUES('school','home',1);
INSERT INTO "word" VALUES('school','taught',1);
INSERT INTO "word" VALUES('city','etienne',2);
INSERT INTO "word" VALUES('city','saint',2);
INSERT INTO "word" VALUES('company','cafe',2);
INSERT INTO "word" VALUES('company','ltd',2);
INSERT INTO "word" VALUES('name','quinn',2);
INSERT INTO "word" VALUES('name','zoe',2);
INSERT INTO "word" VALUES('met','open',3);
INSERT INTO "word" VALUES('met','source',3);
INSERT INTO "word" VALUES('met','summit',3);
INSERT INTO "word" VALUES('name','grace',3);
INSERT INTO "word" VALUES('name','hopper',3);
INSERT INTO "word" VALUES('city','cirey',4);
INSERT INTO "word" VALUES('name','chatelet',4);
INSERT INTO "word" VALUES('name','du',4);
INSERT INTO "word" VALUES('name','emilie',4);
INSERT INTO "word" VALUES('name','obrien',5);
INSERT INTO "word" VALUES('name','pat',5);
INSERT INTO "word" VALUES('name','obrien',6);
INSERT INTO "word" VALUES('name','pat',6);
INSERT INTO "word" VALUES('name','away',7);
INSERT INTO "word" VALUES('name','gone',7);
INSERT INTO "word" VALUES('company','gottingen',8);
INSERT INTO "word" VALUES('met','linkedin',8);
INSERT INTO "word" VALUES('name','emmy',8);
INSERT INTO "word" VALUES('name','noether',8);
INSERT INTO "word" VALUES('company','academy',9);
INSERT INTO "word" VALUES('met','linkedin',9);
INSERT INTO "word" VALUES('name','euler',9);
INSERT INTO "word" VALUES('name','leonhard',9);
CREATE INDEX contact_by_name ON contact (status, "key");
CREATE INDEX contact_by_last_touch ON contact (status, last_touch_on);
CREATE INDEX contact_by_due ON contact (due_on);
CREATE INDEX contact_by_via ON contact (via_id);
CREATE INDEX detail_by_key ON detail (detail, "key");
CREATE INDEX word_by_contact ON word (contact_id);
CREATE INDEX touchpoint_by_contact ON touchpoint (contact_id, day);
CREATE INDEX touchpoint_by_day ON touchpoint (day);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('contact',9);
INSERT INTO "sqlite_sequence" VALUES('touchpoint',9);
COMMIT;
