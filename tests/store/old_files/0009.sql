PRAGMA application_id=1852532080;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	command VARCHAR NOT NULL, 
	undone BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT undone_or_not CHECK (undone IN (0, 1))
);
INSERT INTO "change" VALUES(1,'2026-11-16T09:00:00+00:00','add',0);
INSERT INTO "change" VALUES(2,'2026-11-16T09:01:00+00:00','add',0);
INSERT INTO "change" VALUES(3,'2026-11-16T09:02:00+00:00','add',0);
INSERT INTO "change" VALUES(4,'2026-11-16T09:03:00+00:00','add',0);
INSERT INTO "change" VALUES(5,'2026-11-16T09:04:00+00:00','add',0);
INSERT INTO "change" VALUES(6,'2026-11-16T09:05:00+00:00','add',0);
INSERT INTO "change" VALUES(7,'2026-11-16T09:06:00+00:00','add',0);
INSERT INTO "change" VALUES(8,'2026-11-16T09:07:00+00:00','log',0);
INSERT INTO "change" VALUES(9,'2026-11-16T09:08:00+00:00','log',0);
INSERT INTO "change" VALUES(10,'2026-11-16T09:09:00+00:00','log',0);
INSERT INTO "change" VALUES(11,'2026-11-16T09:10:00+00:00','log',0);
INSERT INTO "change" VALUES(12,'2026-11-16T09:11:00+00:00','log',0);
INSERT INTO "change" VALUES(13,'2026-11-16T09:12:00+00:00','amend',0);
INSERT INTO "change" VALUES(14,'2026-11-16T09:13:00+00:00','amend',0);
INSERT INTO "change" VALUES(15,'2026-11-16T09:14:00+00:00','snooze',0);
INSERT INTO "change" VALUES(16,'2026-11-16T09:15:00+00:00','edit',0);
INSERT INTO "change" VALUES(17,'2026-11-16T09:16:00+00:00','edit',0);
INSERT INTO "change" VALUES(18,'2026-11-16T09:17:00+00:00','drop',0);
INSERT INTO "change" VALUES(19,'2026-11-16T09:18:00+00:00','import',0);
INSERT INTO "change" VALUES(20,'2026-11-16T09:19:00+00:00','keep',0);
INSERT INTO "change" VALUES(21,'2026-11-16T09:20:00+00:00','news',0);
INSERT INTO "change" VALUES(22,'2026-11-16T09:21:00+00:00','news',0);
INSERT INTO "change" VALUES(23,'2026-11-16T09:22:00+00:00','visit',0);
INSERT INTO "change" VALUES(24,'2026-11-16T09:23:00+00:00','visit',0);
INSERT INTO "change" VALUES(25,'2026-11-16T09:24:00+00:00','promise',0);
INSERT INTO "change" VALUES(26,'2026-11-16T09:25:00+00:00','promise',0);
INSERT INTO "change" VALUES(27,'2026-11-16T09:26:00+00:00','log',0);
INSERT INTO "change" VALUES(28,'2026-11-16T09:27:00+00:00','log',0);
INSERT INTO "change" VALUES(29,'2026-11-16T09:28:00+00:00','log',0);
INSERT INTO "change" VALUES(30,'2026-11-16T09:29:00+00:00','done',0);
INSERT INTO "change" VALUES(31,'2026-11-16T09:30:00+00:00','round',0);
INSERT INTO "change" VALUES(32,'2026-11-16T09:31:00+00:00','round',0);
INSERT INTO "change" VALUES(33,'2026-11-16T09:32:00+00:00','round',0);
INSERT INTO "change" VALUES(34,'2026-11-16T09:33:00+00:00','round',0);
INSERT INTO "change" VALUES(35,'2026-11-16T09:34:00+00:00','me',0);
INSERT INTO "change" VALUES(36,'2026-11-16T09:35:00+00:00','me',0);
INSERT INTO "change" VALUES(37,'2026-11-16T09:36:00+00:00','me',0);
INSERT INTO "change" VALUES(38,'2026-11-16T09:37:00+00:00','import',0);
INSERT INTO "change" VALUES(39,'2026-11-16T09:38:00+00:00','add',0);
INSERT INTO "change" VALUES(40,'2026-11-16T09:39:00+00:00','log',0);
INSERT INTO "change" VALUES(41,'2026-11-16T09:40:00+00:00','merge',0);
INSERT INTO "change" VALUES(42,'2026-11-16T09:41:00+00:00','snooze',0);
INSERT INTO "change" VALUES(43,'2026-11-16T09:42:00+00:00','snooze',0);
INSERT INTO "change" VALUES(45,'2026-11-16T09:45:00+00:00','add',0);
INSERT INTO "change" VALUES(46,'2026-11-16T09:46:00+00:00','edit',0);
INSERT INTO "change" VALUES(47,'2026-11-16T09:47:00+00:00','promise',0);
INSERT INTO "change" VALUES(48,'2026-11-16T09:48:00+00:00','round',0);
INSERT INTO "change" VALUES(49,'2026-11-16T09:49:00+00:00','round',0);
INSERT INTO "change" VALUES(50,'2026-11-16T09:50:00+00:00','round',0);
INSERT INTO "change" VALUES(51,'2026-11-16T09:51:00+00:00','log',1);
CREATE TABLE "changed_row" (
	change_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	row_key VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	PRIMARY KEY (change_id, source, row_key)
)
 WITHOUT ROWID

;
INSERT INTO "changed_row" VALUES(1,'contact','[1]',NULL,'[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-08-20","2026-09-03",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:00:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"email",0]',NULL,'[1,"email",0,"ada@engines.example","ada@engines.example"]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"email",1]',NULL,'[1,"email",1,"ada@home.example","ada@home.example"]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"phone",0]',NULL,'[1,"phone",0,"442079460001","+44 20 7946 0001"]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"tag",0]',NULL,'[1,"tag",0,"chess","chess"]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"tag",1]',NULL,'[1,"tag",1,"open source","Open Source"]');
INSERT INTO "changed_row" VALUES(1,'detail','[1,"url",0]',NULL,'[1,"url",0,"ada.example","https://ada.example"]');
INSERT INTO "changed_row" VALUES(1,'touchpoint','[1]',NULL,'[1,1,"2026-08-20","other","catch-up","out",null,"2026-11-16T09:00:00+00:00","2026-11-16T09:00:00+00:00"]');
INSERT INTO "changed_row" VALUES(2,'contact','[2]',NULL,'[2,"Zoë Quinn","zoe quinn","active","friend",null,"Café Ltd",null,null,null,null,null,null,null,"plays the O''Boe","2026-11-18",null,null,null,null,null,"2026-11-16T09:01:00+00:00","2026-11-16T09:01:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(3,'contact','[3]',NULL,'[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,null,"2026-11-15",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:02:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(3,'detail','[3,"tag",0]',NULL,'[3,"tag",0,"compilers","compilers"]');
INSERT INTO "changed_row" VALUES(4,'contact','[4]',NULL,'[4,"Émilie du Châtelet","emilie du chatelet","candidate","other","6 months",null,null,"Cirey",null,null,null,null,null,null,"2026-11-18",null,null,null,null,null,"2026-11-16T09:03:00+00:00","2026-11-16T09:03:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(5,'contact','[5]',NULL,'[5,"O''Brien, Pat","obrien pat","active","client","10 days",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2026-01-31","2026-02-10",null,null,"2026-11-16T09:04:00+00:00","2026-11-16T09:04:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(5,'touchpoint','[2]',NULL,'[2,5,"2026-01-31","other","catch-up","out",null,"2026-11-16T09:04:00+00:00","2026-11-16T09:04:00+00:00"]');
INSERT INTO "changed_row" VALUES(6,'contact','[6]',NULL,'[6,"Pat O''Brien","pat obrien","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:05:00+00:00","2026-11-16T09:05:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(7,'contact','[7]',NULL,'[7,"Gone Away","gone away","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2025-11-16","2026-05-16",null,null,"2026-11-16T09:06:00+00:00","2026-11-16T09:06:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(7,'touchpoint','[3]',NULL,'[3,7,"2025-11-16","other","catch-up","out",null,"2026-11-16T09:06:00+00:00","2026-11-16T09:06:00+00:00"]');
INSERT INTO "changed_row" VALUES(8,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-08-20","2026-09-03",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:00:00+00:00",null,0,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-01","2026-10-15",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:07:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(8,'occasion','[1]',NULL,'[1,1,"promise","2026-10-04",null,"2026-10-04","thank Ada Lovelace",null,0,4,null,null,"2026-11-16T09:07:00+00:00","2026-11-16T09:07:00+00:00"]');
INSERT INTO "changed_row" VALUES(8,'touchpoint','[4]',NULL,'[4,1,"2026-10-01","call","ask","out","Asked for an introduction","2026-11-16T09:07:00+00:00","2026-11-16T09:07:00+00:00"]');
INSERT INTO "changed_row" VALUES(9,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-01","2026-10-15",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:07:00+00:00",null,0,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-02","2026-10-16",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:08:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(9,'touchpoint','[5]',NULL,'[5,1,"2026-10-02","email","ask","out",null,"2026-11-16T09:08:00+00:00","2026-11-16T09:08:00+00:00"]');
INSERT INTO "changed_row" VALUES(10,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-02","2026-10-16",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:08:00+00:00",null,0,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-03","2026-10-17",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:09:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(10,'touchpoint','[6]',NULL,'[6,1,"2026-10-03","meal","give","in","Straße\n  Zweite Zeile","2026-11-16T09:09:00+00:00","2026-11-16T09:09:00+00:00"]');
INSERT INTO "changed_row" VALUES(11,'contact','[2]','[2,"Zoë Quinn","zoe quinn","active","friend",null,"Café Ltd",null,null,null,null,null,null,null,"plays the O''Boe","2026-11-18",null,null,null,null,null,"2026-11-16T09:01:00+00:00","2026-11-16T09:01:00+00:00",null,0,null]','[2,"Zoë Quinn","zoe quinn","active","friend",null,"Café Ltd",null,null,null,null,null,null,null,"plays the O''Boe","2026-11-18",null,"2026-11-16",null,null,null,"2026-11-16T09:01:00+00:00","2026-11-16T09:10:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(11,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,null,"2026-11-15",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:02:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:10:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(11,'touchpoint','[7]',NULL,'[7,3,"2026-11-16","letter","greeting","out","Spoke about Compilers","2026-11-16T09:10:00+00:00","2026-11-16T09:10:00+00:00"]');
INSERT INTO "changed_row" VALUES(11,'touchpoint','[8]',NULL,'[8,2,"2026-11-16","letter","greeting","out","Spoke about Compilers","2026-11-16T09:10:00+00:00","2026-11-16T09:10:00+00:00"]');
INSERT INTO "changed_row" VALUES(12,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:10:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:11:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(12,'touchpoint','[9]',NULL,'[9,3,"2026-11-16","other","catch-up","out",null,"2026-11-16T09:11:00+00:00","2026-11-16T09:11:00+00:00"]');
INSERT INTO "changed_row" VALUES(13,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-03","2026-10-17",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:09:00+00:00",null,0,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-03","2026-10-17",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:12:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(13,'occasion','[1]','[1,1,"promise","2026-10-04",null,"2026-10-04","thank Ada Lovelace",null,0,4,null,null,"2026-11-16T09:07:00+00:00","2026-11-16T09:07:00+00:00"]','[1,1,"promise","2026-10-04",null,"2026-10-04","thank Ada Lovelace",null,0,4,"2026-10-02",5,"2026-11-16T09:07:00+00:00","2026-11-16T09:07:00+00:00"]');
INSERT INTO "changed_row" VALUES(13,'touchpoint','[5]','[5,1,"2026-10-02","email","ask","out",null,"2026-11-16T09:08:00+00:00","2026-11-16T09:08:00+00:00"]','[5,1,"2026-10-02","social","thank","out",null,"2026-11-16T09:08:00+00:00","2026-11-16T09:12:00+00:00"]');
INSERT INTO "changed_row" VALUES(14,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:11:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:13:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(14,'touchpoint','[7]','[7,3,"2026-11-16","letter","greeting","out","Spoke about Compilers","2026-11-16T09:10:00+00:00","2026-11-16T09:10:00+00:00"]',NULL);
INSERT INTO "changed_row" VALUES(15,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-10-03","2026-10-17",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:12:00+00:00",null,0,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:14:00+00:00",null,1,null]');
INSERT INTO "changed_row" VALUES(16,'contact','[2]','[2,"Zoë Quinn","zoe quinn","active","friend",null,"Café Ltd",null,null,null,null,null,null,null,"plays the O''Boe","2026-11-18",null,"2026-11-16",null,null,null,"2026-11-16T09:01:00+00:00","2026-11-16T09:10:00+00:00",null,0,null]','[2,"Zoë Quinn","zoe quinn","active","friend",null,"Café Ltd",null,"Saint-Étienne",null,null,null,null,null,"plays the O''Boe","2026-11-18",null,"2026-11-16",null,null,null,"2026-11-16T09:01:00+00:00","2026-11-16T09:15:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(16,'detail','[2,"email",0]',NULL,'[2,"email",0,"z@q.example","z@q.example"]');
INSERT INTO "changed_row" VALUES(16,'detail','[2,"tag",0]',NULL,'[2,"tag",0,"eclair","Éclair"]');
INSERT INTO "changed_row" VALUES(16,'detail','[2,"tag",1]',NULL,'[2,"tag",1,"chess","chess"]');
INSERT INTO "changed_row" VALUES(17,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:14:00+00:00",null,1,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:16:00+00:00",null,1,null]');
INSERT INTO "changed_row" VALUES(17,'detail','[1,"tag",0]','[1,"tag",0,"chess","chess"]','[1,"tag",0,"open source","Open Source"]');
INSERT INTO "changed_row" VALUES(17,'detail','[1,"tag",1]','[1,"tag",1,"open source","Open Source"]','[1,"tag",1,"schach","Schach"]');
INSERT INTO "changed_row" VALUES(18,'contact','[7]','[7,"Gone Away","gone away","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2025-11-16","2026-05-16",null,null,"2026-11-16T09:06:00+00:00","2026-11-16T09:06:00+00:00",null,0,null]','[7,"Gone Away","gone away","dropped","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2025-11-16",null,"2026-11-16","moved to another field; said so","2026-11-16T09:06:00+00:00","2026-11-16T09:17:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(19,'contact','[8]',NULL,'[8,"Emmy Noether","emmy noether","candidate","other","6 months","Göttingen",null,null,null,"LinkedIn","2017-09-05",null,null,null,null,null,null,null,null,null,"2026-11-16T09:18:00+00:00","2026-11-16T09:18:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(19,'contact','[9]',NULL,'[9,"Leonhard Euler","leonhard euler","candidate","other","6 months","Academy","Professor",null,null,"LinkedIn","2017-09-06",null,null,null,null,null,null,null,null,null,"2026-11-16T09:18:00+00:00","2026-11-16T09:18:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(19,'detail','[8,"email",0]',NULL,'[8,"email",0,"emmy@x.example","emmy@x.example"]');
INSERT INTO "changed_row" VALUES(19,'detail','[8,"url",0]',NULL,'[8,"url",0,"linkedin.example/emmy","https://linkedin.example/emmy"]');
INSERT INTO "changed_row" VALUES(19,'source_position','[8,"linkedin"]',NULL,'[8,"linkedin","Göttingen",null,0]');
INSERT INTO "changed_row" VALUES(19,'source_position','[9,"linkedin"]',NULL,'[9,"linkedin","Academy","Professor",0]');
INSERT INTO "changed_row" VALUES(20,'contact','[9]','[9,"Leonhard Euler","leonhard euler","candidate","other","6 months","Academy","Professor",null,null,"LinkedIn","2017-09-06",null,null,null,null,null,null,null,null,null,"2026-11-16T09:18:00+00:00","2026-11-16T09:18:00+00:00",null,0,null]','[9,"Leonhard Euler","leonhard euler","active","professor","1 year","Academy","Professor",null,null,"LinkedIn","2017-09-06",null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:18:00+00:00","2026-11-16T09:19:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(21,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Mathematician","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:16:00+00:00",null,1,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Principal Engineer","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:20:00+00:00",null,1,null]');
INSERT INTO "changed_row" VALUES(21,'occasion','[2]',NULL,'[2,1,"news","2026-11-16",null,"2026-11-16","Promoted to Principal Engineer",null,0,null,null,null,"2026-11-16T09:20:00+00:00","2026-11-16T09:20:00+00:00"]');
INSERT INTO "changed_row" VALUES(21,'position','[1]',NULL,'[1,1,"Analytical Engines","Mathematician","2026-11-16"]');
INSERT INTO "changed_row" VALUES(22,'occasion','[3]',NULL,'[3,3,"news","2026-11-13",null,"2026-11-13","Published a book",null,0,null,null,null,"2026-11-16T09:21:00+00:00","2026-11-16T09:21:00+00:00"]');
INSERT INTO "changed_row" VALUES(23,'occasion','[4]',NULL,'[4,3,"visit","2026-12-01","2026-12-04","2026-11-24",null,"Saint-Étienne",0,null,null,null,"2026-11-16T09:22:00+00:00","2026-11-16T09:22:00+00:00"]');
INSERT INTO "changed_row" VALUES(24,'occasion','[5]',NULL,'[5,1,"visit","2026-11-30","2026-12-07","2026-11-23",null,"London",1,null,null,null,"2026-11-16T09:23:00+00:00","2026-11-16T09:23:00+00:00"]');
INSERT INTO "changed_row" VALUES(25,'occasion','[6]',NULL,'[6,2,"promise","2026-11-20",null,"2026-11-20","send the \"paper\"",null,0,null,null,null,"2026-11-16T09:24:00+00:00","2026-11-16T09:24:00+00:00"]');
INSERT INTO "changed_row" VALUES(26,'occasion','[7]',NULL,'[7,1,"promise","2026-11-18",null,"2026-11-18","introduce her to Grace",null,0,null,null,null,"2026-11-16T09:25:00+00:00","2026-11-16T09:25:00+00:00"]');
INSERT INTO "changed_row" VALUES(27,'contact','[1]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Principal Engineer","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18","2026-12-01","2026-10-03","2026-12-01",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:20:00+00:00",null,1,null]','[1,"Ada Lovelace","ada lovelace","active","coworker","2 weeks","Analytical Engines","Principal Engineer","London","Taught at home",null,null,null,"1815-12-10","Plays chess.\n\n\t\"Quoted\", 100 % [bold]; -- DROP TABLE\\\\x, ünïcödé, 日本 🎉","2026-11-18",null,"2026-11-16","2026-11-30",null,null,"2026-11-16T09:00:00+00:00","2026-11-16T09:26:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(27,'occasion','[8]',NULL,'[8,1,"promise","2026-11-19",null,"2026-11-19","thank Ada Lovelace",null,0,10,null,null,"2026-11-16T09:26:00+00:00","2026-11-16T09:26:00+00:00"]');
INSERT INTO "changed_row" VALUES(27,'occasion','[9]',NULL,'[9,1,"promise","2026-11-20",null,"2026-11-20","call back",null,0,null,null,null,"2026-11-16T09:26:00+00:00","2026-11-16T09:26:00+00:00"]');
INSERT INTO "changed_row" VALUES(27,'touchpoint','[10]',NULL,'[10,1,"2026-11-16","other","ask","out","Asked for the slides","2026-11-16T09:26:00+00:00","2026-11-16T09:26:00+00:00"]');
INSERT INTO "changed_row" VALUES(28,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:13:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:27:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(28,'occasion','[10]',NULL,'[10,3,"promise","2026-11-19",null,"2026-11-19","thank Grace Hopper",null,0,11,null,null,"2026-11-16T09:27:00+00:00","2026-11-16T09:27:00+00:00"]');
INSERT INTO "changed_row" VALUES(28,'touchpoint','[11]',NULL,'[11,3,"2026-11-16","other","ask","out",null,"2026-11-16T09:27:00+00:00","2026-11-16T09:27:00+00:00"]');
INSERT INTO "changed_row" VALUES(29,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:27:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:28:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(29,'occasion','[10]','[10,3,"promise","2026-11-19",null,"2026-11-19","thank Grace Hopper",null,0,11,null,null,"2026-11-16T09:27:00+00:00","2026-11-16T09:27:00+00:00"]','[10,3,"promise","2026-11-19",null,"2026-11-19","thank Grace Hopper",null,0,11,"2026-11-16",12,"2026-11-16T09:27:00+00:00","2026-11-16T09:27:00+00:00"]');
INSERT INTO "changed_row" VALUES(29,'touchpoint','[12]',NULL,'[12,3,"2026-11-16","other","thank","out",null,"2026-11-16T09:28:00+00:00","2026-11-16T09:28:00+00:00"]');
INSERT INTO "changed_row" VALUES(30,'occasion','[5]','[5,1,"visit","2026-11-30","2026-12-07","2026-11-23",null,"London",1,null,null,null,"2026-11-16T09:23:00+00:00","2026-11-16T09:23:00+00:00"]','[5,1,"visit","2026-11-30","2026-12-07","2026-11-23",null,"London",1,null,"2026-11-16",null,"2026-11-16T09:23:00+00:00","2026-11-16T09:29:00+00:00"]');
INSERT INTO "changed_row" VALUES(30,'occasion','[6]','[6,2,"promise","2026-11-20",null,"2026-11-20","send the \"paper\"",null,0,null,null,null,"2026-11-16T09:24:00+00:00","2026-11-16T09:24:00+00:00"]','[6,2,"promise","2026-11-20",null,"2026-11-20","send the \"paper\"",null,0,null,"2026-11-16",null,"2026-11-16T09:24:00+00:00","2026-11-16T09:29:00+00:00"]');
INSERT INTO "changed_row" VALUES(31,'round','[1]',NULL,'[1,"holidays","holidays","12-01","12-24","2026-11-16T09:30:00+00:00","2026-11-16T09:30:00+00:00"]');
INSERT INTO "changed_row" VALUES(31,'round_part','[1,"kind","client"]',NULL,'[1,"kind","client","client"]');
INSERT INTO "changed_row" VALUES(31,'round_part','[1,"kind","friend"]',NULL,'[1,"kind","friend","friend"]');
INSERT INTO "changed_row" VALUES(32,'round','[2]',NULL,'[2,"Lunar New Year","lunar new year","01-20","02-20","2026-11-16T09:31:00+00:00","2026-11-16T09:31:00+00:00"]');
INSERT INTO "changed_row" VALUES(32,'round_part','[2,"tag","chess"]',NULL,'[2,"tag","chess","chess"]');
INSERT INTO "changed_row" VALUES(33,'round','[3]',NULL,'[3,"gone","gone","07-01","08-15","2026-11-16T09:32:00+00:00","2026-11-16T09:32:00+00:00"]');
INSERT INTO "changed_row" VALUES(34,'round','[3]','[3,"gone","gone","07-01","08-15","2026-11-16T09:32:00+00:00","2026-11-16T09:32:00+00:00"]',NULL);
INSERT INTO "changed_row" VALUES(35,'own_news','[1]',NULL,'[1,"2026-11-16","Started at Initech","2026-11-16T09:34:00+00:00","2026-11-16T09:34:00+00:00"]');
INSERT INTO "changed_row" VALUES(36,'own_news','[2]',NULL,'[2,"2026-11-16","Moved to Boston","2026-11-16T09:35:00+00:00","2026-11-16T09:35:00+00:00"]');
INSERT INTO "changed_row" VALUES(37,'own_news','[1]','[1,"2026-11-16","Started at Initech","2026-11-16T09:34:00+00:00","2026-11-16T09:34:00+00:00"]',NULL);
INSERT INTO "changed_row" VALUES(38,'contact','[10]',NULL,'[10,"Sophie Germain","sophie germain","active","other","6 months",null,null,null,null,null,null,null,null,"One\nTwo","2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:37:00+00:00","urn:uuid:1",0,null]');
INSERT INTO "changed_row" VALUES(38,'contact','[11]',NULL,'[11,"Leonhard Euler","leonhard euler","active","other","6 months",null,null,null,null,null,null,null,null,null,"2027-02-16",null,null,"2027-02-16",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:37:00+00:00","urn:uuid:2",0,null]');
INSERT INTO "changed_row" VALUES(38,'detail','[10,"email",0]',NULL,'[10,"email",0,"sophie@x.example","sophie@x.example"]');
INSERT INTO "changed_row" VALUES(38,'extra','[10,0]',NULL,'[10,0,"GENDER:F"]');
INSERT INTO "changed_row" VALUES(38,'extra','[10,1]',NULL,'[10,1,"X-FAVOURITE;TYPE=a:prime; numbers"]');
INSERT INTO "changed_row" VALUES(38,'extra','[11,0]',NULL,'[11,0,"LANG:de"]');
INSERT INTO "changed_row" VALUES(38,'source_position','[10,"vcard"]',NULL,'[10,"vcard",null,null,0]');
INSERT INTO "changed_row" VALUES(38,'source_position','[11,"vcard"]',NULL,'[11,"vcard",null,null,0]');
INSERT INTO "changed_row" VALUES(39,'contact','[12]',NULL,'[12,"Grace B. M. Hopper","grace b m hopper","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:38:00+00:00","2026-11-16T09:38:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(39,'detail','[12,"tag",0]',NULL,'[12,"tag",0,"navy","navy"]');
INSERT INTO "changed_row" VALUES(40,'contact','[12]','[12,"Grace B. M. Hopper","grace b m hopper","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:38:00+00:00","2026-11-16T09:38:00+00:00",null,0,null]','[12,"Grace B. M. Hopper","grace b m hopper","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2026-11-16","2027-05-16",null,null,"2026-11-16T09:38:00+00:00","2026-11-16T09:39:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(40,'touchpoint','[13]',NULL,'[13,12,"2026-11-16","other","catch-up","out","Said who she was","2026-11-16T09:39:00+00:00","2026-11-16T09:39:00+00:00"]');
INSERT INTO "changed_row" VALUES(41,'contact','[12]','[12,"Grace B. M. Hopper","grace b m hopper","active","other","6 months",null,null,null,null,null,null,null,null,null,"2026-11-18",null,"2026-11-16","2027-05-16",null,null,"2026-11-16T09:38:00+00:00","2026-11-16T09:39:00+00:00",null,0,null]',NULL);
INSERT INTO "changed_row" VALUES(41,'contact','[3]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:28:00+00:00",null,0,null]','[3,"Grace Hopper","grace hopper","active","mentor","2 months",null,null,null,null,"Open Source Summit","2026-11-13",1,"--02-29",null,"2026-11-15",null,"2026-11-16","2027-01-16",null,null,"2026-11-16T09:02:00+00:00","2026-11-16T09:40:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(41,'detail','[12,"tag",0]','[12,"tag",0,"navy","navy"]',NULL);
INSERT INTO "changed_row" VALUES(41,'detail','[3,"tag",1]',NULL,'[3,"tag",1,"navy","navy"]');
INSERT INTO "changed_row" VALUES(41,'extra','[3,0]',NULL,'[3,0,"NICKNAME:Grace B. M. Hopper"]');
INSERT INTO "changed_row" VALUES(41,'extra','[3,1]',NULL,'[3,1,"X-NETKEEP-ANOTHER-UID:d4090be2-37a8-5cd4-a14a-faa749cd9830"]');
INSERT INTO "changed_row" VALUES(41,'touchpoint','[13]','[13,12,"2026-11-16","other","catch-up","out","Said who she was","2026-11-16T09:39:00+00:00","2026-11-16T09:39:00+00:00"]','[13,3,"2026-11-16","other","catch-up","out","Said who she was","2026-11-16T09:39:00+00:00","2026-11-16T09:39:00+00:00"]');
INSERT INTO "changed_row" VALUES(42,'contact','[10]','[10,"Sophie Germain","sophie germain","active","other","6 months",null,null,null,null,null,null,null,null,"One\nTwo","2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:37:00+00:00","urn:uuid:1",0,null]','[10,"Sophie Germain","sophie germain","active","other","6 months",null,null,null,null,null,null,null,null,"One\nTwo","2026-11-18","2026-11-30",null,"2026-11-30",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:41:00+00:00","urn:uuid:1",1,null]');
INSERT INTO "changed_row" VALUES(43,'contact','[10]','[10,"Sophie Germain","sophie germain","active","other","6 months",null,null,null,null,null,null,null,null,"One\nTwo","2026-11-18","2026-11-30",null,"2026-11-30",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:41:00+00:00","urn:uuid:1",1,null]','[10,"Sophie Germain","sophie germain","active","other","6 months",null,null,null,null,null,null,null,null,"One\nTwo","2026-11-18","2026-12-07",null,"2026-12-07",null,null,"2026-11-16T09:37:00+00:00","2026-11-16T09:42:00+00:00","urn:uuid:1",2,null]');
INSERT INTO "changed_row" VALUES(45,'contact','[13]',NULL,'[13,"Søren Ørsted","søren ørsted","active","other","6 months","Mærsk",null,"Gamla Þórshöfn",null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:45:00+00:00","2026-11-16T09:45:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(45,'detail','[13,"phone",0]',NULL,'[13,"phone",0,"4533130001","+45 33 13 00 01"]');
INSERT INTO "changed_row" VALUES(45,'detail','[13,"tag",0]',NULL,'[13,"tag",0,"łodz","Łódź"]');
INSERT INTO "changed_row" VALUES(46,'contact','[13]','[13,"Søren Ørsted","søren ørsted","active","other","6 months","Mærsk",null,"Gamla Þórshöfn",null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:45:00+00:00","2026-11-16T09:45:00+00:00",null,0,null]','[13,"Søren Ørsted","søren ørsted","active","other","6 months","Mærsk",null,"Gamla Þórshöfn",null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:45:00+00:00","2026-11-16T09:46:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(46,'detail','[13,"phone",1]',NULL,'[13,"phone",1,"004533130001","0045 33 13 00 01"]');
INSERT INTO "changed_row" VALUES(46,'detail','[13,"tag",1]',NULL,'[13,"tag",1,"lodz","Lodz"]');
INSERT INTO "changed_row" VALUES(46,'detail','[13,"tag",2]',NULL,'[13,"tag",2,"æsir","Æsir"]');
INSERT INTO "changed_row" VALUES(47,'occasion','[11]',NULL,'[11,13,"promise","2026-11-18",null,"2026-11-18","send the Œuvre",null,0,null,null,null,"2026-11-16T09:47:00+00:00","2026-11-16T09:47:00+00:00"]');
INSERT INTO "changed_row" VALUES(48,'round','[4]',NULL,'[4,"Đặng Tết","đang tet","01-20","02-20","2026-11-16T09:48:00+00:00","2026-11-16T09:48:00+00:00"]');
INSERT INTO "changed_row" VALUES(48,'round_part','[4,"tag","æsir"]',NULL,'[4,"tag","æsir","Æsir"]');
INSERT INTO "changed_row" VALUES(48,'round_part','[4,"tag","łodz"]',NULL,'[4,"tag","łodz","Łódź"]');
INSERT INTO "changed_row" VALUES(49,'round','[5]',NULL,'[5,"Łódź","łodz","03-01","03-20","2026-11-16T09:49:00+00:00","2026-11-16T09:49:00+00:00"]');
INSERT INTO "changed_row" VALUES(50,'round','[5]','[5,"Łódź","łodz","03-01","03-20","2026-11-16T09:49:00+00:00","2026-11-16T09:49:00+00:00"]',NULL);
INSERT INTO "changed_row" VALUES(51,'contact','[13]','[13,"Søren Ørsted","søren ørsted","active","other","6 months","Mærsk",null,"Gamla Þórshöfn",null,null,null,null,null,null,"2026-11-18",null,null,"2026-11-18",null,null,"2026-11-16T09:45:00+00:00","2026-11-16T09:46:00+00:00",null,0,null]','[13,"Søren Ørsted","søren ørsted","active","other","6 months","Mærsk",null,"Gamla Þórshöfn",null,null,null,null,null,null,"2026-11-18",null,"2026-11-16","2027-05-16",null,null,"2026-11-16T09:45:00+00:00","2026-11-16T09:51:00+00:00",null,0,null]');
INSERT INTO "changed_row" VALUES(51,'touchpoint','[15]',NULL,'[15,13,"2026-11-16","other","catch-up","out","Talked about Łuk","2026-11-16T09:51:00+00:00","2026-11-16T09:51:00+00:00"]');
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
	updated_at VARCHAR NOT NULL, uid VARCHAR, snoozes INTEGER DEFAULT '0' NOT NULL, skipped_at VARCHAR, 
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
INSERT INTO "contact" VALUES(1,'Ada Lovelace','ada lovelace','active','coworker','2 weeks','Analytical Engines','Principal Engineer','London','Taught at home',NULL,NULL,NULL,'1815-12-10','Plays chess.

	"Quoted", 100 % [bold]; -- DROP TABLE\\x, ünïcödé, 日本 🎉','2026-11-18',NULL,'2026-11-16','2026-11-30',NULL,NULL,'2026-11-16T09:00:00+00:00','2026-11-16T09:26:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(2,'Zoë Quinn','zoe quinn','active','friend',NULL,'Café Ltd',NULL,'Saint-Étienne',NULL,NULL,NULL,NULL,NULL,'plays the O''Boe','2026-11-18',NULL,'2026-11-16',NULL,NULL,NULL,'2026-11-16T09:01:00+00:00','2026-11-16T09:15:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(3,'Grace Hopper','grace hopper','active','mentor','2 months',NULL,NULL,NULL,NULL,'Open Source Summit','2026-11-13',1,'--02-29',NULL,'2026-11-15',NULL,'2026-11-16','2027-01-16',NULL,NULL,'2026-11-16T09:02:00+00:00','2026-11-16T09:40:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(4,'Émilie du Châtelet','emilie du chatelet','candidate','other','6 months',NULL,NULL,'Cirey',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,NULL,NULL,NULL,NULL,'2026-11-16T09:03:00+00:00','2026-11-16T09:03:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(5,'O''Brien, Pat','obrien pat','active','client','10 days',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,'2026-01-31','2026-02-10',NULL,NULL,'2026-11-16T09:04:00+00:00','2026-11-16T09:04:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(6,'Pat O''Brien','pat obrien','active','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-16T09:05:00+00:00','2026-11-16T09:05:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(7,'Gone Away','gone away','dropped','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,'2025-11-16',NULL,'2026-11-16','moved to another field; said so','2026-11-16T09:06:00+00:00','2026-11-16T09:17:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(8,'Emmy Noether','emmy noether','candidate','other','6 months','Göttingen',NULL,NULL,NULL,'LinkedIn','2017-09-05',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-16T09:18:00+00:00','2026-11-16T09:18:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(9,'Leonhard Euler','leonhard euler','active','professor','1 year','Academy','Professor',NULL,NULL,'LinkedIn','2017-09-06',NULL,NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-16T09:18:00+00:00','2026-11-16T09:19:00+00:00',NULL,0,NULL);
INSERT INTO "contact" VALUES(10,'Sophie Germain','sophie germain','active','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'One
Two','2026-11-18','2026-12-07',NULL,'2026-12-07',NULL,NULL,'2026-11-16T09:37:00+00:00','2026-11-16T09:42:00+00:00','urn:uuid:1',2,NULL);
INSERT INTO "contact" VALUES(11,'Leonhard Euler','leonhard euler','active','other','6 months',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2027-02-16',NULL,NULL,'2027-02-16',NULL,NULL,'2026-11-16T09:37:00+00:00','2026-11-16T09:37:00+00:00','urn:uuid:2',0,NULL);
INSERT INTO "contact" VALUES(13,'Søren Ørsted','søren ørsted','active','other','6 months','Mærsk',NULL,'Gamla Þórshöfn',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-18',NULL,NULL,'2026-11-16T09:45:00+00:00','2026-11-16T09:46:00+00:00',NULL,0,NULL);
CREATE TABLE detail (
	contact_id INTEGER NOT NULL, 
	detail VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (contact_id, detail, position), 
	CONSTRAINT detail_known CHECK (detail IN ('email', 'phone', 'url', 'tag')), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "detail" VALUES(1,'email',0,'ada@engines.example','ada@engines.example');
INSERT INTO "detail" VALUES(1,'email',1,'ada@home.example','ada@home.example');
INSERT INTO "detail" VALUES(1,'phone',0,'442079460001','+44 20 7946 0001');
INSERT INTO "detail" VALUES(1,'tag',0,'open source','Open Source');
INSERT INTO "detail" VALUES(1,'tag',1,'schach','Schach');
INSERT INTO "detail" VALUES(1,'url',0,'ada.example','https://ada.example');
INSERT INTO "detail" VALUES(2,'email',0,'z@q.example','z@q.example');
INSERT INTO "detail" VALUES(2,'tag',0,'eclair','Éclair');
INSERT INTO "detail" VALUES(2,'tag',1,'chess','chess');
INSERT INTO "detail" VALUES(3,'tag',0,'compilers','compilers');
INSERT INTO "detail" VALUES(3,'tag',1,'navy','navy');
INSERT INTO "detail" VALUES(8,'email',0,'emmy@x.example','emmy@x.example');
INSERT INTO "detail" VALUES(8,'url',0,'linkedin.example/emmy','https://linkedin.example/emmy');
INSERT INTO "detail" VALUES(10,'email',0,'sophie@x.example','sophie@x.example');
INSERT INTO "detail" VALUES(13,'phone',0,'4533130001','+45 33 13 00 01');
INSERT INTO "detail" VALUES(13,'phone',1,'004533130001','0045 33 13 00 01');
INSERT INTO "detail" VALUES(13,'tag',0,'łodz','Łódź');
INSERT INTO "detail" VALUES(13,'tag',1,'lodz','Lodz');
INSERT INTO "detail" VALUES(13,'tag',2,'æsir','Æsir');
CREATE TABLE extra (
	contact_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	line VARCHAR NOT NULL, 
	PRIMARY KEY (contact_id, position), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "extra" VALUES(3,0,'NICKNAME:Grace B. M. Hopper');
INSERT INTO "extra" VALUES(3,1,'X-NETKEEP-ANOTHER-UID:d4090be2-37a8-5cd4-a14a-faa749cd9830');
INSERT INTO "extra" VALUES(10,0,'GENDER:F');
INSERT INTO "extra" VALUES(10,1,'X-FAVOURITE;TYPE=a:prime; numbers');
INSERT INTO "extra" VALUES(11,0,'LANG:de');
CREATE TABLE imported_message (
	contact_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	touchpoint_id INTEGER, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (contact_id, digest), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) ON DELETE SET NULL
)
 WITHOUT ROWID

;
CREATE TABLE occasion (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contact_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	until DATE, 
	opens_on DATE NOT NULL, 
	text VARCHAR, 
	city VARCHAR, 
	yours BOOLEAN NOT NULL, 
	ask_id INTEGER, 
	done_on DATE, 
	done_by_id INTEGER, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT kind_known CHECK (kind IN ('news', 'visit', 'promise')), 
	CONSTRAINT day_day CHECK (day LIKE '____-__-__'), 
	CONSTRAINT until_day CHECK (until LIKE '____-__-__'), 
	CONSTRAINT opens_on_day CHECK (opens_on LIKE '____-__-__'), 
	CONSTRAINT done_on_day CHECK (done_on LIKE '____-__-__'), 
	CONSTRAINT visit_ends CHECK ((kind = 'visit') = (until IS NOT NULL)), 
	CONSTRAINT ends_after_it_begins CHECK (until >= day), 
	CONSTRAINT said_in_words CHECK ((kind = 'visit') = (text IS NULL)), 
	CONSTRAINT yours_or_not CHECK (yours IN (0, 1)), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	FOREIGN KEY(ask_id) REFERENCES touchpoint (id) ON DELETE CASCADE, 
	FOREIGN KEY(done_by_id) REFERENCES touchpoint (id) ON DELETE SET NULL
);
INSERT INTO "occasion" VALUES(1,1,'promise','2026-10-04',NULL,'2026-10-04','thank Ada Lovelace',NULL,0,4,'2026-10-02',5,'2026-11-16T09:07:00+00:00','2026-11-16T09:07:00+00:00');
INSERT INTO "occasion" VALUES(2,1,'news','2026-11-16',NULL,'2026-11-16','Promoted to Principal Engineer',NULL,0,NULL,NULL,NULL,'2026-11-16T09:20:00+00:00','2026-11-16T09:20:00+00:00');
INSERT INTO "occasion" VALUES(3,3,'news','2026-11-13',NULL,'2026-11-13','Published a book',NULL,0,NULL,NULL,NULL,'2026-11-16T09:21:00+00:00','2026-11-16T09:21:00+00:00');
INSERT INTO "occasion" VALUES(4,3,'visit','2026-12-01','2026-12-04','2026-11-24',NULL,'Saint-Étienne',0,NULL,NULL,NULL,'2026-11-16T09:22:00+00:00','2026-11-16T09:22:00+00:00');
INSERT INTO "occasion" VALUES(5,1,'visit','2026-11-30','2026-12-07','2026-11-23',NULL,'London',1,NULL,'2026-11-16',NULL,'2026-11-16T09:23:00+00:00','2026-11-16T09:29:00+00:00');
INSERT INTO "occasion" VALUES(6,2,'promise','2026-11-20',NULL,'2026-11-20','send the "paper"',NULL,0,NULL,'2026-11-16',NULL,'2026-11-16T09:24:00+00:00','2026-11-16T09:29:00+00:00');
INSERT INTO "occasion" VALUES(7,1,'promise','2026-11-18',NULL,'2026-11-18','introduce her to Grace',NULL,0,NULL,NULL,NULL,'2026-11-16T09:25:00+00:00','2026-11-16T09:25:00+00:00');
INSERT INTO "occasion" VALUES(8,1,'promise','2026-11-19',NULL,'2026-11-19','thank Ada Lovelace',NULL,0,10,NULL,NULL,'2026-11-16T09:26:00+00:00','2026-11-16T09:26:00+00:00');
INSERT INTO "occasion" VALUES(9,1,'promise','2026-11-20',NULL,'2026-11-20','call back',NULL,0,NULL,NULL,NULL,'2026-11-16T09:26:00+00:00','2026-11-16T09:26:00+00:00');
INSERT INTO "occasion" VALUES(10,3,'promise','2026-11-19',NULL,'2026-11-19','thank Grace Hopper',NULL,0,11,'2026-11-16',12,'2026-11-16T09:27:00+00:00','2026-11-16T09:27:00+00:00');
INSERT INTO "occasion" VALUES(11,13,'promise','2026-11-18',NULL,'2026-11-18','send the Œuvre',NULL,0,NULL,NULL,NULL,'2026-11-16T09:47:00+00:00','2026-11-16T09:47:00+00:00');
CREATE TABLE own_news (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	day DATE NOT NULL, 
	text VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT day_day CHECK (day LIKE '____-__-__')
);
INSERT INTO "own_news" VALUES(2,'2026-11-16','Moved to Boston','2026-11-16T09:35:00+00:00','2026-11-16T09:35:00+00:00');
CREATE TABLE passage (
	source VARCHAR NOT NULL, 
	source_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	PRIMARY KEY (source, source_id), 
	CONSTRAINT source_known CHECK (source IN ('contact', 'touchpoint', 'occasion')), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "passage" VALUES('contact',1,1,'ada lovelace
analytical engines
principal engineer
london
taught at home
plays chess quoted 100 bold drop table x unicode 日本
ada engines example
ada home example
44 20 7946 0001
https ada example
open source
schach
mathematician analytical engines until 2026 11 16');
INSERT INTO "passage" VALUES('contact',2,2,'zoe quinn
cafe ltd
saint etienne
plays the oboe
z q example
eclair
chess');
INSERT INTO "passage" VALUES('contact',3,3,'grace hopper
open source summit
compilers
navy');
INSERT INTO "passage" VALUES('contact',4,4,'emilie du chatelet
cirey');
INSERT INTO "passage" VALUES('contact',5,5,'obrien pat');
INSERT INTO "passage" VALUES('contact',6,6,'pat obrien');
INSERT INTO "passage" VALUES('contact',7,7,'gone away');
INSERT INTO "passage" VALUES('contact',8,8,'emmy noether
gottingen
linkedin
emmy x example
https linkedin example emmy');
INSERT INTO "passage" VALUES('contact',9,9,'leonhard euler
academy
professor
linkedin');
INSERT INTO "passage" VALUES('contact',10,10,'sophie germain
one two
sophie x example');
INSERT INTO "passage" VALUES('contact',11,11,'leonhard euler');
INSERT INTO "passage" VALUES('contact',13,13,'søren ørsted
mærsk
gamla þorshofn
45 33 13 00 01
0045 33 13 00 01
łodz
lodz
æsir');
INSERT INTO "passage" VALUES('occasion',1,1,'thank ada lovelace');
INSERT INTO "passage" VALUES('occasion',2,1,'promoted to principal engineer');
INSERT INTO "passage" VALUES('occasion',3,3,'published a book');
INSERT INTO "passage" VALUES('occasion',4,3,'saint etienne');
INSERT INTO "passage" VALUES('occasion',5,1,'london');
INSERT INTO "passage" VALUES('occasion',6,2,'send the paper');
INSERT INTO "passage" VALUES('occasion',7,1,'introduce her to grace');
INSERT INTO "passage" VALUES('occasion',8,1,'thank ada lovelace');
INSERT INTO "passage" VALUES('occasion',9,1,'call back');
INSERT INTO "passage" VALUES('occasion',10,3,'thank grace hopper');
INSERT INTO "passage" VALUES('occasion',11,13,'send the œuvre');
INSERT INTO "passage" VALUES('touchpoint',4,1,'asked for an introduction');
INSERT INTO "passage" VALUES('touchpoint',6,1,'strasse zweite zeile');
INSERT INTO "passage" VALUES('touchpoint',8,2,'spoke about compilers');
INSERT INTO "passage" VALUES('touchpoint',10,1,'asked for the slides');
INSERT INTO "passage" VALUES('touchpoint',13,3,'said who she was');
CREATE TABLE position (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	contact_id INTEGER NOT NULL, 
	company VARCHAR, 
	title VARCHAR, 
	until DATE NOT NULL, 
	CONSTRAINT something_known CHECK (company IS NOT NULL OR title IS NOT NULL), 
	CONSTRAINT until_day CHECK (until LIKE '____-__-__'), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
INSERT INTO "position" VALUES(1,1,'Analytical Engines','Mathematician','2026-11-16');
CREATE TABLE round (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	begins VARCHAR NOT NULL, 
	ends VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT begins_day CHECK (begins LIKE '__-__'), 
	CONSTRAINT ends_day CHECK (ends LIKE '__-__')
);
INSERT INTO "round" VALUES(1,'holidays','holidays','12-01','12-24','2026-11-16T09:30:00+00:00','2026-11-16T09:30:00+00:00');
INSERT INTO "round" VALUES(2,'Lunar New Year','lunar new year','01-20','02-20','2026-11-16T09:31:00+00:00','2026-11-16T09:31:00+00:00');
INSERT INTO "round" VALUES(4,'Đặng Tết','đang tet','01-20','02-20','2026-11-16T09:48:00+00:00','2026-11-16T09:48:00+00:00');
CREATE TABLE round_part (
	round_id INTEGER NOT NULL, 
	part VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (round_id, part, "key"), 
	CONSTRAINT part_known CHECK (part IN ('kind', 'tag')), 
	FOREIGN KEY(round_id) REFERENCES round (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "round_part" VALUES(1,'kind','client','client');
INSERT INTO "round_part" VALUES(1,'kind','friend','friend');
INSERT INTO "round_part" VALUES(2,'tag','chess','chess');
INSERT INTO "round_part" VALUES(4,'tag','æsir','Æsir');
INSERT INTO "round_part" VALUES(4,'tag','łodz','Łódź');
CREATE TABLE source_position (
	contact_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	company VARCHAR, 
	title VARCHAR, 
	is_gone BOOLEAN NOT NULL, 
	PRIMARY KEY (contact_id, source), 
	CONSTRAINT gone_or_not CHECK (is_gone IN (0, 1)), 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "source_position" VALUES(8,'linkedin','Göttingen',NULL,0);
INSERT INTO "source_position" VALUES(9,'linkedin','Academy','Professor',0);
INSERT INTO "source_position" VALUES(10,'vcard',NULL,NULL,0);
INSERT INTO "source_position" VALUES(11,'vcard',NULL,NULL,0);
CREATE TABLE sync_item (
	part VARCHAR NOT NULL, 
	uid VARCHAR NOT NULL, 
	type VARCHAR NOT NULL, 
	row_id INTEGER, 
	ours VARCHAR, 
	theirs VARCHAR, 
	writing VARCHAR, 
	carried VARCHAR, 
	file VARCHAR, 
	stamp VARCHAR, 
	PRIMARY KEY (part, uid), 
	CONSTRAINT part_known CHECK (part IN ('people', 'history', 'tasks'))
)
 WITHOUT ROWID

;
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
INSERT INTO "touchpoint" VALUES(10,1,'2026-11-16','other','ask','out','Asked for the slides','2026-11-16T09:26:00+00:00','2026-11-16T09:26:00+00:00');
INSERT INTO "touchpoint" VALUES(11,3,'2026-11-16','other','ask','out',NULL,'2026-11-16T09:27:00+00:00','2026-11-16T09:27:00+00:00');
INSERT INTO "touchpoint" VALUES(12,3,'2026-11-16','other','thank','out',NULL,'2026-11-16T09:28:00+00:00','2026-11-16T09:28:00+00:00');
INSERT INTO "touchpoint" VALUES(13,3,'2026-11-16','other','catch-up','out','Said who she was','2026-11-16T09:39:00+00:00','2026-11-16T09:39:00+00:00');
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
INSERT INTO "word" VALUES('name','germain',10);
INSERT INTO "word" VALUES('name','sophie',10);
INSERT INTO "word" VALUES('name','euler',11);
INSERT INTO "word" VALUES('name','leonhard',11);
INSERT INTO "word" VALUES('city','gamla',13);
INSERT INTO "word" VALUES('city','þorshofn',13);
INSERT INTO "word" VALUES('company','mærsk',13);
INSERT INTO "word" VALUES('name','søren',13);
INSERT INTO "word" VALUES('name','ørsted',13);
CREATE INDEX contact_by_name ON contact (status, "key");
CREATE INDEX contact_by_last_touch ON contact (status, last_touch_on);
CREATE INDEX contact_by_due ON contact (due_on);
CREATE INDEX contact_by_via ON contact (via_id);
CREATE UNIQUE INDEX detail_by_key ON detail (detail, "key", contact_id);
CREATE INDEX word_by_contact ON word (contact_id);
CREATE INDEX touchpoint_by_contact ON touchpoint (contact_id, day);
CREATE INDEX touchpoint_by_day ON touchpoint (day);
CREATE INDEX contact_by_kind ON contact (status, kind, last_touch_on);
CREATE INDEX contact_by_birthday ON contact (substr(birthday, -5));
CREATE INDEX touchpoint_by_purpose ON touchpoint (purpose, contact_id);
CREATE INDEX position_by_contact ON position (contact_id, until);
CREATE INDEX occasion_by_opening ON occasion (kind, done_on, opens_on);
CREATE INDEX occasion_by_end ON occasion (kind, done_on, until);
CREATE INDEX occasion_by_contact ON occasion (contact_id);
CREATE INDEX occasion_by_ask ON occasion (ask_id);
CREATE INDEX occasion_by_done_by ON occasion (done_by_id);
CREATE UNIQUE INDEX round_by_key ON round ("key");
CREATE INDEX passage_by_contact ON passage (contact_id);
CREATE UNIQUE INDEX contact_by_uid ON contact (uid);
CREATE INDEX imported_message_by_touchpoint ON imported_message (touchpoint_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('contact',13);
INSERT INTO "sqlite_sequence" VALUES('touchpoint',15);
INSERT INTO "sqlite_sequence" VALUES('occasion',11);
INSERT INTO "sqlite_sequence" VALUES('position',1);
INSERT INTO "sqlite_sequence" VALUES('round',5);
INSERT INTO "sqlite_sequence" VALUES('own_news',2);
COMMIT;
