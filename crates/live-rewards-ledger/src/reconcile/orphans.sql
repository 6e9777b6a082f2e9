-- Claims of red packets that aren't there, one row a red packet. Money is in fen.
--
-- The same text runs on SQLite, PostgreSQL, DuckDB, ClickHouse and Spark. Without a match some of
-- them give NULL and some an empty text.
SELECT
    c.account_id AS account_id,
    c.red_packet_id AS red_packet_id,
    MIN(c.room_kind) AS room_kind,
    MIN(c.room_id) AS room_id,
    COUNT(*) AS claims,
    SUM(c.amount_fen) AS claimed_fen
FROM claims AS c
LEFT JOIN red_packets AS p
    ON p.account_id = c.account_id AND p.red_packet_id = c.red_packet_id
WHERE COALESCE(p.red_packet_id, '') = ''
GROUP BY c.account_id, c.red_packet_id
