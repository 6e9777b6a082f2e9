use crate::{Claim, Cursor, RedPacket, Timestamp};

/// One page of a listing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The rows, in the vendor's order.
    pub items: Vec<T>,
    /// Rows that could not be decoded.
    pub rejected: Vec<RejectedRow>,
    /// How many more rows the vendor sent that are not what was asked for, as tasks that nobody has done are no prizes.
    pub left_out: usize,
    /// How many more rows a stream dropped because they also stood before on this page or on one of the two pages before. If nothing
    /// moved meanwhile, they may be others that are equal in all that identifies them; `items`, `rejected`, `left_out` and these, of
    /// all pages, then make up `total`.
    pub repeated: usize,
    /// Where the next page starts; `None` after the last one.
    pub next: Option<Cursor>,
    /// How many rows the listing has in all, where the vendor says so.
    pub total: Option<u64>,
    /// The vendor's id of this request, where it gives one.
    pub request_id: Option<String>,
    /// When the page was received.
    pub fetched_at: Timestamp,
}

impl<T> Page<T> {
    /// A last page with nothing but its rows.
    pub const fn new(items: Vec<T>, fetched_at: Timestamp) -> Self {
        Self {
            items,
            rejected: Vec::new(),
            left_out: 0,
            repeated: 0,
            next: None,
            total: None,
            request_id: None,
            fetched_at,
        }
    }

    /// How many rows the vendor sent.
    pub(crate) fn received(&self) -> usize {
        self.items.len() + self.rejected.len() + self.left_out + self.repeated
    }
}

/// A row that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RejectedRow {
    /// Index among the page's rows, from 0.
    pub position: usize,
    /// What was wrong and where, as `amount: not a whole number of fen`.
    pub reason: String,
    /// The row as the vendor sent it; bytes that are no Unicode stand as `\ud800\ud800`.
    pub raw: String,
}

impl RejectedRow {
    /// Puts a rejected row together.
    pub const fn new(position: usize, reason: String, raw: String) -> Self {
        Self { position, reason, raw }
    }
}

/// One page of a red packet's claims, with what only this call says of the packet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claims {
    /// The red packet as the claims call reports it (refund and state may be known only here).
    pub red_packet: Option<RedPacket>,
    /// What came of the red packet beside the claims, if it can't be read; at position 0, and no row of the page. Where claims come with
    /// their packets and a packet has none, not even an empty list, this says so, without a text.
    pub rejected: Option<RejectedRow>,
    /// The claims.
    pub page: Page<Claim>,
}

impl Claims {
    /// Puts a page of claims together, with nothing rejected beside it.
    pub const fn new(red_packet: Option<RedPacket>, page: Page<Claim>) -> Self {
        Self { red_packet, rejected: None, page }
    }
}
