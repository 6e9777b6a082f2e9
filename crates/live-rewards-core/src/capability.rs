use crate::{Error, ErrorKind, Query, Result, Vendor};

/// What a vendor's public API can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Red packets of a room.
    pub red_packets: Option<ListingCapability>,
    /// Claims, and how they come.
    pub claims: Option<ClaimSource>,
    /// Gifts of a room or session.
    pub gifts: Option<ListingCapability>,
    /// Points accounts of users.
    pub points_accounts: Option<ListingCapability>,
}

/// How a vendor's claims come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimSource {
    /// Inside the red packet: [`RedPacket::claims`](crate::RedPacket::claims) is filled, unpaged, and
    /// [`claims_page`](crate::LiveRewards::claims_page) is unsupported.
    Inline,
    /// By a call for each red packet.
    ByPacket(ListingCapability),
}

/// What one paged listing can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListingCapability {
    /// Rows a page that are asked for unless the query says otherwise.
    pub page_size: u32,
    /// Most rows a page that are asked for: what the vendor publishes, or what it is known to cut at. `None` where neither is known.
    pub max_page_size: Option<u32>,
    /// Whether pages say how many rows there are in all.
    pub total: bool,
    /// Whether rows can be narrowed to a session.
    pub by_session: bool,
    /// Whether rows can be narrowed to a time range.
    pub by_time: bool,
}

impl ListingCapability {
    /// A listing without total and filters.
    pub const fn new(page_size: u32, max_page_size: Option<u32>) -> Self {
        Self { page_size, max_page_size, total: false, by_session: false, by_time: false }
    }

    /// The same, narrowing to a session.
    pub const fn by_session(mut self) -> Self {
        self.by_session = true;
        self
    }

    /// The same, narrowing to a time range.
    pub const fn by_time(mut self) -> Self {
        self.by_time = true;
        self
    }

    /// Refuses a query that narrows rows in a way the vendor doesn't offer, instead of reading more than was asked.
    pub fn accept(&self, vendor: Vendor, query: &impl Query) -> Result<()> {
        let filter = if query.is_by_session() && !self.by_session {
            "session"
        } else if query.is_by_time() && !self.by_time {
            "time"
        } else {
            return Ok(());
        };
        let what = format!("{} can't be narrowed by {filter} here", query.operation());
        Err(Error::new(ErrorKind::Unsupported, what).with_vendor(vendor))
    }
}
