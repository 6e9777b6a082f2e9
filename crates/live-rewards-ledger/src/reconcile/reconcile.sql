-- What became of every red packet, one row each. Money is in fen, and 100 fen are 1 yuan.
--
-- The same text runs on SQLite, PostgreSQL, DuckDB, ClickHouse and Spark over tables of these names
-- and columns: whole numbers only, no window functions, no boolean columns (best_luck is 0 or 1).
-- account_id may be a number or text, and times numbers or timestamps.
-- The claims of a red packet must have been read completely; which have been isn't said here.
--
-- net_fen        what can be claimed: issued_fen less the fee, or issued_fen where no fee is reported
-- refund_fen     as reported, and refunded_at: of a refund that is done
-- rest_fen       net_fen less claims and that refund
-- residue_fen    what equal shares leave over, as the amount need not be a multiple of their number
-- verdict        balanced       claims, refund, fee and what is left make up what was issued
--                fee_in_refund  they do if the reported refund has the fee in it
--                residue        they do but for what equal shares leave over
--                open           the rest is neither claimed nor refunded
--                refunded       the rest is said to be refunded, and how much that was isn't
--                difference     nothing accounts for difference_fen
-- best_lucks     NULL where no claim says whether it is one
-- difference_fen above 0 where money is missing, below 0 where there is too much
SELECT
    v.account_id AS account_id,
    v.red_packet_id AS red_packet_id,
    v.room_kind AS room_kind,
    v.room_id AS room_id,
    v.split AS split,
    v.state AS state,
    v.refund AS refund,
    v.created_at AS created_at,
    v.refunded_at AS refunded_at,
    v.issued_fen AS issued_fen,
    v.fee_fen AS fee_fen,
    v.net_fen AS net_fen,
    v.refund_fen AS refund_fen,
    v.remaining_fen AS remaining_fen,
    v.share_count AS share_count,
    v.claimed_count AS claimed_count,
    v.claims AS claims,
    v.claimants AS claimants,
    v.claimed_fen AS claimed_fen,
    v.smallest_fen AS smallest_fen,
    v.largest_fen AS largest_fen,
    v.first_claim_at AS first_claim_at,
    v.last_claim_at AS last_claim_at,
    v.best_lucks AS best_lucks,
    v.best_luck_fen AS best_luck_fen,
    v.rest_fen AS rest_fen,
    CASE WHEN v.verdict = 'difference' THEN v.rest_fen - COALESCE(v.remaining_fen, 0) ELSE 0 END
        AS difference_fen,
    v.verdict AS verdict
FROM (
    SELECT
        b.*,
        CASE
            WHEN b.claimed_fen > b.net_fen THEN 'difference'
            WHEN b.refund = 'done' AND b.refund_fen IS NOT NULL THEN
                CASE
                    WHEN b.rest_fen = 0 THEN 'balanced'
                    WHEN b.issued_fen - b.claimed_fen - b.refund_fen = 0 THEN 'fee_in_refund'
                    WHEN b.rest_fen = b.residue_fen THEN 'residue'
                    WHEN b.state = 'abnormal' AND b.rest_fen > 0 THEN 'open'
                    ELSE 'difference'
                END
            WHEN b.remaining_fen IS NOT NULL THEN
                CASE
                    WHEN b.refund = 'done' AND b.remaining_fen = 0 THEN 'refunded'
                    WHEN b.rest_fen <> b.remaining_fen THEN 'difference'
                    WHEN b.refund = 'done' THEN 'refunded'
                    WHEN b.rest_fen = 0 THEN 'balanced'
                    ELSE 'open'
                END
            WHEN b.refund = 'done' THEN 'refunded'
            WHEN b.rest_fen = 0 THEN 'balanced'
            WHEN b.share_count IS NOT NULL AND b.claims >= b.share_count THEN
                CASE
                    WHEN b.rest_fen = b.residue_fen THEN 'residue'
                    WHEN b.state = 'abnormal' THEN 'open'
                    ELSE 'difference'
                END
            ELSE 'open'
        END AS verdict
    FROM (
        SELECT
            p.account_id AS account_id,
            p.red_packet_id AS red_packet_id,
            p.room_kind AS room_kind,
            p.room_id AS room_id,
            p.split AS split,
            p.state AS state,
            p.refund AS refund,
            p.created_at AS created_at,
            CASE WHEN p.refund = 'done' THEN p.refunded_at END AS refunded_at,
            p.issued_fen AS issued_fen,
            p.issued_fen - p.net_fen AS fee_fen,
            COALESCE(p.net_fen, p.issued_fen) AS net_fen,
            CASE WHEN p.refund = 'done' THEN p.refund_fen END AS refund_fen,
            p.remaining_fen AS remaining_fen,
            p.share_count AS share_count,
            p.claimed_count AS claimed_count,
            COALESCE(c.claims, 0) AS claims,
            COALESCE(c.claimants, 0) AS claimants,
            COALESCE(c.claimed_fen, 0) AS claimed_fen,
            COALESCE(c.smallest_fen, 0) AS smallest_fen,
            COALESCE(c.largest_fen, 0) AS largest_fen,
            c.first_claim_at AS first_claim_at,
            c.last_claim_at AS last_claim_at,
            c.best_lucks AS best_lucks,
            COALESCE(c.best_luck_fen, 0) AS best_luck_fen,
            COALESCE(p.net_fen, p.issued_fen) - COALESCE(c.claimed_fen, 0)
                - CASE WHEN p.refund = 'done' THEN COALESCE(p.refund_fen, 0) ELSE 0 END
                AS rest_fen,
            CASE
                WHEN p.split = 'equal' THEN
                    COALESCE(COALESCE(p.net_fen, p.issued_fen) % NULLIF(p.share_count, 0), 0)
                ELSE 0
            END AS residue_fen
        FROM red_packets AS p
        LEFT JOIN (
            SELECT
                account_id,
                red_packet_id,
                COUNT(*) AS claims,
                COUNT(DISTINCT user_id) AS claimants,
                SUM(amount_fen) AS claimed_fen,
                MIN(amount_fen) AS smallest_fen,
                MAX(amount_fen) AS largest_fen,
                MIN(claimed_at) AS first_claim_at,
                MAX(claimed_at) AS last_claim_at,
                SUM(best_luck) AS best_lucks,
                MAX(CASE WHEN best_luck = 1 THEN amount_fen END) AS best_luck_fen
            FROM claims
            GROUP BY account_id, red_packet_id
        ) AS c ON c.account_id = p.account_id AND c.red_packet_id = p.red_packet_id
    ) AS b
) AS v
